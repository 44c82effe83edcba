"""The results of a batch as files: a workbook, lines of JSON, a paper for each item and group.

``python -m advisor.jobs.export BATCH PATH`` writes one in a process of its own.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from advisor.batch.categories import Filled
from advisor.documents import write_group_docx, write_item_docx, write_jsonl, write_workbook
from advisor.jobs.books import Books, open_books
from advisor.jobs.model import Batch
from advisor.jobs.office import existing, summary_of, unworked_of
from advisor.model import Advice
from advisor.settings import Settings


def write_result(books: Books, batch: Batch, path: Path, filled: Filled | None = None) -> None:
    """Everything there is of a batch now, in the format the ending tells: .jsonl, else a workbook.

    Args:
        books: Where the batch stands.
        batch: The batch.
        path: Replaced when all is written.
        filled: The categories of its items, where they were asked for.

    Raises:
        DocumentError: The file cannot be written; what stood under its name still stands.
    """
    write = write_jsonl if path.suffix.lower() == ".jsonl" else write_workbook
    summary, items = summary_of(books, batch), books.rows.items(batch.id)
    if filled is not None:
        summary = summary.model_copy(update={"notes": (*summary.notes, *filled.notes)})
        items = map(filled.into, items)
    write(
        summary,
        items,
        books.groups.find(batch.id),
        unworked_of(books, batch.id),
        path,
    )


def write_papers(
    books: Books, batch: Batch, folder: Path, advice_of: Callable[[str], Advice | None]
) -> int:
    """A 处置建议单 for each item and a 会商单 for each group, as Word documents; how many.

    Args:
        books: Where the batch stands.
        batch: The batch.
        folder: Made when missing; papers of the same name are replaced.
        advice_of: The advice a model wrote for an item, by its id.

    Raises:
        DocumentError, OSError: A paper cannot be written; those before it are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for item in books.rows.items(batch.id):
        advice = advice_of(item.advice_id) if item.advice_id else None
        write_item_docx(item, advice, folder / f"处置建议单-{item.row.number:05}.docx")
        count += 1
    for place, cluster in enumerate(books.groups.clusters(batch.id), 1):
        items = books.rows.items(batch.id, cluster.members)
        write_group_docx(cluster, items, folder / f"会商单-{place:03}.docx")
        count += 1
    return count


def main() -> None:
    """Write the result of a batch named on the command line."""
    batch_id, path = sys.argv[1:]
    books = open_books(Settings().store_url)
    write_result(books, existing(books, batch_id), Path(path))


if __name__ == "__main__":
    main()
