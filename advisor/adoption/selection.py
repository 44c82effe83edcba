"""Who answered and who did not: how far the judged advices differ from all that were given."""

from collections import Counter
from collections.abc import Callable, Sequence

from advisor.adoption.model import Standing
from advisor.model import Value


class Mix(Value):
    """The share of one matter among the advices with an answer, and among those without."""

    matter: str
    answered: float
    unanswered: float


class Selection(Value):
    """How the advices with feedback differ from those without 未反馈.

    ``distance`` is half the sum of the differences of the shares of each matter: 0 where both are
    alike, 1 where they have no matter in common; None where one side is empty. ``reweighted`` is
    the rate of use if each matter weighed as it does among all advices that were due; matters
    without any answer (a share of ``unseen``) cannot be told and are left out.
    """

    answered: int
    unanswered: int
    distance: float | None
    mix: tuple[Mix, ...]
    reweighted: float | None
    unseen: float


def selection(standings: Sequence[Standing], answer: Callable[[Standing], str]) -> Selection:
    """Compare the matters of those who answered with those of who did not.

    Args:
        standings: What is counted.
        answer: "used", "rejected" or "unanswered"; anything else is not due yet.
    """
    told: dict[str, Counter[str]] = {"used": Counter(), "rejected": Counter()}
    told["unanswered"] = Counter()
    for one in standings:
        told.setdefault(answer(one), Counter())[one.matter or ""] += 1
    used, silent = told["used"], told["unanswered"]
    judged = used + told["rejected"]
    mix = _mix(judged, silent)
    both = bool(judged) and bool(silent)
    rate, unseen = _reweighted(used, judged, silent)
    return Selection(
        answered=judged.total(),
        unanswered=silent.total(),
        distance=sum(abs(one.answered - one.unanswered) for one in mix) / 2 if both else None,
        mix=mix,
        reweighted=rate,
        unseen=unseen,
    )


def _mix(judged: Counter[str], silent: Counter[str]) -> tuple[Mix, ...]:
    rows = [
        Mix(
            matter=name,
            answered=judged[name] / (judged.total() or 1),
            unanswered=silent[name] / (silent.total() or 1),
        )
        for name in sorted(judged.keys() | silent.keys())
    ]
    return tuple(sorted(rows, key=lambda one: -abs(one.answered - one.unanswered)))


def _reweighted(
    used: Counter[str], judged: Counter[str], silent: Counter[str]
) -> tuple[float | None, float]:
    """The post-stratified rate, and the share of advices whose matter nobody judged."""
    due = judged + silent
    if not judged:
        return None, 1.0 if due else 0.0
    seen = {name: count for name, count in due.items() if judged[name]}
    weight = sum(seen.values())
    rate = sum(count * used[name] / judged[name] for name, count in seen.items()) / weight
    return rate, 1 - weight / due.total()
