"""The real backlog as grouping reads it: each row with its matter, places and vector."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from advisor.batch.model import GroupInput
from advisor.batch.places import find_places
from advisor.intake import to_simplified
from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from eval.errors import DatasetInvalid

BACKLOG = "backlog.xlsx"
REF, CALLER, SUBJECT, DAY, TEXT, LIKES = (
    "留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a backlog as it was written."""

    ref: str
    caller: str
    subject: str
    text: str
    day: date
    likes: int = 0


def read_backlog(folder: Path) -> tuple[Message, ...]:
    """The messages of the backlog in this folder, in order.

    Raises:
        DatasetInvalid: it is no workbook, or lacks a column.
    """
    path = folder / BACKLOG
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError) as error:
        raise DatasetInvalid(path, "无法读取为 Excel 工作簿") from error
    head = [str(cell).strip() for cell in rows[0]] if rows else []
    missing = [name for name in (REF, CALLER, SUBJECT, DAY, TEXT, LIKES) if name not in head]
    if missing:
        raise DatasetInvalid(path, f"缺少列：{'、'.join(missing)}")
    return tuple(_message(dict(zip(head, row, strict=True))) for row in rows[1:])


def _message(row: dict[str, object]) -> Message:
    year, month, day = map(int, re.split(r"[-/]", str(row[DAY]).split()[0]))
    return Message(
        ref=str(int(float(str(row[REF])))),
        caller=str(row[CALLER]).strip(),
        subject=str(row[SUBJECT]).strip(),
        text=str(row[TEXT]).strip(),
        day=date(year, month, day),
        likes=int(float(str(row[LIKES] or 0))),
    )


class Preparer:
    """Makes of messages what grouping reads, without an index and without a model beside ours."""

    def __init__(self) -> None:
        """Read the shipped knowledge."""
        self._recognizer = MatterRecognizer.of(load_knowledge())

    def inputs(self, messages: Sequence[Message]) -> tuple[GroupInput, ...]:
        """The messages in their order, numbered from 1."""
        return tuple(self._input(*numbered) for numbered in enumerate(messages, start=1))

    def _input(self, number: int, message: Message) -> GroupInput:
        whole = to_simplified(f"{message.subject}\n{message.text}")
        matter = self._recognizer.recognise(whole)
        return GroupInput(
            number=number,
            ref=message.ref,
            subject=message.subject,
            text=whole,
            caller=message.caller,
            received_on=message.day,
            matter=matter.type,
            matter_name=matter.name,
            places=find_places(whole),
            likes=message.likes,
        )
