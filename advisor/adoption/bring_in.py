"""Bringing in the past: rows of a table become standings and entries, once however often read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor import clock
from advisor.adoption.fold import after
from advisor.adoption.model import AdoptionEntry, Feedback, Outcome, Standing
from advisor.adoption.ports import AdoptionLog
from advisor.adoption.sheet import PastRow
from advisor.model import Value

_NOBODY = "导入"


class PastSkipped(Value):
    """A row nothing was made of, and why, in Chinese."""

    place: str
    reason: str


class BroughtIn(Value):
    """What one import did; ``rows`` = ``added`` + ``changed`` + ``unchanged`` + skipped."""

    rows: int
    added: int
    changed: int
    unchanged: int
    skipped: tuple[PastSkipped, ...]


@dataclass(slots=True)
class _Account:
    """Where each advice will stand, and what has to be stored for it."""

    known: dict[str, Standing]
    begun: list[Standing]
    entries: list[AdoptionEntry]
    skipped: list[PastSkipped]
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def bring_in(
    log: AdoptionLog, rows: Sequence[PastRow], matters: Mapping[str, str], place: str
) -> BroughtIn:
    """Store what the rows tell, all or nothing; a row told before changes nothing.

    A row with the number of an advice of this service speaks of that advice; every other is a
    recommendation of the past, counted apart.

    Args:
        log: Where it is kept.
        rows: As read from the table.
        matters: Kinds of matter by the name people use.
        place: The region of rows that name none.

    Raises:
        StoreUnavailable: Nothing was stored.
    """
    account = _Account({one.advice_id: one for one in log.standings()}, [], [], [])
    for row in rows:
        _take(account, row, matters, place)
    log.append(*account.entries, begun=account.begun)
    return BroughtIn(
        rows=len(rows),
        added=account.added,
        changed=account.changed,
        unchanged=account.unchanged,
        skipped=tuple(account.skipped),
    )


def _take(account: _Account, row: PastRow, matters: Mapping[str, str], place: str) -> None:
    own = account.known.get(row.advice_id)
    reason = row.fault or _unfit(row, own)
    if reason:
        account.skipped.append(PastSkipped(place=row.place, reason=reason))
        return
    before = own or account.known.get(row.key)
    advice_id = before.advice_id if before else row.key
    standing = before or _begin(account, row, matters, place)
    said = _said(row, standing)
    entries = [
        AdoptionEntry(advice_id, one) for one in said if _says_more(standing, one, advice_id)
    ]
    for entry in entries:
        standing = after(standing, entry)
    account.known[advice_id] = standing
    account.entries += entries
    if before is None:
        account.added += 1
    elif entries:
        account.changed += 1
    else:
        account.unchanged += 1


def _unfit(row: PastRow, own: Standing | None) -> str:
    if own is None:
        return "" if row.given_at else "没有日期，建议编号也不是本服务的"
    early = row.closed_on is not None and row.closed_on < clock.day_of(own.given_at)
    return "办结日期早于给出建议的日期" if early else ""


def _begin(account: _Account, row: PastRow, matters: Mapping[str, str], place: str) -> Standing:
    standing = Standing(
        advice_id=row.key,
        given_at=row.given_at or clock.now(),
        region=row.region or place,
        matter=matters.get(row.matter, row.matter) or None,
        mode="unknown",
        department=row.department,
        origin="import",
    )
    account.begun.append(standing)
    return standing


def _said(row: PastRow, standing: Standing) -> tuple[Feedback | Outcome, ...]:
    by = row.by or _NOBODY
    said: list[Feedback | Outcome] = []
    if row.verdict is not None:
        said.append(Feedback(by=by, verdict=row.verdict, reason=row.reason))
    if row.cleared is not None or row.satisfied is not None:
        given_on = clock.day_of(standing.given_at)
        days = (row.closed_on - given_on).days if row.closed_on else None
        said.append(
            Outcome(
                by=by,
                cleared=bool(row.cleared),
                closed_on=row.closed_on,
                days=days,
                reopened=row.reopened if row.cleared else None,
                satisfied=row.satisfied,
            )
        )
    return tuple(said)


def _says_more(standing: Standing, said: Feedback | Outcome, advice_id: str) -> bool:
    """Whether it changes the standing, the moment of it aside."""
    if isinstance(said, Feedback):
        same = (standing.verdict, standing.reason, standing.judged_by)
        return same != (said.verdict, said.reason, said.by)
    return after(standing, AdoptionEntry(advice_id, said)) != standing
