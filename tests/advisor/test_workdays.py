"""Working days as announced: holidays, days moved to make up for them, years not yet known."""

from datetime import date

import pytest

from advisor.workdays import (
    after_working_days,
    announced,
    days_until,
    is_working_day,
    next_working_day,
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 4), True),  # Sunday moved before Spring Festival 2024
        (date(2024, 2, 16), False),  # Friday of that week off
        (date(2025, 1, 26), True),
        (date(2025, 10, 8), False),
        (date(2025, 9, 28), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 20), True),
        (date(2026, 11, 22), False),
    ],
)
def test_days_are_worked_on_as_announced(day, worked):
    assert is_working_day(day) is worked


def test_a_limit_in_working_days_passes_over_the_holiday():
    # 13 and 14 February 2026 are worked on, then nine days off: the fifth is 26 February.
    assert after_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)


def test_the_day_a_limit_starts_on_does_not_count():
    assert after_working_days(date(2026, 11, 16), 1) == date(2026, 11, 17)


def test_a_last_day_off_moves_to_the_next_worked_on():
    assert next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert next_working_day(date(2026, 9, 20)) == date(2026, 9, 20)  # a Sunday worked on


def test_a_year_not_announced_knows_weekends_only_and_says_so():
    assert announced(date(2026, 12, 31))
    assert not announced(date(2031, 1, 1))
    assert is_working_day(date(2031, 1, 1))
    assert not is_working_day(date(2031, 1, 4))


@pytest.mark.parametrize(
    ("festival", "day", "ahead"),
    [
        ("春节", date(2027, 1, 27), 10),
        ("春节", date(2027, 2, 6), 0),
        ("春节", date(2027, 2, 7), 353),
        ("国庆节", date(2026, 9, 30), 1),
        ("国庆节", date(2026, 10, 2), 364),
        ("春节", date(2040, 1, 1), None),
        ("春节", date(1990, 1, 1), None),
    ],
)
def test_days_until_a_festival(festival, day, ahead):
    assert days_until(festival, day) == ahead
