"""Blind second opinions: who is asked about what, and how far two judges agree."""

from datetime import UTC, datetime

import pytest

from advisor.adoption.agreement import agreement, sample
from advisor.adoption.model import AdoptionEntry, Review, Standing

AT = datetime(2026, 3, 1, tzinfo=UTC)


def standing(number: int, verdict: str | None = "adopted", by: str | None = "张三", **more):
    return Standing(f"a{number}", AT, "浙江省", None, "llm", verdict=verdict, judged_by=by, **more)


def test_nobody_reviews_what_he_judged_or_what_nobody_did() -> None:
    own = [standing(n, by="王五") for n in range(20)]
    others = [standing(n) for n in range(20, 40)]
    silent = [standing(n, verdict=None, by=None) for n in range(40, 60)]
    past = [standing(n, origin="import") for n in range(60, 80)]
    drawn = sample([*own, *others, *silent, *past], size=100, seed="s", reviewer="王五")
    assert set(drawn) == {one.advice_id for one in others}


def test_the_lot_is_the_same_for_a_seed_whatever_the_order() -> None:
    rows = [standing(n) for n in range(200)]
    drawn = sample(rows, size=30, seed="2026-03", reviewer="王五")
    assert len(set(drawn)) == 30
    assert sample(rows[::-1], size=30, seed="2026-03", reviewer="王五") == drawn
    assert sample(rows, size=30, seed="2026-04", reviewer="王五") != drawn


def reviewed(pairs: list[tuple[str, str]], by: str = "王五"):
    rows = [standing(n, first) for n, (first, _) in enumerate(pairs)]
    trail = [
        AdoptionEntry(f"a{n}", Review(by=by, verdict=second), AT, n + 1)
        for n, (_, second) in enumerate(pairs)
    ]
    return rows, trail


def test_kappa_is_that_of_the_textbook() -> None:
    # Two judges, 50 grants (Wikipedia "Cohen's kappa", 20/5/10/15): observed 0.7, by chance 0.5.
    yes, no = "adopted", "rejected"
    pairs = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    found = agreement(*reviewed(pairs))
    assert (found.pairs, found.agreed) == (50, 35)
    assert found.kappa == pytest.approx(0.4)
    assert found.used == pytest.approx(0.4)
    assert found.low < 0.4 < found.high


def test_modified_against_adopted_disagrees_on_three_answers_not_on_two() -> None:
    pairs = [("adopted", "modified")] * 5 + [("rejected", "rejected")] * 5
    found = agreement(*reviewed(pairs))
    assert found.agreed == 5
    assert found.kappa < 1
    assert found.used == 1


def test_a_kappa_that_means_nothing_is_not_told() -> None:
    assert agreement(*reviewed([("adopted", "adopted")] * 9)).kappa is None
    assert agreement([], []).kappa is None


def test_a_judge_who_reviews_himself_is_left_out_and_the_last_review_counts() -> None:
    rows, trail = reviewed([("adopted", "rejected")], by="张三")
    assert agreement(rows, trail).pairs == 0
    rows, trail = reviewed([("adopted", "rejected")])
    trail.append(AdoptionEntry("a0", Review(by="王五", verdict="adopted"), AT, 9))
    assert agreement(rows, trail).agreed == 1
