"""How much of a plan was rewritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.adoption.edit import edit_distance, plan_text
from advisor.errors import RefusedInput
from advisor.model import Plan, PlanStep

TEXT = st.text(alphabet="甲乙丙丁😀", max_size=12)


def slow_levenshtein(first: str, second: str) -> int:
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        before, row = row, [place]
        for column, other in enumerate(second, 1):
            best = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != other))
            row.append(best)
    return row[-1]


@given(first=TEXT, second=TEXT)
def test_it_is_the_distance_by_the_book(first: str, second: str) -> None:
    longer = max(len(first), len(second))
    expected = slow_levenshtein(first, second) / longer if longer else 0
    assert edit_distance(first, second) == pytest.approx(expected)
    assert edit_distance(second, first) == edit_distance(first, second)


def test_white_space_is_no_edit() -> None:
    assert edit_distance("先到现场\n再调解", " 先到现场　再调解 ") == 0
    assert edit_distance("先到现场", "") == 1


def test_a_text_beyond_all_measure_is_refused() -> None:
    with pytest.raises(RefusedInput, match="8000"):
        edit_distance("短", "长" * 8001)


def test_the_plan_as_a_text_holds_every_part_of_it() -> None:
    plan = Plan(
        steps=(
            PlanStep(order=1, action="看现场", owner="网格员", deadline_days=0),
            PlanStep(order=2, action="调解", owner="村调委会", deadline_days=7),
        ),
        lead_department="示例镇政府",
        support_departments=("示例执法队",),
        escalation="报镇里",
        resident_script="我们记下了。",
    )
    assert plan_text(plan).splitlines() == [
        "牵头单位：示例镇政府",
        "配合单位：示例执法队",
        "1. 看现场（网格员，当日）",
        "2. 调解（村调委会，7 日内）",
        "办不下来时：报镇里",
        "告知口径：我们记下了。",
    ]
