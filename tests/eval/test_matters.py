"""The matter measure counts what it says it counts, and refuses what it cannot read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from advisor.matter import MatterRecognizer
from corpus.knowledge import Knowledge, load_knowledge
from eval.errors import DatasetInvalid
from eval.matters import (
    DEFAULT_DATASET,
    HELD_OUT_DATASET,
    MatterRow,
    read_labels,
    read_messages,
    recognise_all,
    summarize,
)
from eval.matters_categories import (
    DEFAULT_MAPPING,
    agreement,
    by_category,
    coverage,
    read_categories,
)
from eval.matters_command import triage

ROOT = Path(__file__).resolve().parents[2]
REAL_MESSAGES = ROOT.parent / "shared" / "data" / "messages"


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


def test_the_held_out_labels_name_what_is_shipped_and_no_row_of_development() -> None:
    knowledge = load_knowledge()
    held_out = read_labels(HELD_OUT_DATASET)
    numbers = {(label.file, label.id) for label in held_out}
    assert len(numbers) == len(held_out) >= 300
    assert numbers.isdisjoint((row.file, row.id) for row in read_labels(DEFAULT_DATASET))
    assert {m for row in held_out for m in row.matters} <= {p.id for p in knowledge.playbooks}
    assert {one for row in held_out for one in row.leads} <= {
        d.department for d in knowledge.duties
    }
    assert all(row.track and row.urgency for row in held_out)
    assert all(row.matters or row.may_abstain for row in held_out)


def test_a_label_may_leave_department_track_and_urgency_open_but_invents_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "l.jsonl"
    row = {"file": "m.xlsx", "id": "1", "matters": [], "may_abstain": True}
    path.write_text(json.dumps(row), encoding="utf-8")
    (label,) = read_labels(path)
    assert (label.leads, label.track, label.urgency) == ((), (), ())
    path.write_text(json.dumps({**row, "track": ["缓办"]}), encoding="utf-8")
    with pytest.raises(DatasetInvalid):
        read_labels(path)


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


@pytest.mark.parametrize("dataset", [DEFAULT_DATASET, HELD_OUT_DATASET], ids=["dev", "held out"])
def test_real_messages_are_recognised_or_left_open(dataset: Path) -> None:
    folder = ROOT.parent / "shared" / "data" / "messages"
    if not folder.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    recognizer = MatterRecognizer.of(load_knowledge())
    report = summarize(tuple(recognise_all(read_labels(dataset), folder, recognizer)))
    assert report.right >= 0.75
    assert report.among_three >= 0.93
    # Few messages are beyond all matters now (13 and 27), so one of them weighs much.
    assert report.abstained >= 0.4


def messages(path: Path, *rows: tuple[str, str, str]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["留言编号", "留言主题", "留言详情", "一级分类"])
    for number, (subject, body, category) in enumerate(rows):
        book.active.append([number, subject, body, category])
    book.save(path)
    return path


def few() -> Knowledge:
    """Three matters only, so that what others are added later changes nothing here."""
    knowledge = load_knowledge()
    wanted = ("upstairs_leak", "dog_keeping", "wage_arrears")
    books = tuple(book for id_ in wanted if (book := knowledge.playbook(id_)))
    return replace(knowledge, playbooks=books)


def test_every_group_leads_to_a_category_that_exists() -> None:
    knowledge = load_knowledge()
    found = read_categories(DEFAULT_MAPPING)
    assert set(found.groups) == {group.name for group in knowledge.groups}
    assert [book.id for book in knowledge.playbooks if not found.of(book, knowledge)] == []


@pytest.mark.parametrize(
    "text",
    ["[]", "groups: [", "{categories: [甲], groups: {乙: [丙]}, matters: {}}"],
)
def test_a_broken_mapping_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="分类"):
        read_categories(tmp_path / "m.yaml")


def test_agreement_is_over_all_messages_and_over_those_recognised(tmp_path: Path) -> None:
    knowledge = few()
    recognizer = MatterRecognizer(knowledge.playbooks)
    path = messages(
        tmp_path / "m.xlsx",
        ("老板拖欠工资", "工地老板拖欠我们民工三个月工资，去劳动监察也没要到。", "劳动和社会保障"),
        ("老板拖欠工资", "工地老板拖欠我们民工三个月工资，去劳动监察也没要到。", "教育文体"),
        ("天气", "今天天气不错，心情很好。", "教育文体"),
    )
    rows = agreement(path, recognizer, knowledge, read_categories(DEFAULT_MAPPING))
    schools, labour, whole = by_category(rows)
    assert (schools.messages, schools.recognised, schools.top1) == (2, 1, 0.0)
    assert (labour.top1, labour.top1_recognised, labour.top3) == (1.0, 1.0, 1.0)
    assert (whole.category, whole.messages) == ("全部", 3)
    assert whole.top1 == pytest.approx(1 / 3)
    assert whole.top1_recognised == 0.5


def test_coverage_counts_what_is_recognised_and_what_is_left_open(tmp_path: Path) -> None:
    recognizer = MatterRecognizer(few().playbooks)
    story = ("楼上漏水", "楼上卫生间漏水，把我家天花板泡坏了，叫他修他不修。", "城乡建设")
    path = messages(tmp_path / "m.xlsx", story, story, ("天气", "今天天气不错。", "教育文体"))
    found = coverage(path, recognizer)
    assert (found.messages, found.abstained) == (3, 1)
    assert found.recognised == pytest.approx(2 / 3)


def test_the_command_reports_every_measure(tmp_path: Path) -> None:
    if not REAL_MESSAGES.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    out = tmp_path / "rows.jsonl"
    result = CliRunner().invoke(
        triage, ["--messages", str(REAL_MESSAGES), "--json", "--out", str(out)]
    )
    report = json.loads(result.stdout)
    assert [one["messages"] for one in report["coverage"]] == [495, 1408, 3000]
    assert all(0 < one["recognised"] < 1 for one in report["coverage"])
    whole = report["agreement"][-1]
    assert whole["messages"] == 495
    assert whole["top1"] <= whole["top3"]
    assert whole["top1"] >= 0.35
    assert whole["top1_recognised"] >= 0.6
    rows = out.read_text(encoding="utf-8").splitlines()
    assert len(rows) == report["labels"]["rows"] + 495
