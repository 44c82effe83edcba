"""Grouping: duplicates, clusters, hot topics and warnings of a batch, in any order of input."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from advisor.batch.accounts import Account, Accounts, gather
from advisor.batch.clusters import Bundle, find_bundles
from advisor.batch.duplicates import find_events
from advisor.batch.heat import heat_of, people_of
from advisor.batch.model import Cluster, EarlyWarning, GroupInput, Groups, Item
from advisor.batch.spikes import Spike, find_spikes
from advisor.batch.titles import place_of, short_matter, title_of

Members = Mapping[int, Sequence[int]]

_LIKES = ("点赞", "支持数", "附议", "赞同")
_KEPT = 1500


def group_input(item: Item) -> GroupInput:
    """What grouping needs of an item."""
    row = item.row
    return GroupInput(
        number=row.number,
        ref=row.ref,
        subject=row.subject,
        text=row.whole[:_KEPT],
        caller=row.caller,
        received_on=row.received_at.date() if row.received_at else None,
        matter=item.matter.type,
        matter_name=item.matter.name,
        priority=item.triage.priority,
        places=item.places,
        likes=_likes(row.extra),
    )


def _likes(extra: Sequence[tuple[str, str]]) -> int:
    told = (value for name, value in extra if any(word in name for word in _LIKES))
    return sum(max(0, int(float(value))) for value in told if value.replace(".", "", 1).isdigit())


def group(inputs: Iterable[GroupInput], *, today: date) -> Groups:
    """All that belongs together; the same for every order of the input.

    Args:
        inputs: The rows worked on, each number once.
        today: Recency and warnings are told as of the last day of the batch, or of this day.
    """
    accounts = gather(inputs)
    if not accounts.all:
        return Groups()
    events = find_events(accounts)
    as_of = min(today.toordinal(), max((a.day for a in accounts.all if a.day), default=0))
    bundles = find_bundles(accounts, events)
    members = events.members()
    clusters = [_cluster(accounts, bundle, members, as_of) for bundle in bundles]
    warnings = _warnings(accounts, bundles, clusters, members, as_of)
    return Groups(
        duplicates=events.duplicates,
        clusters=tuple(sorted(clusters, key=lambda c: (-c.heat, -len(c.members), c.id))),
        warnings=warnings,
    )


def _rows(accounts: Accounts, heads: Iterable[int], members: Members) -> list[Account]:
    return [accounts.all[place] for head in heads for place in members[head]]


def _cluster(accounts: Accounts, bundle: Bundle, members: Members, as_of: int) -> Cluster:
    rows = _rows(accounts, bundle.heads, members)
    days = [row.day for row in rows if row.day is not None]
    place = place_of(accounts, rows) or bundle.place
    wide = place in {key for row in rows for key in row.areas}
    matter, matter_name = _matter(rows)
    heat = heat_of(rows, as_of)
    return Cluster(
        id=_id(rows),
        title=title_of(place, short_matter(matter_name) if matter and not wide else "", rows),
        matter=matter,
        matter_name=matter_name,
        place=place,
        first_on=date.fromordinal(min(days)) if days else None,
        last_on=date.fromordinal(max(days)) if days else None,
        members=tuple(sorted(row.number for row in rows)),
        events=len(bundle.heads),
        people=people_of(rows),
        heat=heat.value,
        heat_reasons=heat.reasons,
    )


def _id(rows: Sequence[Account]) -> str:
    marks = "\n".join(sorted(row.mark for row in rows))
    return f"k{hashlib.blake2b(marks.encode(), digest_size=8).hexdigest()}"


def _matter(rows: Sequence[Account]) -> tuple[str | None, str]:
    """The matter most rows have, if a third of all have it."""
    told = Counter((row.matter, row.matter_name) for row in rows if row.matter)
    ranked = sorted(told.items(), key=lambda pair: (-pair[1], pair[0][0]))
    if not ranked or ranked[0][1] * 3 < len(rows):
        return None, rows[0].matter_name
    return ranked[0][0]


def _warnings(
    accounts: Accounts,
    bundles: Sequence[Bundle],
    clusters: Sequence[Cluster],
    members: Members,
    as_of: int,
) -> tuple[EarlyWarning, ...]:
    kinds = [_first_reports(_rows(accounts, bundle.series, members)) for bundle in bundles]
    all_days = Counter(row.day for row in accounts.all if row.day is not None)
    told: dict[tuple[int, ...], EarlyWarning] = {}
    for spike in find_spikes(kinds, all_days, as_of):
        cluster, series = clusters[spike.kind], bundles[spike.kind].series
        if cluster.last_on and as_of - cluster.last_on.toordinal() < spike.window:
            told.setdefault(series, _warning(cluster, spike))
    return tuple(told.values())


def _first_reports(rows: Sequence[Account]) -> tuple[int, ...]:
    """The day on which each person first reported the kind."""
    first: dict[str, int] = {}
    for row in rows:
        if row.day is not None:
            person = row.caller or row.mark
            first[person] = min(row.day, first.get(person, row.day))
    return tuple(sorted(first.values()))


def _warning(cluster: Cluster, spike: Spike) -> EarlyWarning:
    return EarlyWarning(
        cluster=cluster.id,
        title=cluster.title,
        window_days=spike.window,
        count=spike.count,
        usual=round(spike.usual, 1),
        reason=f"最近{spike.window}天有{spike.count}人反映，按以往频度应为{spike.usual:.1f}人；"
        f"仅因偶然达到这一数量的可能性约为{_odds(spike.chance)}",
    )


def _odds(chance: float) -> str:
    return f"万分之{chance * 10_000:.1f}" if chance >= 1e-5 else "十万分之一以下"
