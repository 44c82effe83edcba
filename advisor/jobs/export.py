"""The results of a batch as files: a workbook, or lines of JSON."""

from pathlib import Path

from advisor.documents import write_jsonl, write_workbook
from advisor.jobs.books import Books
from advisor.jobs.model import Batch
from advisor.jobs.office import summary_of, unworked_of


def write_result(books: Books, batch: Batch, path: Path) -> None:
    """Everything there is of a batch now, in the format the ending tells: .jsonl, else a workbook.

    Raises:
        DocumentError: The file cannot be written; what stood under its name still stands.
    """
    write = write_jsonl if path.suffix.lower() == ".jsonl" else write_workbook
    write(
        summary_of(books, batch),
        books.rows.items(batch.id),
        books.groups.find(batch.id),
        unworked_of(books, batch.id),
        path,
    )
