"""What is said of an advice, and the figures of adoption, on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from advisor.adoption.agreement import Agreement
from advisor.adoption.model import Reason, Section, Verdict
from advisor.adoption.model import Review as DomainReview
from advisor.adoption.record import FeedbackGiven, OutcomeGiven
from advisor.adoption.report import AdoptionReport, Course, Tally
from advisor.adoption.selection import Selection
from advisor.adoption.shares import Quartiles, Share
from advisor.adoption.trial import TrialState
from api.schemas.base import Incoming, Outgoing, WholeText

_BY = "反馈人的姓名或工号"


class FeedbackIn(Incoming):
    """A verdict on one advice; ``verdict`` null takes an earlier one back."""

    by: WholeText = Field(min_length=1, max_length=60, description=_BY)
    verdict: Verdict | None
    reason: Reason | None = None
    sections: tuple[Section, ...] = Field(default=(), max_length=4)
    edited_plan: WholeText | None = Field(
        default=None,
        max_length=20_000,
        description="实际采用的清账方案全文；与 /plan.txt 比较修改幅度，不保存",
    )
    note: WholeText = Field(default="", max_length=200, description="说明；个人信息在保存前去除")

    def to_domain(self) -> FeedbackGiven:
        """The feedback as the use case takes it."""
        return FeedbackGiven(
            by=self.by,
            verdict=self.verdict,
            reason=self.reason,
            sections=self.sections,
            edited_plan=self.edited_plan,
            note=self.note,
        )


class OutcomeIn(Incoming):
    """What came of the matter: all that is known, replacing what was told before."""

    by: WholeText = Field(min_length=1, max_length=60, description=_BY)
    cleared: bool
    closed_on: date | None = None
    reopened: bool | None = Field(default=None, description="是否反弹；没有回访则不填")
    satisfied: bool | None = Field(default=None, description="群众是否满意；没有问则不填")

    def to_domain(self) -> OutcomeGiven:
        """The outcome as the use case takes it."""
        return OutcomeGiven(
            by=self.by,
            cleared=self.cleared,
            closed_on=self.closed_on,
            reopened=self.reopened,
            satisfied=self.satisfied,
        )


class ReviewIn(Incoming):
    """A blind second verdict by another person than the first."""

    by: WholeText = Field(min_length=1, max_length=60, description="复评人的姓名或工号")
    verdict: Verdict
    reason: Reason | None = None

    def to_domain(self) -> DomainReview:
        """The review as the use case takes it."""
        return DomainReview(by=self.by, verdict=self.verdict, reason=self.reason)


class StandingOut(Outgoing):
    """Where an advice stands after what was said of it."""

    advice_id: str
    verdict: Verdict | None
    reason: Reason | None
    sections: tuple[Section, ...]
    edit_distance: float | None
    judged_by: str | None
    judged_at: datetime | None
    cleared: bool | None
    closed_on: date | None
    days: int | None
    reopened: bool | None
    satisfied: bool | None


class ReviewedOut(Outgoing):
    """A review was kept; what the first verdict was is not told."""

    advice_id: str
    kept: Literal[True] = True


class SampleOut(Outgoing):
    """Advices drawn by lot for one reviewer, without their first verdicts."""

    reviewer: str
    seed: str
    advice_ids: tuple[str, ...]


class TallyOut(Outgoing):
    """One group of advices counted; ``name`` is what people call ``value``."""

    value: str
    name: str
    given: int
    judged: int
    adopted: int
    modified: int
    rejected: int
    unanswered: int
    waiting: int
    used: Share
    as_given: Share
    answered: Share

    @classmethod
    def named(cls, tally: Tally, names: Mapping[str, str]) -> "TallyOut":
        """The tally with its name."""
        name = names.get(tally.value, tally.value)
        return cls(name=name, **{one: getattr(tally, one) for one in type(tally).model_fields})


class AdoptionOut(Outgoing):
    """All figures of adoption for a time; docs/adoption.md says how each is counted."""

    origin: Literal["service", "import"]
    since: date | None
    until: date | None
    today: date
    total: Tally
    goal: float
    goal_met: bool | None
    at_least: float | None
    at_most: float | None
    by: Mapping[str, tuple[TallyOut, ...]]
    reasons: Mapping[str, int]
    sections: Mapping[str, Share]
    edits: Quartiles | None
    course: tuple[Course, ...]
    selection: Selection
    review: Agreement
    trials: tuple[TrialState, ...]

    @classmethod
    def of(cls, report: AdoptionReport, matters: Mapping[str, str]) -> "AdoptionOut":
        """The report on the wire; ``matters`` gives each kind of matter its name."""
        rest = {name: getattr(report, name) for name in AdoptionReport.model_fields if name != "by"}
        by = {
            dimension: tuple(
                TallyOut.named(one, matters if dimension == "matter" else {}) for one in tallies
            )
            for dimension, tallies in report.by.items()
        }
        return cls(by=by, **rest)
