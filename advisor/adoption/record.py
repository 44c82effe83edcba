"""The use case: take in what a named person says of an advice, check it, keep it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from advisor import clock
from advisor.adoption.edit import edit_distance, plan_text
from advisor.adoption.model import (
    AdoptionEntry,
    Feedback,
    Outcome,
    Reason,
    Review,
    Section,
    Standing,
    Verdict,
)
from advisor.adoption.ports import AdoptionLog
from advisor.errors import AdviceAbsent, RefusedInput
from advisor.model import Advice
from advisor.ports import AdviceStore, Masking

MOST_NAME, MOST_NOTE = 60, 200


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """What a door takes in as feedback; ``edited_plan`` is the plan as it was really used."""

    by: str
    verdict: Verdict | None
    reason: Reason | None = None
    sections: Sequence[Section] = ()
    edited_plan: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeGiven:
    """What a door takes in as an outcome 办结登记."""

    by: str
    cleared: bool
    closed_on: date | None = None
    reopened: bool | None = None
    satisfied: bool | None = None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Keeps what is said of advices; ``now`` is the present moment in UTC."""

    log: AdoptionLog
    store: AdviceStore
    masking: Masking
    now: Callable[[], datetime] = clock.now

    def feedback(self, advice_id: str, given: FeedbackGiven) -> Standing:
        """Keep a verdict; where the advice stands now.

        The text used is compared and not kept; the note is masked before it is.

        Raises:
            RefusedInput: No name, a reason that is missing or too much, a text too long.
            AdviceAbsent: There is no such advice.
            StoreUnavailable: Nothing was kept.
        """
        _check_feedback(given)
        said = Feedback(
            by=_name(given.by),
            verdict=given.verdict,
            reason=given.reason,
            sections=tuple(dict.fromkeys(given.sections)),
            edit_distance=self._edited(advice_id, given),
            note=self.masking.mask(given.note.strip()).masked,
        )
        return self._keep(advice_id, said)

    def outcome(self, advice_id: str, given: OutcomeGiven) -> Standing:
        """Keep what came of the matter; where the advice stands now.

        Raises:
            RefusedInput: No name, or days and answers that do not go together.
            AdviceAbsent: There is no such advice.
            StoreUnavailable: Nothing was kept.
        """
        begun = clock.day_of(self._standing(advice_id).given_at)
        _check_outcome(given, begun, clock.day_of(self.now()))
        said = Outcome(
            by=_name(given.by),
            cleared=given.cleared,
            closed_on=given.closed_on,
            days=(given.closed_on - begun).days if given.closed_on else None,
            reopened=given.reopened,
            satisfied=given.satisfied,
        )
        return self._keep(advice_id, said)

    def review(self, advice_id: str, said: Review) -> None:
        """Keep a blind second verdict.

        Raises:
            RefusedInput: No name, nothing was judged yet, or the first judge reviews himself.
            AdviceAbsent: There is no such advice.
            StoreUnavailable: Nothing was kept.
        """
        first, name = self._standing(advice_id), _name(said.by)
        if first.verdict is None:
            raise RefusedInput("nothing_to_review", "这份建议还没有反馈，不能复评。")
        if first.judged_by == name:
            raise RefusedInput("own_review", "复评人不能是首次反馈人。")
        entry = AdoptionEntry(advice_id, said.model_copy(update={"by": name}), self.now())
        self.log.append(entry)

    def _keep(self, advice_id: str, said: Feedback | Outcome) -> Standing:
        self.log.append(AdoptionEntry(advice_id, said, self.now()))
        return self._standing(advice_id)

    def _standing(self, advice_id: str) -> Standing:
        found = self.log.standings(advice_id)
        if not found:
            raise AdviceAbsent(advice_id)
        return found[0]

    def _edited(self, advice_id: str, given: FeedbackGiven) -> float | None:
        if given.edited_plan is None or not given.edited_plan.strip():
            return None
        stored = self.store.get(advice_id)
        if stored is None:
            raise AdviceAbsent(advice_id)
        advice = Advice.model_validate_json(stored.payload)
        return edit_distance(plan_text(advice.plan), given.edited_plan)


def _name(by: str) -> str:
    name = by.strip()
    if not name or len(name) > MOST_NAME:
        raise RefusedInput("by", f"请填写反馈人，不超过 {MOST_NAME} 个字。")
    return name


def _check_feedback(given: FeedbackGiven) -> None:
    if given.verdict == "rejected" and given.reason is None:
        raise RefusedInput("reason_missing", "未采纳的，请选择原因。")
    if given.verdict != "rejected" and given.reason is not None:
        raise RefusedInput("reason_unasked", "只有未采纳才填原因。")
    if given.verdict not in ("adopted", "modified") and given.sections:
        raise RefusedInput("sections_unasked", "采纳或修改后采纳的，才填用到了哪些部分。")
    if given.verdict != "modified" and (given.edited_plan or "").strip():
        raise RefusedInput("edited_unasked", "修改后采纳的，才填修改后的方案。")
    if len(given.note.strip()) > MOST_NOTE:
        raise RefusedInput("note_too_long", f"说明不能超过 {MOST_NOTE} 字。")


def _check_outcome(given: OutcomeGiven, begun: date, today: date) -> None:
    if given.cleared != (given.closed_on is not None):
        raise RefusedInput("closed_on", "办结的请填办结日期；没有办结的不填。")
    if given.closed_on is not None and not begun <= given.closed_on <= today:
        raise RefusedInput("closed_on", f"办结日期应在 {begun} 到 {today} 之间。")
    if given.reopened is not None and not given.cleared:
        raise RefusedInput("reopened", "办结之后才能登记是否反弹。")
