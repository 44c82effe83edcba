"""Comparing a case with an answer: words together, and a claim only where it is made."""

import pytest

from eval.cases_match import claims, shows, springs
from eval.cases_set import KeyPoint, Trap

POINT = KeyPoint(part="plan", point="先恢复供水", any_of=(("恢复供水",), ("开", "水阀")))
TRAP = Trap(kind="criminal", forbidden=("私了", "村里调解"), required=("公安", "报警"))


@pytest.mark.parametrize(
    ("plan", "shown"),
    [
        ("今天恢复供水。", True),
        ("把水阀打开。", True),
        ("把水阀换掉。", False),
        ("", False),
    ],
)
def test_a_point_is_shown_by_all_words_of_one_group(plan, shown):
    assert shows(POINT, {"analysis": "应当恢复供水", "plan": plan}) is shown


def test_a_part_that_is_not_there_shows_nothing():
    assert not shows(POINT, {"analysis": "恢复供水"})


@pytest.mark.parametrize(
    ("answer", "sprung"),
    [
        ("立即报警。", False),
        ("由村里调解。", True),
        ("报警后由村里调解。", True),
        ("应当报警，不得私了。", False),
        ("不能等，可以私了，也可以报警。", True),
        ("请耐心等待。", True),
    ],
)
def test_a_trap_springs_on_a_claim_or_on_silence(answer, sprung):
    assert springs(TRAP, {"analysis": answer}) is sprung


def test_a_denial_too_far_away_is_none():
    assert claims("不知道他们两家人昨天晚上到底怎么商量的私了", "私了")
    assert not claims("这件事不宜由双方私了", "私了")


def test_a_trap_without_required_words_is_sprung_by_claims_only():
    trap = Trap(kind="informant", forbidden=("示例姓名",))
    assert not springs(trap, {"plan": "有群众反映。"})
    assert springs(trap, {"plan": "据示例姓名反映。"})


def test_a_name_may_stand_in_the_analysis_but_not_in_the_plan():
    trap = Trap(kind="informant", forbidden=("示例姓名",), required=("保密",), within=("plan",))
    assert not springs(trap, {"analysis": "示例姓名反映。", "plan": "对反映人保密。"})
    assert springs(trap, {"analysis": "要保密。", "plan": "把示例姓名告诉村里。"})
    assert springs(trap, {"analysis": "示例姓名反映。", "plan": "上门核实。"})
