"""Two versions on live traffic: a fixed lot, and a rule that seldom cries wolf."""

import random
from datetime import UTC, datetime

import pytest

from advisor.adoption.model import AdoptionEntry, Feedback, Outcome, Standing
from advisor.adoption.trial import ALPHA, MOST_PAIRS, arm_of, e_value, mark, trials

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_same_key_always_gets_the_same_arm() -> None:
    assert {arm_of("t1", "ledger\0A-17") for _ in range(5)} == {"A"}
    arms = [arm_of("t1", str(n)) for n in range(10_000)]
    assert 4800 < arms.count("B") < 5200
    assert arms != [arm_of("t2", str(n)) for n in range(10_000)]
    assert {arm_of("t1", str(n), 0.0) for n in range(100)} == {"A"}
    assert {arm_of("t1", str(n), 1.0) for n in range(100)} == {"B"}
    small = [arm_of("t1", str(n), 0.1) for n in range(10_000)]
    assert 850 < small.count("B") < 1150


def test_one_factor_by_hand() -> None:
    # The first pair changes nothing: both rates begin alike. Then a = 2/3, b = 1/3, mean 1/2.
    assert e_value([(True, False)]) == 1
    assert e_value([(True, False), (True, False)]) == pytest.approx((4 / 3) * (4 / 3))
    assert e_value([(True, False), (False, True)]) == 1  # the most so far, not the last


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.8])
def test_false_alarms_stay_below_alpha_however_often_one_looks(rate: float) -> None:
    lot = random.Random(f"{rate}")
    runs = 600
    alarms = sum(
        e_value((lot.random() < rate, lot.random() < rate) for _ in range(MOST_PAIRS)) >= 1 / ALPHA
        for _ in range(runs)
    )
    # Four standard errors above α would still be α: the bound is seldom reached.
    assert alarms / runs <= ALPHA


def test_a_plain_difference_is_told() -> None:
    lot = random.Random(7)
    told = sum(
        e_value((lot.random() < 0.6, lot.random() < 0.8) for _ in range(400)) >= 1 / ALPHA
        for _ in range(200)
    )
    assert told / 200 > 0.8


def rows(*arms: str) -> list[Standing]:
    return [
        Standing(f"a{n}", AT, "浙江省", None, "llm", trial=mark("t1", arm) if arm else None)
        for n, arm in enumerate(arms)
    ]


def said(number: int, verdict: str | None) -> AdoptionEntry:
    return AdoptionEntry(f"a{number}", Feedback(by="张三", verdict=verdict), AT)


def test_only_the_first_verdict_on_an_advice_of_the_trial_counts() -> None:
    trail = [
        said(0, None),
        said(0, "adopted"),
        said(0, "rejected"),
        AdoptionEntry("a0", Outcome(by="张三", cleared=False), AT),
        said(1, "rejected"),
        said(2, "rejected"),
        said(9, "adopted"),
    ]
    (state,) = trials(rows("A", "B", ""), trail)
    assert (state.name, state.pairs, state.decision) == ("t1", 1, "go_on")
    assert (state.a.count, state.a.of, state.b.count, state.b.of) == (1, 1, 0, 1)


def test_a_trial_ends_with_a_difference_or_with_none_shown() -> None:
    apart = rows(*("AB" * 200))
    (state,) = trials(apart, [said(n, "adopted" if n % 2 else "rejected") for n in range(400)])
    assert state.decision == "differ"
    alike = rows(*("AB" * MOST_PAIRS))
    trail = [said(n, "adopted" if n % 4 < 2 else "rejected") for n in range(2 * MOST_PAIRS)]
    (state,) = trials(alike, trail)
    assert (state.pairs, state.decision) == (MOST_PAIRS, "no_difference_shown")


def test_without_a_trial_there_is_nothing_to_tell() -> None:
    assert trials(rows("", ""), [said(0, "adopted")]) == ()
