"""The results of a batch as files: a workbook, or lines of JSON.

``python -m advisor.jobs.export BATCH PATH`` writes one in a process of its own.
"""

import sys
from pathlib import Path

from advisor.documents import write_jsonl, write_workbook
from advisor.jobs.books import Books, open_books
from advisor.jobs.model import Batch
from advisor.jobs.office import existing, summary_of, unworked_of
from advisor.settings import Settings


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


def main() -> None:
    """Write the result of a batch named on the command line."""
    batch_id, path = sys.argv[1:]
    books = open_books(Settings().store_url)
    write_result(books, existing(books, batch_id), Path(path))


if __name__ == "__main__":
    main()
