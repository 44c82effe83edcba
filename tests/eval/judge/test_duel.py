"""Duels: both orders, the judge's preference for a place, and the sign test."""

import json

import pytest

from advisor.errors import ModelUnavailable
from advisor.llm.scripted import ScriptedLLM
from eval.errors import EvalError
from eval.judge.answers import Answered
from eval.judge.asking import Judge
from eval.judge.duel import duel, duel_figures, duels, paired, sign_test


def answer(text, case="case-1", complaint="楼上漏水"):
    return Answered(case, complaint, "浙江省", "2026-06-01", text)


def says(better):
    return json.dumps({"reason": "步骤更清楚", "better": better}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("甲", "乙", "a"),
        ("乙", "甲", "b"),
        ("相当", "相当", "tie"),
        ("甲", "甲", "split"),
        ("乙", "乙", "split"),
        ("甲", "相当", "split"),
    ],
)
def test_the_same_answer_must_win_in_both_places(first, second, outcome):
    model = ScriptedLLM([says(first), says(second)])
    row = duel(Judge(model), answer("办法一"), answer("办法二"))
    assert row.outcome == outcome
    one, two = (request.user for request in model.requests)
    assert one.index("办法一") < one.index("办法二")
    assert two.index("办法二") < two.index("办法一")


@pytest.mark.parametrize("line", [says("丙"), "都好", ModelUnavailable("模型服务连不上。")])
def test_no_verdict_is_a_row_with_its_reason(line):
    row = duel(Judge(ScriptedLLM([line])), answer("办法一"), answer("办法二"))
    assert row.outcome is None
    assert row.error


def test_only_answers_to_the_same_complaint_are_paired():
    a = [answer("一", "x"), answer("一", "y"), answer("一", "z", "停水")]
    b = [answer("二", "y"), answer("二", "z", "停电")]
    assert [one.case for one, _ in paired(a, b)] == ["y"]
    with pytest.raises(EvalError, match="没有相同的案例"):
        paired(a[:1], b)


def test_the_figures_count_every_case_once():
    lines = [says("甲"), says("乙"), says("甲"), says("甲"), says("丙")]
    pairs = [(answer("一", str(n)), answer("二", str(n))) for n in range(3)]
    rows = tuple(duels(Judge(ScriptedLLM(lines)), pairs))
    found = duel_figures(rows, judge="scripted")
    assert (found.a, found.b, found.tie, found.split, found.failed) == (1, 0, 0, 1, 1)
    assert found.p == 1.0


def test_the_sign_test_is_exact():
    assert sign_test(0, 0) is None
    assert sign_test(5, 5) == 1.0
    assert sign_test(10, 0) == pytest.approx(2 / 1024)
    assert sign_test(9, 1) == sign_test(1, 9) == pytest.approx(22 / 1024)
