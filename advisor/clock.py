"""The day it is where the law applies: China has one zone and no summer time."""

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""A fixed offset needs no time-zone database."""


def now() -> datetime:
    """The present moment, in UTC with its zone."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in China now."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in China at a moment."""
    return moment.astimezone(CHINA).date()
