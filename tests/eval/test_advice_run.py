"""The run of advice: the same rows twice, a crash as a row, what leaves the machine kept."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from advisor.advise import Adviser
from advisor.bootstrap import Services
from advisor.drafting import ModelWriter
from advisor.llm.scripted import ScriptedLLM
from advisor.masking import RedactionMasking
from eval import advice_command
from eval.advice_run import CaseRunner
from eval.cases_set import GrassrootsCase, read_cases
from eval.cli import main
from eval.measures.registry import ADVICE_MEASURES
from eval.run_file import comparable, read_run
from prompts import Catalog

POINT = {"part": "plan", "point": "上门看", "any_of": [["看"]]}
ROW = {
    "id": "leak",
    "text": "楼上卫生间漏水，我家天花板都泡坏了，叫他修他不肯修。",
    "ways": ["plain"],
    "region": ["浙江省", "嘉兴市"],
    "as_of": "2026-06-01",
    "matters": ["upstairs_leak"],
    "may_abstain": False,
    "track": ["即办", "联办"],
    "urgency": ["一般", "较急"],
    "departments": ["人民调解委员会"],
    "core": [
        {"law": "中华人民共和国民法典", "article": "第二百八十八条"},
        {"law": "中华人民共和国民法典", "article": "第二百九十六条"},
    ],
    "acceptable": [],
    "key_points": [POINT, POINT, POINT],
    "traps": [],
}
PRIVATE = {
    **ROW,
    "id": "private",
    "text": "我叫王建国，电话13800138000，楼上卫生间漏水，我家天花板都泡坏了，不肯修。",
    "private": ["王建国", "13800138000"],
}
EMPTY = {**ROW, "id": "refused", "text": "……", "key_points": [POINT, POINT, POINT]}


def case(row=ROW):
    return GrassrootsCase.model_validate_json(json.dumps(row))


def written(folder, *rows):
    path = folder / "cases.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.fixture
def runner(services: Services):
    return CaseRunner.of(services, "extractive")


def test_the_same_cases_give_the_same_rows_twice(
    tmp_path, services: Services, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(advice_command, "open_services", lambda _: services)
    path = written(tmp_path, ROW, PRIVATE, EMPTY)
    for name in ("one", "two"):
        out = str(tmp_path / f"{name}.jsonl")
        asked = ["advice", "--cases", str(path), "--out", out, "--mode", "extractive"]
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 0, done.output
    one, two = read_run(tmp_path / "one.jsonl"), read_run(tmp_path / "two.jsonl")
    assert [comparable(row) for row in one.rows] == [comparable(row) for row in two.rows]
    assert one.header.mode == "extractive"
    assert one.header.measures.keys() == {measure.name for measure in ADVICE_MEASURES}
    assert one.header.prompts == dict(Catalog().lock)
    assert [row.case for row in one.crashed] == ["refused"]


def test_threads_change_no_row(runner: CaseRunner):
    cases = [case(), case(PRIVATE), case({**ROW, "id": "third"})]
    alone = [comparable(row) for row in runner.rows(cases)]
    assert [comparable(row) for row in runner.rows(cases, workers=3)] == alone


def test_a_row_tells_what_a_reader_needs(runner: CaseRunner):
    row = runner.row(case())
    advice = row.detail["advice"]
    assert row.error is None
    assert advice["id"] == "leak"
    assert advice["provenance"]["index"] == ""
    assert advice["provenance"]["corpus"] == runner.adviser.versions.corpus
    assert advice["created_at"].startswith("2026-06-01T04:00:00")
    assert row.detail["complaint"] == ROW["text"]
    assert row.measures["answered"] == 1.0
    assert row.measures["matter"] == 1.0
    assert row.measures["basis_recall"] == 1 - len(row.detail["missed_articles"]) / 2
    assert row.seconds > 0


def test_a_crash_counts_as_failure_in_every_measure_the_case_has(services: Services):
    class Broken:
        def search(self, *args, **kwargs):
            raise ZeroDivisionError("nothing left")

        like_cases = search_many = search
        learned = True

    adviser: Adviser = replace(services.adviser, retriever=Broken())
    runner = CaseRunner.of(replace(services, adviser=adviser), "extractive")
    row = runner.row(case(PRIVATE))
    assert row.error == "ZeroDivisionError: nothing left"
    for measure in ADVICE_MEASURES:
        assert row.measures[measure.name] == measure.of_crash(case(PRIVATE))
    assert row.measures["answered"] == 0.0
    assert row.measures["emptiness"] == 1.0
    assert row.measures["leak_sent"] == 1.0
    assert row.measures["traps"] is None


def test_what_would_be_sent_is_looked_at_without_a_model(runner: CaseRunner):
    row = runner.row(case(PRIVATE))
    assert row.measures["leak_sent"] == 0.0
    assert row.detail["advice"]["mode"] == "extractive"
    assert row.detail["advice"]["status"] == "complete"
    assert row.measures["tokens"] is None
    assert runner.row(case()).measures["leak_sent"] is None


def test_a_leak_is_seen_where_nothing_is_masked(services: Services):
    class Open(RedactionMasking):
        def mask(self, text):
            return Plain(text)

    class Plain:
        def __init__(self, text):
            self.masked = text

        def restore(self, text):
            return text

    writer = ModelWriter(ScriptedLLM(["{}"]), Catalog(), Open())
    adviser = replace(services.adviser, writer=writer)
    runner = CaseRunner.of(replace(services, adviser=adviser), "auto")
    row = runner.row(case(PRIVATE))
    assert row.measures["leak_sent"] == 1.0
    assert row.detail["leaked"] == PRIVATE["private"]


def test_a_models_tokens_are_counted(services: Services):
    model = ScriptedLLM(["{}"], name="scripted")
    writer = ModelWriter(model, Catalog(), RedactionMasking())
    adviser = replace(services.adviser, writer=writer)
    row = CaseRunner.of(replace(services, adviser=adviser), "llm").row(case())
    asked = sum(len(one.system) + len(one.user) + 2 for one in model.requests)
    assert row.measures["tokens"] == asked
    assert row.measures["cost"] is None


def test_only_some_cases_can_be_run(tmp_path, services: Services, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(advice_command, "open_services", lambda _: services)
    path, out = written(tmp_path, ROW, PRIVATE), tmp_path / "run.jsonl"
    asked = ["advice", "--dataset", str(path), "--out", str(out), "--json"]
    done = CliRunner().invoke(main, [*asked, "--only", "priv", "--mode", "extractive"])
    assert json.loads(done.stdout)["cases"] == 1
    refused = CliRunner().invoke(main, [*asked, "--only", "nothing"])
    assert refused.exit_code == 1
    assert "没有编号以 nothing 开头的案例" in refused.stderr


def test_a_case_without_a_place_is_asked_without_one(runner: CaseRunner):
    row = runner.row(case({**ROW, "region": []}))
    assert row.detail["advice"]["complaint"]["region"] == runner.adviser.default_region


def test_every_shipped_case_is_asked_on_a_day_that_has_come():
    assert max(one.as_of for one in read_cases().cases) <= date.today()
