"""The figures of adoption over small sets whose answers can be counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from advisor.adoption.model import Standing
from advisor.adoption.report import DIMENSIONS, Period, report

TODAY = date(2026, 3, 31)
AT = datetime(2026, 3, 1, 4, tzinfo=UTC)


def standing(number: int, verdict: str | None = None, **more) -> Standing:
    given = Standing(f"a{number}", AT, "浙江省", "parking", "llm", department="示例城管局")
    return replace(given, verdict=verdict, judged_by="张三" if verdict else None, **more)


def made(*rows: Standing, since=None, until=None, origin="service"):
    return report(rows, (), Period(since, until, origin), TODAY)


def test_every_advice_is_counted_exactly_once() -> None:
    fresh = datetime(2026, 3, 20, tzinfo=UTC)
    total = made(
        standing(1, "adopted"),
        standing(2, "modified"),
        standing(3, "rejected", reason="not_local"),
        standing(4),
        standing(5, given_at=fresh),
        standing(6, "adopted", given_at=fresh),
    ).total
    assert (total.given, total.judged, total.unanswered, total.waiting) == (6, 4, 1, 1)
    assert (total.adopted, total.modified, total.rejected) == (2, 1, 1)
    assert (total.used.count, total.used.of) == (3, 4)
    assert (total.as_given.count, total.answered.count, total.answered.of) == (2, 4, 5)


@pytest.mark.parametrize(("age", "expected"), [(14, (0, 1)), (15, (1, 0))])
def test_silence_counts_after_fifteen_days(age: int, expected: tuple[int, int]) -> None:
    given = datetime(2026, 3, 31, 4, tzinfo=UTC) - timedelta(days=age)
    total = made(standing(1, given_at=given)).total
    assert (total.unanswered, total.waiting) == expected


def test_the_bounds_count_the_silent_as_all_or_none() -> None:
    rows = [standing(n, "adopted") for n in range(8)]
    rows += [standing(n, "rejected") for n in range(8, 10)]
    rows += [standing(n) for n in range(10, 20)]
    found = made(*rows)
    assert found.total.used.rate == 0.8
    assert (found.at_least, found.at_most) == (0.4, 0.9)


@pytest.mark.parametrize(
    ("used", "rejected", "met"), [(8, 2, None), (980, 20, True), (300, 300, False), (0, 0, None)]
)
def test_the_goal_is_met_only_when_the_interval_says_so(used, rejected, met) -> None:
    rows = [standing(n, "adopted") for n in range(used)]
    rows += [standing(n, "rejected") for n in range(used, used + rejected)]
    assert made(*rows).goal_met is met


def test_every_dimension_adds_up_to_the_whole() -> None:
    rows = [
        standing(
            n,
            (None, "adopted", "modified", "rejected")[n % 4],
            matter=(None, "parking", "dogs")[n % 3],
            model=(None, "m1")[n % 2],
            given_at=AT + timedelta(days=n),
        )
        for n in range(24)
    ]
    found = made(*rows)
    assert set(found.by) == set(DIMENSIONS)
    for tallies in found.by.values():
        assert sum(one.given for one in tallies) == 24
        assert sum(one.used.count for one in tallies) == found.total.used.count
    assert [one.value for one in found.by["matter"]] == ["", "dogs", "parking"]
    assert [one.value for one in found.by["month"]] == ["2026-03"]


def test_a_month_is_that_of_china() -> None:
    late = datetime(2026, 3, 31, 17, tzinfo=UTC)
    (tally,) = made(standing(1, given_at=late)).by["month"]
    assert tally.value == "2026-04"


def test_a_period_holds_its_first_and_its_last_day_and_one_origin() -> None:
    rows = [standing(n, given_at=AT + timedelta(days=n)) for n in range(5)]
    rows.append(standing(9, origin="import"))
    assert made(*rows, since=date(2026, 3, 2), until=date(2026, 3, 4)).total.given == 3
    assert made(*rows).total.given == 5
    assert made(*rows, origin="import").total.given == 1


def test_reasons_sections_and_edits_are_told() -> None:
    found = made(
        standing(1, "rejected", reason="not_local"),
        standing(2, "rejected", reason="not_local"),
        standing(3, "rejected", reason="other"),
        standing(4, "adopted", sections=("plan", "legal_basis")),
        standing(5, "modified", sections=("plan",), edit_distance=0.5),
        standing(6, "modified", edit_distance=0.1),
    )
    assert found.reasons == {"not_local": 2, "other": 1}
    assert list(found.reasons) == ["not_local", "other"]
    assert (found.sections["plan"].count, found.sections["plan"].of) == (2, 2)
    assert (found.sections["precedents"].count, found.sections["precedents"].of) == (0, 2)
    assert (found.edits.n, found.edits.median) == (2, 0.3)


def test_the_course_goes_from_the_answer_to_what_came_of_it() -> None:
    closed = {"cleared": True, "closed_on": date(2026, 3, 13)}
    found = made(
        standing(1, "adopted", **closed, days=12, reopened=False, satisfied=True),
        standing(2, "modified", **closed, days=4, reopened=True),
        standing(3, "adopted", cleared=False),
        standing(4, "adopted"),
        standing(5, "rejected", **closed, days=40, satisfied=False),
        standing(6, **closed, days=7),
    )
    used, rejected, unanswered = found.course
    assert (used.answer, used.given, used.told) == ("used", 4, 3)
    assert (used.cleared.count, used.cleared.of) == (2, 3)
    assert (used.days.n, used.days.median) == (2, 8)
    assert (used.reopened.count, used.reopened.of) == (1, 2)
    assert (used.satisfied.count, used.satisfied.of) == (1, 1)
    assert (rejected.days.median, rejected.satisfied.rate) == (40, 0)
    assert (unanswered.given, unanswered.cleared.count) == (1, 1)


def test_who_kept_silent_is_shown_and_the_rate_weighed_anew() -> None:
    easy = [standing(n, "adopted", matter="easy") for n in range(9)]
    hard = [standing(9, "rejected", matter="hard")]
    silent = [standing(n, matter="hard") for n in range(10, 19)] + [standing(19, matter="new")]
    found = made(*easy, *hard, *silent).selection
    assert (found.answered, found.unanswered) == (10, 10)
    assert found.distance == pytest.approx(0.9)
    assert found.mix[0].matter in {"easy", "hard"}
    # 9 easy of which all were used, 10 hard of which none was; of "new" nobody said anything.
    assert found.reweighted == pytest.approx(9 / 19)
    assert found.unseen == pytest.approx(1 / 20)


def test_nothing_given_is_told_as_nothing() -> None:
    found = made()
    assert found.total.used.rate is None
    assert (found.at_least, found.at_most, found.edits) == (None, None, None)
    assert (found.selection.distance, found.selection.reweighted) == (None, None)
    assert found.review.pairs == 0
    assert found.trials == ()
