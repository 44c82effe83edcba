"""Every probe over a tiny collection of our own invention, through the very code of the bench."""

import json
from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from eval.bench.catalogue import PROBES
from eval.bench.child import main, measure
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.bench.messages import read_messages
from eval.bench.probes.redaction import swaps
from eval.bench.service import NotReady
from eval.errors import DatasetInvalid

LAW = """# 中华人民共和国示例停车法

2015年3月1日 示例代表大会通过

<!-- INFO END -->

## 第一章  总则

第一条 为了规范停车秩序，方便居民出行，制定本法。

第二条 停车应当有序，车辆不得堵塞消防通道和盲道。

车位应当首先满足住户的需要，剩余车位可以出租给附近居民。

第三条 违反本法第二条规定堵塞通道的，由主管部门责令改正，可以处二百元罚款。

第四条 居民委员会应当公布车位的数量和收费标准，但是涉及个人信息的除外。

第五条 本法自公布之日起施行。
"""
ASKED = "车位先满足住户，剩余的车位能出租给附近居民吗，堵了盲道呢？"
MESSAGES = (
    ("楼上漏水", "楼上住户卫生间漏水，把我家天花板泡坏了，找他修他不修，要求帮忙协调解决。"),
    ("车位不够", "小区车位太少，晚上堵住消防通道，居民多次反映没有人管，请求增加车位。"),
)


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    laws = folder / "laws"
    laws.mkdir()
    (laws / "示例停车法(2015-03-01).md").write_text(LAW, encoding="utf-8")
    (laws / "_index.md").write_text("# 目录\n", encoding="utf-8")
    gold = [{"law": "示例停车法", "article": "第二条"}]
    row = {"id": "1", "question": ASKED, "gold": gold, "as_of": "2023-12-31"}
    questions = folder / "questions.jsonl"
    questions.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return Material(
        scratch=folder / "scratch",
        laws=laws,
        questions=questions,
        messages=workbook(folder, ("留言主题", "留言详情"), *MESSAGES),
        mutants=40,
        genuine=40,
        complaints=2,
        redactions=200,
        round_trips=100,
        streams=2,
        cases=40,
    )


@pytest.fixture(scope="module")
def found(material):
    """What every probe gives, read in this process, in the order of the bench."""
    material.scratch.mkdir()
    return {
        name: measure(name, material)
        for name, probe in PROBES.items()
        if not probe.one_core and not name.startswith("start")
    }


def workbook(folder, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "messages.xlsx"
    book.save(path)
    return path


def test_every_probe_reads_every_figure_it_promises(found):
    for name, measured in found.items():
        missing = {spec.key for spec in PROBES[name].figures} - set(measured.values)
        assert not missing, name


def test_every_file_of_the_collection_is_accounted_for(found):
    values = found["collection"].values
    assert values["files"] == 2
    assert values["unaccounted"] == 0
    assert values["articles"] == 5
    assert found["again"].values["read"] == 0


def test_the_index_holds_the_collection_and_the_shipped_articles(found):
    assert found["index"].values["passages"] > found["collection"].values["articles"]
    assert found["index"].values["disk_mb"] > 0


def test_advice_is_given_on_every_message_of_the_sample(found):
    values = found["advice"].values
    assert values["complaints"] == 2
    assert values["errors"] == 0
    assert values["ended"] == 0


def test_the_question_finds_its_article(found):
    assert found["quality"].values["Recall@5"] == 1.0


@pytest.mark.parametrize("name", ["search", "search-messages"])
def test_search_answers_every_query(found, material, name):
    values = PROBES[name].measure(material).values
    assert values["answered"] == 100.0
    assert values["p50_ms"] <= values["p95_ms"] <= values["max_ms"]


def test_the_gate_is_measured_on_citations_of_the_collection(found, material):
    values = PROBES["citations"].measure(material).values
    assert values["mutants"] == 40
    assert values["false_accepts"] == 0
    assert {spec.key for spec in PROBES["citations"].figures} - {"peak_mb"} <= set(values)


def test_the_service_is_timed_until_it_is_ready(material):
    values = measure("start-shipped", material).values
    assert {spec.key for spec in PROBES["start-shipped"].figures} <= set(values)
    assert values["memory_mb"] > 10


def test_who_leaves_a_stream_finds_the_advice_the_model_wrote(found):
    values = found["stream"].values
    assert (values["left"], values["lost"], values["drafted"]) == (2, 0, 100.0)
    assert 0 < values["triage_p50_ms"] <= values["evidence_p50_ms"]
    assert values["silent_seconds"] > 0


def test_redaction_is_measured_on_generated_complaints(material):
    values = PROBES["redaction"].measure(material).values
    assert (values["complaints"], values["round_trips"]) == (200, 100)
    assert (values["swaps"], values["not_restored"]) == (0, 0)
    assert {spec.key for spec in PROBES["redaction"].figures} - {"peak_mb"} <= set(values)


def test_a_text_that_comes_back_changed_is_counted():
    class Forgetful:
        def mask(self, text):
            return SimpleNamespace(masked=text, restore=lambda masked: masked.replace("王", "李"))

    assert swaps(["我叫王建国", "路灯不亮"], Forgetful()) == 1


def test_a_service_that_does_not_start_breaks_the_measurement(material, tmp_path):
    broken = material.model_copy(update={"scratch": tmp_path / "absent"})
    (tmp_path / "absent").write_text("a file where the home should be", encoding="utf-8")
    with pytest.raises(NotReady, match="ended with"):
        PROBES["stream"].measure(broken)


def test_a_child_writes_what_it_read(material, tmp_path, monkeypatch):
    sent = tmp_path / "sent.json"
    sent.write_text(material.model_dump_json(), encoding="utf-8")
    with sent.open(encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        main("install", str(tmp_path / "out.json"))
    back = Measured.model_validate_json((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert back.values["torch"] == 0


def test_messages_are_subject_and_body_without_empty_rows(tmp_path):
    path = workbook(tmp_path, ("编号", "留言主题", "留言详情"), (1, "灯坏了", "\n路灯不亮 "), (2,))
    assert read_messages(path) == ("灯坏了\n路灯不亮",)


@pytest.mark.parametrize(
    "rows", [(("编号", "内容"), (1, "灯坏了")), (("留言主题", "留言详情"),), ()]
)
def test_a_workbook_without_messages_is_refused(tmp_path, rows):
    with pytest.raises(DatasetInvalid):
        read_messages(workbook(tmp_path, *rows))


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "messages.xlsx"
    path.write_text("no workbook", encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="Excel"):
        read_messages(path)
