"""The moment a cell tells: day and time of day as ledgers write them."""

import re
from datetime import datetime, time, timedelta

from corpus.ledger_rows import parse_day

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*[:：时点]\s*(\d{1,2})?(?:\s*[:：分]\s*(\d{1,2})?)?")
_COMPACT = re.compile(r"\d{8}(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(\.\d+)")
_AFTERNOON = re.compile(r"下午|晚上|[Pp][Mm]")
_DAY_SECONDS = 86_400


def parse_moment(text: str) -> datetime | None:
    """Day and time of a cell; midnight where it tells the day only, None where it tells none."""
    day = parse_day(text)
    if day is None:
        return None
    return datetime.combine(day, time.min) + timedelta(seconds=_seconds(text.strip()))


def _seconds(text: str) -> int:
    if serial := _SERIAL.fullmatch(text):
        return min(round(float(serial[1]) * _DAY_SECONDS), _DAY_SECONDS - 1)
    match = _COMPACT.fullmatch(text) or _CLOCK.search(text)
    if match is None:
        return 0
    hour, minute, second = (int(part or 0) for part in match.groups())
    if _AFTERNOON.search(text) and hour < 12:
        hour += 12
    fits = hour < 24 and minute < 60 and second < 60
    return (hour * 60 + minute) * 60 + second if fits else 0
