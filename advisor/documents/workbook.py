"""The workbook of a batch, written row by row at flat memory, whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from advisor.batch.model import BatchSummary, Groups, Item, UnworkedRow
from advisor.documents.account_sheets import write_notes, write_unworked
from advisor.documents.atomic import put_in_place
from advisor.documents.group_sheets import write_groups, write_hot
from advisor.documents.marks import AIGC, PRODUCER, Marks
from advisor.documents.worked_list import standing_of, write_list


def write_workbook(
    summary: BatchSummary,
    items: Iterable[Item],
    groups: Groups,
    unworked: Iterable[UnworkedRow],
    path: Path,
) -> None:
    """Write 清单, 一类事, 热点与预警, 未处理行 and 说明.

    Args:
        summary: what the batch is; its label stands on every sheet and in the file's properties.
        items: read once, written in the order they come.
        groups: what belongs together among them.
        unworked: read once.
        path: replaced when all is written.

    Raises:
        DocumentError: the file cannot be written; what stood there still stands.
    """
    with put_in_place(path) as beside:
        book = Workbook(write_only=True)
        _mark(book, marks_of(summary))
        standing = standing_of(groups)
        rows = write_list(book, summary.ai_label, items, standing)
        write_groups(book, summary.ai_label, groups, rows)
        write_hot(book, summary.ai_label, groups)
        write_unworked(book, summary.ai_label, unworked)
        write_notes(book, summary)
        book.save(beside)


def marks_of(summary: BatchSummary) -> Marks:
    """What the files of a batch say of themselves."""
    return Marks("诉求批量研判清单", summary.ai_label, summary.id, summary.mode == "llm")


def _mark(book: Workbook, marks: Marks) -> None:
    properties = book.properties
    properties.title, properties.creator = marks.title, PRODUCER
    properties.lastModifiedBy = PRODUCER
    properties.description, properties.identifier = marks.label, marks.number
    properties.keywords = marks.aigc() or "未使用大模型"
    if told := marks.aigc():
        own = book.custom_doc_props  # type: ignore[attr-defined]
        own.append(StringProperty(name=AIGC, value=told))
