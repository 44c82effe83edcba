"""Matter recognition measured on real messages that were labelled by hand.

The rows hold message numbers and labels only; the texts are read from the message files. A row may
allow several matters, and may allow abstention; a row that allows nothing else must abstain.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from advisor.matter import MatterRecognizer
from advisor.model import Track, Urgency
from eval.errors import DatasetInvalid

DEFAULT_DATASET = Path(__file__).parent / "datasets" / "matters_dev.jsonl"
HELD_OUT_DATASET = DEFAULT_DATASET.with_name("matters_test.jsonl")
_NUMBER, _SUBJECT, _BODY = "留言编号", "留言主题", "留言详情"


class MessageText(NamedTuple):
    """One message: its number, its text, and one more cell of its row."""

    id: str
    text: str
    cell: str


class LabelledMessage(BaseModel):
    """One message by file and number, the matters accepted, and whether none may be right.

    ``leads`` are the lead departments accepted, by the names of the duties, best first;
    ``track`` and ``urgency`` what is accepted of each. Empty where a row does not say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    id: str
    matters: tuple[str, ...]
    may_abstain: bool
    leads: tuple[str, ...] = ()
    track: tuple[Track, ...] = ()
    urgency: tuple[Urgency, ...] = ()


class MatterRow(BaseModel):
    """What was recognised for one message."""

    model_config = ConfigDict(frozen=True)

    id: str
    accepted: tuple[str, ...]
    may_abstain: bool
    given: str | None
    first_three: tuple[str, ...]
    confidence: float


class MatterReport(BaseModel):
    """Shares of rows, 0 to 1; ``sure`` rows allow no abstention, ``foreign`` nothing else.

    ``right``: sure rows given an accepted matter. ``among_three``: sure rows with one among the
    three best scores. ``abstained``: foreign rows left open. ``acceptable``: all rows.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    sure: int
    foreign: int
    right: float
    among_three: float
    abstained: float
    acceptable: float


def read_labels(path: Path) -> tuple[LabelledMessage, ...]:
    """The labelled rows of a JSONL file.

    Raises:
        DatasetInvalid: A line is not such a row.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(LabelledMessage.model_validate_json(line) for line in lines if line.strip())
    except (OSError, ValidationError) as error:
        raise DatasetInvalid(path, f"无法读取标注（{error}）") from error


def read_messages(path: Path) -> Mapping[str, str]:
    """Message number to subject and body of one Excel file.

    Raises:
        DatasetInvalid: The file or one of its columns is missing.
    """
    return {one.id: one.text for one in message_rows(path)}


def message_rows(path: Path, column: str = _SUBJECT) -> tuple[MessageText, ...]:
    """Every message of one Excel file, a number that stands twice twice.

    Args:
        path: The file.
        column: What else is read of each row.

    Raises:
        DatasetInvalid: The file or one of its columns is missing.
    """
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except (OSError, CalamineError) as error:
        raise DatasetInvalid(path, f"无法读取（{error}）") from error
    head = [str(cell).strip() for cell in rows[0]] if rows else []
    if missing := {_NUMBER, _SUBJECT, _BODY, column} - set(head):
        raise DatasetInvalid(path, f"缺少列 {'、'.join(sorted(missing))}")
    number, subject, body, at = (head.index(name) for name in (_NUMBER, _SUBJECT, _BODY, column))
    return tuple(
        MessageText(
            str(row[number]).removesuffix(".0"),
            f"{row[subject]}。{' '.join(str(row[body]).split())}",
            str(row[at]),
        )
        for row in rows[1:]
    )


def recognise_all(
    labels: tuple[LabelledMessage, ...], folder: Path, recognizer: MatterRecognizer
) -> Iterator[MatterRow]:
    """One row for each label; the message files lie in ``folder``."""
    files = {name: read_messages(folder / name) for name in {label.file for label in labels}}
    for label in labels:
        text = files[label.file].get(label.id)
        if text is None:
            raise DatasetInvalid(folder / label.file, f"没有编号 {label.id}")
        matter = recognizer.recognise(text)
        yield MatterRow(
            id=label.id,
            accepted=label.matters,
            may_abstain=label.may_abstain,
            given=matter.type,
            first_three=tuple(s.playbook.id for s in recognizer.score(text)[:3]),
            confidence=matter.confidence,
        )


def summarize(rows: tuple[MatterRow, ...]) -> MatterReport:
    """The shares over all rows."""
    sure = [r for r in rows if not r.may_abstain]
    foreign = [r for r in rows if not r.accepted]
    return MatterReport(
        rows=len(rows),
        sure=len(sure),
        foreign=len(foreign),
        right=_share([r.given in r.accepted for r in sure]),
        among_three=_share([bool(set(r.first_three) & set(r.accepted)) for r in sure]),
        abstained=_share([r.given is None for r in foreign]),
        acceptable=_share(
            [r.given in r.accepted or (r.may_abstain and r.given is None) for r in rows]
        ),
    )


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
