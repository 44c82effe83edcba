"""Risk flags measured: precision by messages read one by one, recall by sentences of our own.

``flags_messages.jsonl`` holds message numbers and whether the message really shows the risk; the
rows were drawn among what an earlier list of cues flagged, so they say nothing of recall.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.triage import find_signals
from corpus.knowledge import load_knowledge
from corpus.model import Signal
from eval.errors import DatasetInvalid
from eval.matters import read_messages

_DATASETS = Path(__file__).parent / "datasets"
MESSAGES = _DATASETS / "flags_messages.jsonl"
OWN = _DATASETS / "flags_own.jsonl"
_ORDINARY_DAY = date(2026, 6, 1)
"""No holiday is near: what only counts before one is tested, not measured."""


class FlagLabel(BaseModel):
    """One message, a kind of risk, and whether the message shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    id: str
    kind: str
    shown: bool


class OwnText(BaseModel):
    """A sentence written for this, with the risks it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    kinds: tuple[str, ...]


class FlagRow(NamedTuple):
    """One kind: of the messages read, flagged and rightly so, and shown but missed; of our own
    sentences, how many show it and how many were flagged; how many others were flagged wrongly.
    """

    kind: str
    flagged: int
    right: int
    missed: int
    own: int
    found: int
    false: int


def kinds_of(text: str, signals: Sequence[Signal]) -> frozenset[str]:
    """The kinds of risk flagged in a text."""
    return frozenset(s.kind for s in find_signals(text, signals, today=_ORDINARY_DAY))


def read_flags(path: Path = MESSAGES) -> tuple[FlagLabel, ...]:
    """The labelled messages.

    Raises:
        DatasetInvalid: A line is no such row.
    """
    return tuple(FlagLabel.model_validate_json(line) for line in _lines(path))


def read_own(path: Path = OWN) -> tuple[OwnText, ...]:
    """Our own sentences.

    Raises:
        DatasetInvalid: A line is no such row.
    """
    return tuple(OwnText.model_validate_json(line) for line in _lines(path))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValidationError) as error:
        raise DatasetInvalid(path, f"无法读取标注（{error}）") from error


def measure(folder: Path, signals: Sequence[Signal]) -> tuple[FlagRow, ...]:
    """A row for each kind that is labelled."""
    labels, own = read_flags(), read_own()
    files = {name: read_messages(folder / name) for name in {one.file for one in labels}}
    given = {(one.file, one.id): kinds_of(files[one.file][one.id], signals) for one in labels}
    told = [(one, kinds_of(one.text, signals)) for one in own]
    rows = []
    for kind in sorted({one.kind for one in labels} | {k for one in own for k in one.kinds}):
        read = [one for one in labels if one.kind == kind]
        hits = [one.shown for one in read if kind in given[one.file, one.id]]
        shown = [kinds for one, kinds in told if kind in one.kinds]
        rows.append(
            FlagRow(
                kind,
                len(hits),
                sum(hits),
                sum(one.shown for one in read) - sum(hits),
                len(shown),
                sum(kind in kinds for kinds in shown),
                sum(kind in kinds for one, kinds in told if kind not in one.kinds),
            )
        )
    return tuple(rows)


@click.command(help="风险信号评测：读过的留言上的准确率，自写句子上的召回率。")
@click.option(
    "--messages",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="留言 Excel 所在文件夹。",
)
def flags(messages: Path) -> None:
    """Measure the shipped signals."""
    rows = measure(messages, load_knowledge().signals)
    for row in rows:
        click.echo(
            f"{row.kind}：留言中提示 {row.flagged} 条、属实 {row.right} 条，漏 {row.missed} 条；"
            f"自写 {row.own} 句找到 {row.found} 句，误报 {row.false} 句"
        )
    flagged, right = sum(r.flagged for r in rows), sum(r.right for r in rows)
    own, found = sum(r.own for r in rows), sum(r.found for r in rows)
    click.echo(
        f"合计：准确率 {right / max(1, flagged):.1%}（{flagged} 条），"
        f"自写句子召回率 {found / max(1, own):.1%}（{own} 句）"
    )
