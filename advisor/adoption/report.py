"""The figures of adoption 采纳: rates with intervals, what came of it, how biased they are."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisor import clock
from advisor.adoption.agreement import Agreement, agreement
from advisor.adoption.model import AdoptionEntry, Origin, Section, Standing
from advisor.adoption.selection import Selection, selection
from advisor.adoption.shares import Quartiles, Share, quartiles, share
from advisor.adoption.trial import TrialState, trials
from advisor.model import Value

DUE_AFTER = timedelta(days=15)
"""An advice without feedback counts as unanswered 未反馈 once it is as old as this."""
GOAL = 0.8
"""The first system of this kind claimed that four of five suggestions were worth using."""
SECTIONS: tuple[Section, ...] = ("analysis", "plan", "legal_basis", "precedents")


class Tally(Value):
    """One group of advices counted.

    ``given`` = ``judged`` + ``unanswered`` + ``waiting``; ``judged`` = ``adopted`` + ``modified`` +
    ``rejected``. ``used`` is the share adopted or modified of those judged, ``answered`` the share
    judged of those judged or unanswered.
    """

    value: str
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


class Course(Value):
    """What became of the advices with one kind of answer: "used", "rejected", "unanswered".

    ``told`` have an outcome; ``cleared`` is of those, ``reopened`` of the cleared and ``satisfied``
    of all, each only where it is known.
    """

    answer: str
    given: int
    told: int
    cleared: Share
    days: Quartiles | None
    reopened: Share
    satisfied: Share


class AdoptionReport(Value):
    """All figures of a time.

    ``at_least`` counts every unanswered advice as not used, ``at_most`` every one as used: the
    truth lies between, whatever kept people from answering. ``goal_met`` is None while the
    interval of ``used`` holds both sides of the goal.
    """

    origin: Origin
    since: date | None
    until: date | None
    today: date
    total: Tally
    goal: float
    goal_met: bool | None
    at_least: float | None
    at_most: float | None
    by: Mapping[str, tuple[Tally, ...]]
    reasons: Mapping[str, int]
    sections: Mapping[str, Share]
    edits: Quartiles | None
    course: tuple[Course, ...]
    selection: Selection
    review: Agreement
    trials: tuple[TrialState, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """What is counted: advices given on days from ``since`` to ``until``, of one origin."""

    since: date | None = None
    until: date | None = None
    origin: Origin = "service"

    def holds(self, standing: Standing) -> bool:
        """Whether an advice is counted."""
        day = clock.day_of(standing.given_at)
        return (
            standing.origin == self.origin
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


_Row = tuple[Standing, str]
"""A standing with its answer: "used", "rejected", "unanswered" or "waiting"."""
_Key = Callable[[Standing], str]
DIMENSIONS: Mapping[str, _Key] = {
    "matter": lambda one: one.matter or "",
    "region": lambda one: one.region,
    "department": lambda one: one.department,
    "mode": lambda one: one.mode,
    "prompt": lambda one: one.prompt or "",
    "model": lambda one: one.model or "",
    "month": lambda one: clock.day_of(one.given_at).strftime("%Y-%m"),
}
"""By what the rates are told; the empty value is what was not known or not used."""


def report(
    standings: Sequence[Standing],
    trail: Sequence[AdoptionEntry],
    period: Period,
    today: date,
) -> AdoptionReport:
    """The figures of a period, from where each advice stands; the trail tells the rest.

    Args:
        standings: Of all advices.
        trail: Everything said.
        period: What is counted.
        today: By it an advice without feedback is unanswered or still waiting.
    """
    kept = [one for one in standings if period.holds(one)]
    answers = {one.advice_id: _answer(one, today) for one in kept}
    rows = [(one, answers[one.advice_id]) for one in kept]
    total = tally("", rows)
    used, due = total.adopted + total.modified, total.judged + total.unanswered
    return AdoptionReport(
        origin=period.origin,
        since=period.since,
        until=period.until,
        today=today,
        total=total,
        goal=GOAL,
        goal_met=_met(total.used),
        at_least=used / due if due else None,
        at_most=(used + total.unanswered) / due if due else None,
        by={name: _by(rows, key) for name, key in DIMENSIONS.items()},
        reasons=_reasons(kept),
        sections=_sections(kept),
        edits=quartiles([one.edit_distance for one in kept if one.edit_distance is not None]),
        course=_courses(rows),
        selection=selection(kept, lambda one: answers[one.advice_id]),
        review=agreement(kept, trail),
        trials=trials(kept, trail),
    )


def tally(value: str, rows: Sequence[_Row]) -> Tally:
    """One group counted: standings, each with its answer."""
    verdicts = Counter(one.verdict for one, _ in rows)
    answers = Counter(answer for _, answer in rows)
    adopted, modified, rejected = verdicts["adopted"], verdicts["modified"], verdicts["rejected"]
    judged = adopted + modified + rejected
    return Tally(
        value=value,
        given=len(rows),
        judged=judged,
        adopted=adopted,
        modified=modified,
        rejected=rejected,
        unanswered=answers["unanswered"],
        waiting=answers["waiting"],
        used=share(adopted + modified, judged),
        as_given=share(adopted, judged),
        answered=share(judged, judged + answers["unanswered"]),
    )


def _answer(one: Standing, today: date) -> str:
    if one.verdict is not None:
        return "used" if one.used else "rejected"
    return "unanswered" if clock.day_of(one.given_at) + DUE_AFTER <= today else "waiting"


def _met(used: Share) -> bool | None:
    if used.low is not None and used.low >= GOAL:
        return True
    return False if used.high is not None and used.high < GOAL else None


def _by(rows: Sequence[_Row], key: _Key) -> tuple[Tally, ...]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(key(row[0]), []).append(row)
    return tuple(tally(value, groups[value]) for value in sorted(groups))


def _reasons(standings: Sequence[Standing]) -> Mapping[str, int]:
    found = Counter(one.reason or "" for one in standings if one.verdict == "rejected")
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _sections(standings: Sequence[Standing]) -> Mapping[str, Share]:
    """How often each part was used, of the advices used whose parts were told."""
    told = [one.sections for one in standings if one.used and one.sections]
    return {name: share(sum(name in parts for parts in told), len(told)) for name in SECTIONS}


def _courses(rows: Sequence[_Row]) -> tuple[Course, ...]:
    groups: dict[str, list[Standing]] = {"used": [], "rejected": [], "unanswered": []}
    for one, answer in rows:
        groups.setdefault(answer, []).append(one)
    return tuple(_course(answer, groups[answer]) for answer in ("used", "rejected", "unanswered"))


def _course(answer: str, standings: Sequence[Standing]) -> Course:
    told = [one for one in standings if one.cleared is not None]
    cleared = [one for one in told if one.cleared]
    reopened = [one.reopened for one in cleared if one.reopened is not None]
    satisfied = [one.satisfied for one in told if one.satisfied is not None]
    return Course(
        answer=answer,
        given=len(standings),
        told=len(told),
        cleared=share(len(cleared), len(told)),
        days=quartiles([one.days for one in cleared if one.days is not None]),
        reopened=share(sum(reopened), len(reopened)),
        satisfied=share(sum(satisfied), len(satisfied)),
    )
