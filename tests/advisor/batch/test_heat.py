"""Heat: more people, later, growing, graver is hotter; the reasons tell the parts."""

from dataclasses import replace

import numpy as np

from advisor.batch.accounts import Account
from advisor.batch.heat import heat_of, people_of

TODAY = 1000
NO_WORDS = np.zeros(0, dtype=np.int32)
ROW = Account(
    number=1, mark="m", title="", caller="甲", matter=None, matter_name="", priority=40, likes=0,
    day=TODAY - 10, words=NO_WORDS, subject=NO_WORDS, places=frozenset(), named=frozenset(),
    titled=False, areas=(), numbers=frozenset(),
)  # fmt: skip


def rows(count: int, **changes: int) -> list[Account]:
    return [replace(ROW, number=n, caller=f"人{n}", **changes) for n in range(count)]


def test_people_are_counted_once_and_rows_without_a_caller_each() -> None:
    assert people_of([ROW, ROW, replace(ROW, caller=""), replace(ROW, caller="")]) == 3


def test_each_part_makes_it_hotter() -> None:
    base = heat_of(rows(3), TODAY).value
    assert heat_of(rows(6), TODAY).value > base
    assert heat_of(rows(3, likes=30), TODAY).value > base
    assert heat_of(rows(3, priority=90), TODAY).value > base
    assert heat_of(rows(3, day=TODAY - 200), TODAY).value < base


def test_heat_stays_within_a_hundred() -> None:
    hottest = heat_of(rows(500, likes=1000, priority=100, day=TODAY), TODAY)
    assert 95 <= hottest.value <= 100


def test_reasons_name_the_people_and_come_strongest_first() -> None:
    reasons = heat_of(rows(8, priority=60), TODAY).reasons
    assert "8名反映人" in reasons[0]
    points = [int(reason.rpartition("+")[2].rstrip("）")) for reason in reasons]
    assert points == sorted(points, reverse=True)


def test_rows_without_a_day_have_a_heat_without_days() -> None:
    undated = [replace(ROW, day=None)]
    assert not any("天" in reason for reason in heat_of(undated, TODAY).reasons)
