"""Heat 热度 of a cluster, 0 to 100: people affected, recency, growth, severity; each part is told.

``heat = 40 people + 20 recency + 20 growth + 20 severity``, every part from 0 to 1:

- people: ``log(1 + callers + sqrt(likes)) / log(51)``, so that fifty people are the most;
- recency: one half for every 30 days since the last report;
- growth: reports of the last 30 days against the mean of 30 days before, smoothed by one report,
  0 at no growth and 1 at fourfold;
- severity: the highest priority of a member, in hundredths.

Days are counted back from the last day of the batch, or from today where that is earlier.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.batch.accounts import Account

MONTH = 30
_MOST_PEOPLE = 50
_MOST_GROWTH = 4.0


@dataclass(frozen=True, slots=True)
class Heat:
    """How hot a cluster is, and why, the strongest part first."""

    value: float
    reasons: tuple[str, ...]


def people_of(members: Sequence[Account]) -> int:
    """Distinct callers; a row without a caller counts as one more person."""
    named = {member.caller for member in members if member.caller}
    return len(named) + sum(not member.caller for member in members)


def heat_of(members: Sequence[Account], as_of: int) -> Heat:
    """The heat of these members on a day given as an ordinal."""
    people, likes = people_of(members), sum(member.likes for member in members)
    days = [as_of - member.day for member in members if member.day is not None]
    last = min(days, default=None)
    recent, usual = _months(days)
    severity = max(member.priority for member in members)
    parts = (
        (
            40 * min(1.0, math.log1p(people + math.sqrt(likes)) / math.log1p(_MOST_PEOPLE)),
            _of_people(people, likes),
        ),
        (20 * _recency(last), f"最近一次反映在{last}天前" if last else "截止日当天仍有反映"),
        (20 * _growth(recent, usual), f"近30天{recent}件，此前平均每30天{usual:.1f}件"),
        (20 * severity / 100, f"最高优先级{severity}分"),
    )
    told = [
        (value, why) for value, why in parts if value >= 1 and (last is not None or "天" not in why)
    ]
    value = round(sum(value for value, _ in parts), 1)
    return Heat(value, tuple(f"{why}（+{value:.0f}）" for value, why in sorted(told, reverse=True)))


def _of_people(people: int, likes: int) -> str:
    return f"涉及{people}名反映人" + (f"，另有{likes}次点赞" if likes else "")


def _recency(last: int | None) -> float:
    return 0.0 if last is None else float(0.5 ** (max(last, 0) / MONTH))


def _months(days: Sequence[int]) -> tuple[int, float]:
    """Reports of the last 30 days, and the mean of 30 days before them."""
    recent = sum(0 <= day < MONTH for day in days)
    before = [day for day in days if day >= MONTH]
    spans = max(1.0, (max(before) - MONTH + 1) / MONTH) if before else 1.0
    return recent, len(before) / spans


def _growth(recent: int, usual: float) -> float:
    ratio = (recent + 1) / (usual + 1)
    return min(1.0, max(0.0, math.log(ratio) / math.log(_MOST_GROWTH)))
