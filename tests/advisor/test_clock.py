"""The day is the day in China, whatever the machine's zone."""

from datetime import UTC, date, datetime

from advisor import clock


def test_the_day_turns_at_midnight_in_china():
    assert clock.day_of(datetime(2026, 1, 1, 15, 59, tzinfo=UTC)) == date(2026, 1, 1)
    assert clock.day_of(datetime(2026, 1, 1, 16, 0, tzinfo=UTC)) == date(2026, 1, 2)


def test_now_has_its_zone():
    assert clock.now().tzinfo is UTC
    assert clock.today() == clock.day_of(clock.now())
