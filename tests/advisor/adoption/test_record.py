"""What a named person says is checked, made free of personal data, and kept."""

from datetime import UTC, date, datetime

import pytest

from advisor.adoption.edit import plan_text
from advisor.adoption.model import Review
from advisor.adoption.record import FeedbackGiven, OutcomeGiven, Recorder
from advisor.errors import AdviceAbsent, RefusedInput
from advisor.masking import RedactionMasking
from advisor.model import AdviceRequest

NOW = datetime(2025, 6, 10, 4, tzinfo=UTC)


@pytest.fixture
def recorder(store):
    return Recorder(store.adoption, store, RedactionMasking(), lambda: NOW)


@pytest.fixture
def advice(adviser):
    """Given on 1 June 2025."""
    return adviser.advise(AdviceRequest(text="我们小区车位不够，每天晚上抢车位。"))


def test_a_verdict_is_kept_under_a_name(recorder, advice):
    now = recorder.feedback(
        advice.id, FeedbackGiven(" 张三 ", "adopted", sections=("plan", "plan"))
    )
    assert (now.verdict, now.judged_by, now.judged_at) == ("adopted", "张三", NOW)
    assert now.sections == ("plan",)
    assert now.department == advice.plan.lead_department


def test_how_much_was_rewritten_is_kept_and_the_text_is_not(recorder, advice):
    edited = plan_text(advice.plan) + "\n另请王小明（13800138000）到场。"
    now = recorder.feedback(
        advice.id, FeedbackGiven("张三", "modified", edited_plan=edited, note="电话13800138000")
    )
    assert 0 < now.edit_distance < 0.5
    (entry,) = recorder.log.entries(advice.id)
    kept = entry.said.model_dump_json()
    assert "13800138000" not in kept
    assert "王小明" not in kept
    assert "电话" in kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (FeedbackGiven("  ", "adopted"), "by"),
        (FeedbackGiven("名" * 61, "adopted"), "by"),
        (FeedbackGiven("张三", "rejected"), "reason_missing"),
        (FeedbackGiven("张三", "adopted", reason="other"), "reason_unasked"),
        (FeedbackGiven("张三", None, reason="other"), "reason_unasked"),
        (FeedbackGiven("张三", "rejected", "other", sections=("plan",)), "sections_unasked"),
        (FeedbackGiven("张三", "adopted", edited_plan="改"), "edited_unasked"),
        (FeedbackGiven("张三", "modified", edited_plan="改" * 8001), "edited_too_long"),
        (FeedbackGiven("张三", "adopted", note="长" * 201), "note_too_long"),
    ],
)
def test_feedback_that_does_not_hold_together_is_refused(recorder, advice, given, code):
    with pytest.raises(RefusedInput) as refused:
        recorder.feedback(advice.id, given)
    assert refused.value.code == code
    assert recorder.log.entries() == ()


def test_days_run_from_the_advice_to_the_closing(recorder, advice):
    now = recorder.outcome(
        advice.id, OutcomeGiven("张三", cleared=True, closed_on=date(2025, 6, 9), satisfied=True)
    )
    assert (now.cleared, now.days, now.reopened, now.satisfied) == (True, 8, None, True)
    assert recorder.outcome(advice.id, OutcomeGiven("张三", cleared=False)).days is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (OutcomeGiven("张三", cleared=True), "closed_on"),
        (OutcomeGiven("张三", cleared=False, closed_on=date(2025, 6, 9)), "closed_on"),
        (OutcomeGiven("张三", cleared=True, closed_on=date(2025, 5, 31)), "closed_on"),
        (OutcomeGiven("张三", cleared=True, closed_on=date(2025, 6, 11)), "closed_on"),
        (OutcomeGiven("张三", cleared=False, reopened=True), "reopened"),
        (OutcomeGiven("", cleared=False), "by"),
    ],
)
def test_an_outcome_that_does_not_hold_together_is_refused(recorder, advice, given, code):
    with pytest.raises(RefusedInput) as refused:
        recorder.outcome(advice.id, given)
    assert refused.value.code == code


def test_a_review_is_by_another_person_and_after_a_verdict(recorder, advice):
    with pytest.raises(RefusedInput, match="还没有反馈"):
        recorder.review(advice.id, Review(by="王五", verdict="adopted"))
    recorder.feedback(advice.id, FeedbackGiven("张三", "adopted"))
    with pytest.raises(RefusedInput, match="不能是首次反馈人"):
        recorder.review(advice.id, Review(by=" 张三 ", verdict="adopted"))
    recorder.review(advice.id, Review(by="王五", verdict="rejected", reason="other"))
    assert [one.said.kind for one in recorder.log.entries()] == ["feedback", "review"]


def test_nothing_can_be_said_of_what_was_never_given(recorder):
    for say in (
        lambda: recorder.feedback("nobody", FeedbackGiven("张三", "adopted")),
        lambda: recorder.feedback("nobody", FeedbackGiven("张三", "modified", edited_plan="改")),
        lambda: recorder.outcome("nobody", OutcomeGiven("张三", cleared=False)),
        lambda: recorder.review("nobody", Review(by="王五", verdict="adopted")),
    ):
        with pytest.raises(AdviceAbsent, match="nobody"):
            say()
