"""The domain values: frozen, closed, and the same after a turn through JSON."""

from datetime import date

import pytest
from pydantic import ValidationError

from advisor.model import AI_LABEL, SCHEMA_VERSION, AdviceRequest, Plan, Point, Triage


def test_a_request_needs_only_its_text():
    request = AdviceRequest(text="漏水")
    assert (request.region, request.occurred_on, request.mode) == (None, None, "auto")


def test_a_day_is_read_from_text():
    assert AdviceRequest(text="漏水", occurred_on="2025-06-01").occurred_on == date(2025, 6, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"text": "漏水", "mode": "magic"},
        {"text": "漏水", "occurred_on": "昨天"},
        {"text": "漏水", "unknown": 1},
        {"text": "漏水", "ledger_ref": {"system": "甲"}},
    ],
)
def test_a_request_of_another_shape_is_refused(wrong):
    with pytest.raises(ValidationError):
        AdviceRequest(**wrong)


def test_values_cannot_be_changed():
    with pytest.raises(ValidationError):
        Point(text="一").text = "二"


@pytest.mark.parametrize(("field", "value"), [("track", "快办"), ("urgency", "特急")])
def test_track_and_urgency_are_the_known_words(field, value):
    whole = {"track": "即办", "urgency": "一般", "priority": 1, "reasons": ()}
    with pytest.raises(ValidationError, match=field):
        Triage(**(whole | {field: value}))


def test_a_plan_needs_its_lead_escalation_and_script():
    with pytest.raises(ValidationError, match="lead_department"):
        Plan(steps=(), escalation="一", resident_script="二")


def test_the_label_says_that_it_was_generated_and_a_person_decides():
    assert "人工智能" in AI_LABEL
    assert "承办人" in AI_LABEL


def test_the_schema_is_version_one():
    assert SCHEMA_VERSION == 1
