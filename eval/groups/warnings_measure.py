"""Early warnings: how often chance alone gives one, and how many planted spikes are told."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from advisor.batch.grouping import group
from advisor.batch.model import Cluster, GroupInput, Groups
from eval.groups.material import Message, Preparer
from eval.groups.rewording import reword

TODAY = date(2020, 12, 31)
SHUFFLES = 5
SPIKES = 8
REPORTS = 6
"""So many people report a planted kind in the last week."""


class WarningsReport(BaseModel):
    """False alarms over shuffles of the dates; planted spikes told, and others told beside them."""

    model_config = ConfigDict(frozen=True)

    shuffles: int
    false_alarms: int
    planted: int
    detected: int
    beside: int


def measure_warnings(messages: Sequence[Message], preparer: Preparer) -> WarningsReport:
    """Shuffle the dates among the messages; then plant spikes of kinds that have a past."""
    rng = random.Random("warnings")
    inputs = preparer.inputs(messages)
    false_alarms = sum(len(_shuffled(inputs, rng).warnings) for _ in range(SHUFFLES))
    kinds = _with_a_past(group(inputs, today=TODAY).clusters)
    chosen = rng.sample(kinds, k=min(SPIKES, len(kinds)))
    planted = [copy for kind in chosen for copy in _spike(messages, kind, rng)]
    told_anew = preparer.inputs(planted)
    moved = [r.model_copy(update={"number": r.number + len(inputs)}) for r in told_anew]
    groups = group([*inputs, *moved], today=TODAY)
    told = {warning.cluster for warning in groups.warnings}
    homes = [c for c in groups.clusters if c.id in told]
    first = len(messages)
    detected = sum(
        any(len(_planted_of(home, first, turn)) * 2 >= REPORTS for home in homes)
        for turn in range(len(chosen))
    )
    return WarningsReport(
        shuffles=SHUFFLES,
        false_alarms=false_alarms,
        planted=len(chosen),
        detected=detected,
        beside=sum(max(home.members) <= first for home in homes),
    )


def _shuffled(inputs: Sequence[GroupInput], rng: random.Random) -> Groups:
    days = [row.received_on for row in inputs]
    rng.shuffle(days)
    rows = zip(inputs, days, strict=True)
    return group((r.model_copy(update={"received_on": day}) for r, day in rows), today=TODAY)


def _with_a_past(clusters: Sequence[Cluster]) -> list[Cluster]:
    return sorted((c for c in clusters if c.people >= 2 and c.place), key=lambda c: c.id)


def _spike(messages: Sequence[Message], kind: Cluster, rng: random.Random) -> list[Message]:
    last = max(message.day for message in messages)
    copies = [
        reword(messages[rng.choice(kind.members) - 1], "development", rng) for _ in range(REPORTS)
    ]
    return [
        replace(c, ref=f"{kind.id}-{n}", day=last - timedelta(days=rng.randrange(7)))
        for n, c in enumerate(copies)
    ]


def _planted_of(home: Cluster, first: int, turn: int) -> list[int]:
    begin = first + turn * REPORTS
    return [number for number in home.members if begin < number <= begin + REPORTS]
