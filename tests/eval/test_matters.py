"""The matter measure counts what it says it counts, and refuses what it cannot read."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from eval.errors import DatasetInvalid
from eval.matters import (
    DEFAULT_DATASET,
    MatterRow,
    read_labels,
    read_messages,
    recognise_all,
    summarize,
)

ROOT = Path(__file__).resolve().parents[2]


def row(given: str | None, *, accepted: tuple[str, ...], may_abstain: bool = False) -> MatterRow:
    return MatterRow(
        id="1",
        accepted=accepted,
        may_abstain=may_abstain,
        given=given,
        first_three=(given or "x",),
        confidence=0.5,
    )


def test_shares_are_over_the_rows_they_speak_of() -> None:
    report = summarize(
        (
            row("noise", accepted=("noise",)),
            row("dogs", accepted=("noise",)),
            row(None, accepted=(), may_abstain=True),
            row("noise", accepted=(), may_abstain=True),
            row(None, accepted=("noise",), may_abstain=True),
        )
    )
    assert (report.rows, report.sure, report.foreign) == (5, 2, 2)
    assert report.right == 0.5
    assert report.among_three == 0.5
    assert report.abstained == 0.5
    assert report.acceptable == 0.6


def test_the_shipped_labels_name_playbooks_that_exist() -> None:
    known = {p.id for p in load_knowledge().playbooks}
    labels = read_labels(DEFAULT_DATASET)
    assert len(labels) >= 150
    assert {m for label in labels for m in label.matters} <= known


def test_a_message_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["编号", "内容"])
    book.save(tmp_path / "m.xlsx")
    with pytest.raises(DatasetInvalid, match="留言主题"):
        read_messages(tmp_path / "m.xlsx")


def test_broken_labels_are_refused(tmp_path: Path) -> None:
    (tmp_path / "l.jsonl").write_text('{"file": 3}\n', encoding="utf-8")
    with pytest.raises(DatasetInvalid):
        read_labels(tmp_path / "l.jsonl")


def test_real_messages_are_recognised_or_left_open() -> None:
    folder = ROOT.parent / "shared" / "data" / "messages"
    if not folder.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    recognizer = MatterRecognizer(load_knowledge().playbooks)
    report = summarize(tuple(recognise_all(read_labels(DEFAULT_DATASET), folder, recognizer)))
    assert report.right >= 0.7
    assert report.among_three >= 0.85
    assert report.abstained >= 0.7
