"""Planted duplicates: reworded copies shuffled into the real backlog, and how many are found.

What is found among the real messages counts as well: right where both rows belong to one event by
``datasets/backlog_duplicates.jsonl``, which was labelled by reading, and wrong otherwise.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from advisor.batch.grouping import group
from advisor.batch.model import Duplicate
from eval.errors import DatasetInvalid
from eval.groups.material import Message, Preparer
from eval.groups.rewording import Half, reword

LABELS = Path(__file__).parent.parent / "datasets" / "backlog_duplicates.jsonl"
SHARE = 0.1
TODAY = date(2020, 12, 31)


class PlantedReport(BaseModel):
    """Duplicates found in a backlog with planted copies.

    ``claims`` are all duplicates reported, ``right`` those of one event; ``recall`` counts planted
    copies whose event holds their original. ``wrong`` lists wrong claims as pairs of ids.
    """

    model_config = ConfigDict(frozen=True)

    half: Half
    seed: int
    rows: int
    planted: int
    found: int
    recall: float
    claims: int
    right: int
    precision: float
    planted_claims: int
    planted_right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planting:
    """A backlog with copies in it; ``origin`` leads from a row's number to its message's id."""

    messages: tuple[Message, ...]
    origin: tuple[str, ...]
    copies: frozenset[int]


def plant(messages: Sequence[Message], half: Half, seed: int) -> Planting:
    """The messages with a tenth as many reworded copies, shuffled."""
    rng = random.Random(f"{half} {seed}")
    chosen = rng.sample(range(len(messages)), k=round(len(messages) * SHARE))
    rows = [(message, message.ref, False) for message in messages]
    for turn, place in enumerate(chosen):
        copy = reword(messages[place], half, rng)
        rows.append((replace(copy, ref=f"planted-{turn}"), messages[place].ref, True))
    rng.shuffle(rows)
    return Planting(
        messages=tuple(message for message, _, _ in rows),
        origin=tuple(origin for _, origin, _ in rows),
        copies=frozenset(number for number, row in enumerate(rows, start=1) if row[2]),
    )


def read_events(path: Path = LABELS) -> Mapping[str, int]:
    """Which event a message belongs to, by its id; messages of no event are left out.

    Raises:
        DatasetInvalid: a line is no event, or a message belongs to two.
    """
    events: dict[str, int] = {}
    for event, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        refs = json.loads(line).get("refs", ())
        if len(refs) < 2 or any(ref in events for ref in refs):
            raise DatasetInvalid(path, f"第 {event + 1} 行不是单独的一个事件")
        events.update(dict.fromkeys(refs, event))
    return events


def measure_planted(
    messages: Sequence[Message], preparer: Preparer, half: Half, seed: int
) -> PlantedReport:
    """Plant, group, count."""
    planting = plant(messages, half, seed)
    duplicates = group(preparer.inputs(planting.messages), today=TODAY).duplicates
    events = read_events()
    told = [(d, _same(planting, events, d.number, d.of)) for d in duplicates]
    head = {d.number: d.of for d in duplicates}
    original = {m.ref: n for n, m in enumerate(planting.messages, start=1)}
    pairs = [(number, original[planting.origin[number - 1]]) for number in planting.copies]
    missed = [n for n, of in sorted(pairs) if head.get(n, n) != head.get(of, of)]
    found = len(pairs) - len(missed)
    right = sum(same for _, same in told)
    with_copy = [same for d, same in told if {d.number, d.of} & planting.copies]
    return PlantedReport(
        half=half,
        seed=seed,
        rows=len(planting.messages),
        planted=len(pairs),
        found=found,
        recall=round(found / len(pairs), 4),
        claims=len(told),
        right=right,
        precision=round(right / max(1, len(told)), 4),
        planted_claims=len(with_copy),
        planted_right=sum(with_copy),
        wrong=tuple(_refs(planting, d) for d, same in told if not same),
        missed=tuple(planting.origin[n - 1] for n in missed),
    )


def _same(planting: Planting, events: Mapping[str, int], one: int, other: int) -> bool:
    a, b = planting.origin[one - 1], planting.origin[other - 1]
    return a == b or (a in events and events[a] == events.get(b))


def _refs(planting: Planting, duplicate: Duplicate) -> tuple[str, str]:
    return planting.origin[duplicate.number - 1], planting.origin[duplicate.of - 1]
