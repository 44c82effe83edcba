"""The judge's grades: asked blind and masked, checked, with a failure as a row."""

import json
from dataclasses import replace

import pytest

from advisor.errors import ModelUnavailable
from advisor.llm.scripted import ScriptedLLM
from eval.errors import DatasetInvalid
from eval.judge.answers import Answered
from eval.judge.asking import Judge
from eval.judge.grading import figures, grade, grade_all, read_grades, scores
from eval.judge.rubric import KEYS

ANSWER = Answered(
    "case-1",
    "楼上漏水，我叫赵德胜，电话13900001111",
    "浙江省嘉兴市",
    "2026-06-01",
    "1. 约赵德胜和楼上一起开门查看（社区，2天内）",
    ("查明漏点",),
)


def reply(score=3, **changed):
    grades = {key: {"score": score, "quote": "", "reason": "说得清"} for key in KEYS}
    return json.dumps({"grades": grades | changed}, ensure_ascii=False)


def test_nothing_personal_is_sent_and_the_parts_share_their_tokens():
    model = ScriptedLLM([reply()])
    grade(Judge(model), ANSWER)
    (sent,) = model.requests
    assert "赵德胜" not in sent.user
    assert "13900001111" not in sent.user
    assert sent.user.count("[姓名1]") == 2
    assert "查明漏点" in sent.user
    assert "JSON" in sent.system


def test_a_quote_is_looked_up_in_the_answer_that_was_shown():
    plan = {"score": 4, "quote": "约[姓名1]和楼上 一起开门", "reason": ""}
    law = {"score": 4, "quote": "依法严肃处理", "reason": ""}
    row = grade(Judge(ScriptedLLM([reply(plan=plan, law=law)])), ANSWER)
    assert row.error is None
    assert (row.grades["plan"].quoted, row.grades["law"].quoted) == (True, False)


@pytest.mark.parametrize(
    "line",
    [
        "不评了",
        reply(score=6),
        reply(score=3.5),
        reply(score="5"),
        reply(score=True),
        json.dumps({"grades": {"plan": {"score": 3}}}),
        json.dumps({"grades": []}),
        ModelUnavailable("模型服务连不上。"),
    ],
)
def test_a_reply_that_is_no_grade_is_a_row_with_its_reason(line):
    row = grade(Judge(ScriptedLLM([line])), ANSWER)
    assert row.error
    assert not row.grades


def test_the_judges_own_spread_is_that_over_the_repeats_of_one_answer():
    judge = Judge(ScriptedLLM([reply(2), reply(4), reply(4), reply(4)]))
    other = Answered("case-2", "噪声", "浙江省", "2026-06-01", "1. 测分贝")
    rows = tuple(grade_all(judge, [ANSWER, other], repeats=2))
    found = figures(rows)
    assert [(row.case, row.repeat) for row in rows] == [
        ("case-1", 0),
        ("case-1", 1),
        ("case-2", 0),
        ("case-2", 1),
    ]
    assert scores(rows)["case-1", "plan"] == 3
    assert {one.mean for one in found.criteria} == {3.5}
    assert {one.own_sd for one in found.criteria} == {0.5}
    assert (found.graded, found.failed, found.repeats) == (2, 0, 2)


def test_one_grade_tells_nothing_of_the_spread_and_failures_are_counted():
    lines = [reply(5), ModelUnavailable("模型服务连不上。")]
    other = replace(ANSWER, case="case-2")
    rows = tuple(grade_all(Judge(ScriptedLLM(lines)), [ANSWER, other]))
    found = figures(rows)
    assert found.criteria[0].own_sd is None
    assert (found.answers, found.graded, found.failed) == (2, 1, 1)
    assert figures(rows[1:]) is None


def test_kept_grades_are_read_again_as_they_were(tmp_path):
    rows = tuple(grade_all(Judge(ScriptedLLM([reply(2), "不评"])), [ANSWER], repeats=2))
    path = tmp_path / "grades.jsonl"
    path.write_text("\n".join(row.model_dump_json() for row in rows), encoding="utf-8")
    assert read_grades(path) == rows
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="不是评分"):
        read_grades(path)
