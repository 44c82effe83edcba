"""``advisor-eval judge`` and ``duel`` over the loopback model, from a run file to figures."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from advisor.llm.scripted import ScriptedLLM
from advisor.model import AdviceRequest
from eval.cli import main
from eval.judge import command
from eval.judge.rubric import KEYS
from eval.run_file import (
    CodeState,
    Material,
    RunHeader,
    RunRow,
    header_line,
    row_line,
    write_run,
)

HEADER = RunHeader(
    kind="advice",
    created=datetime(2026, 6, 1, tzinfo=UTC),
    command="advisor-eval advice",
    code=CodeState(version="1"),
    material=Material(name="own", sha256="0" * 64, cases=3),
    corpus="c",
    index="i",
)
GRADES = json.dumps({"grades": {key: {"score": 4, "quote": "", "reason": ""} for key in KEYS}})

BROKEN = RunRow(case="a", measures={}, detail={"advice": {}})


@pytest.fixture(scope="module")
def run_file(services, tmp_path_factory):
    path = tmp_path_factory.mktemp("judged") / "run.jsonl"
    told = {"water": "停水三天了没人讲一声", "leak": "楼上卫生间漏水，他死活不开门"}
    rows = [
        RunRow(
            case=name,
            measures={},
            detail={"advice": services.advise(AdviceRequest(text=text)).model_dump(mode="json")},
        )
        for name, text in told.items()
    ]
    crashed = RunRow(case="crashed", measures={}, error="ValueError: x")
    write_run(path, HEADER, [*rows, crashed])
    return path


@pytest.fixture
def scripted(monkeypatch):
    def use(lines):
        model = ScriptedLLM(lines)
        monkeypatch.setattr(command, "open_model", lambda _: model)
        return model

    return use


def test_a_run_is_graded_and_the_grades_are_kept(run_file, scripted, tmp_path):
    model = scripted([GRADES])
    out = tmp_path / "grades.jsonl"
    done = CliRunner().invoke(main, ["judge", str(run_file), "--out", str(out), "--repeats", "2"])
    assert done.exit_code == 0, done.output
    assert "不是确定性指标" in done.stdout
    assert "自身波动 0.00" in done.stdout
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["case"], row["repeat"]) for row in rows] == [
        ("water", 0),
        ("water", 1),
        ("leak", 0),
        ("leak", 1),
    ]
    assert "三、法规支撑" in model.requests[0].user


def test_two_runs_are_compared_in_both_orders(run_file, scripted, tmp_path):
    scripted([json.dumps({"reason": "", "better": "甲"})])
    out = tmp_path / "duels.jsonl"
    done = CliRunner().invoke(
        main, ["duel", str(run_file), str(run_file), "--out", str(out), "--json"]
    )
    found = json.loads(done.stdout)
    assert (found["cases"], found["split"], found["a"]) == (2, 2, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "是空的"),
        ("{", "第 1 行"),
        (header_line(HEADER), "没有带建议的行"),
        (f"{header_line(HEADER)}\n{row_line(BROKEN)}", "建议的"),
    ],
)
def test_a_file_that_is_no_run_is_refused_in_chinese(tmp_path, content, reason):
    path = tmp_path / "run.jsonl"
    path.write_text(content, encoding="utf-8")
    done = CliRunner().invoke(main, ["judge", str(path), "--out", str(tmp_path / "o")])
    assert done.exit_code == 1
    assert reason in done.stderr


def test_without_a_model_it_says_what_to_set(run_file, tmp_path):
    done = CliRunner().invoke(main, ["judge", str(run_file), "--out", str(tmp_path / "o")])
    assert done.exit_code == 1
    assert "ADVISOR_LLM_BASE_URL" in done.stderr


def test_a_judge_that_never_answers_is_an_error_with_its_reason(run_file, scripted, tmp_path):
    scripted(["不评"])
    done = CliRunner().invoke(main, ["judge", str(run_file), "--out", str(tmp_path / "o")])
    assert done.exit_code == 1
    assert "没有一份建议评成" in done.stderr
