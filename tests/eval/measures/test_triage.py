"""Track, urgency and departments."""

import pytest

from eval.measures.departments import DEPARTMENT_ANY, LEAD, LEAD_FIRST
from eval.measures.track import TRACK
from eval.measures.urgency import URGENCY, URGENCY_MISSED


def triage(track="即办", urgency="较急"):
    return {"triage": {"track": track, "urgency": urgency, "priority": 1, "reasons": []}}


@pytest.mark.parametrize(("track", "right"), [("即办", 1.0), ("督办", 0.0)])
def test_a_track_is_right_when_accepted(answer, track, right):
    assert TRACK.value(answer(advice=triage(track=track))) == right


@pytest.mark.parametrize(
    ("accepted", "urgency", "right", "missed"),
    [
        (["较急", "紧急"], "较急", 1.0, 0.0),
        (["较急", "紧急"], "一般", 0.0, 1.0),
        (["较急"], "紧急", 0.0, 0.0),
        (["一般", "较急"], "紧急", 0.0, None),
    ],
)
def test_an_emergency_taken_lightly_counts_apart(answer, accepted, urgency, right, missed):
    found = answer(case={"urgency": accepted}, advice=triage(urgency=urgency))
    assert URGENCY.value(found) == right
    assert URGENCY_MISSED.value(found) == missed


@pytest.mark.parametrize(
    ("lead", "support", "values"),
    [
        ("消防救援机构", [], (1.0, 1.0, 1.0)),
        ("消防大队", [], (1.0, 1.0, 1.0)),
        ("物业服务企业", [], (1.0, 0.0, 1.0)),
        ("教育局", ["物业服务企业"], (0.0, 0.0, 1.0)),
        ("教育局", ["民政局"], (0.0, 0.0, 0.0)),
    ],
)
def test_a_department_is_known_by_its_names(answer, plan_with, lead, support, values):
    found = answer(
        advice=plan_with(lead_department=lead, support_departments=support),
        department_names={"消防大队": "消防救援机构"},
    )
    assert (LEAD.value(found), LEAD_FIRST.value(found), DEPARTMENT_ANY.value(found)) == values


def test_a_case_without_departments_has_no_such_measure(answer):
    found = answer(case={"departments": []})
    assert [one.value(found) for one in (LEAD, LEAD_FIRST, DEPARTMENT_ANY)] == [None] * 3
    assert LEAD.of_crash(found.case) is None
    assert LEAD.of_crash(answer().case) == 0.0
