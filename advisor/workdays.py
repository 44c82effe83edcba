"""China's working days: weekends, public holidays and the working days moved to make up for them.

The State Council announces holidays year by year, usually in November
(国务院办公厅关于部分节假日安排的通知); they are read from the kept library
``chinesecalendar``. Beyond the announced years only weekends are known, and whoever asks is told
by :func:`announced`.
"""

from datetime import date, timedelta

import chinese_calendar

from corpus.model import Festival

_ONE_DAY = timedelta(days=1)
_NATIONAL_DAY = (10, 1)
_SPRING_FESTIVALS = (
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
    date(2031, 1, 23),
    date(2032, 2, 11),
    date(2033, 1, 31),
    date(2034, 2, 19),
    date(2035, 2, 8),
)
"""First day of the first lunar month; known for centuries ahead, unlike the days off around it."""


def announced(day: date) -> bool:
    """Whether the holidays of that day's year are known."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """Whether offices work on that day; of a year not announced, whether it is no weekend."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


def after_working_days(start: date, days: int) -> date:
    """The last day of a limit of so many working days; the day it starts on does not count."""
    day = start
    for _ in range(days):
        day = next_working_day(day + _ONE_DAY)
    return day


def next_working_day(day: date) -> date:
    """The day itself where it is worked on, else the first one after it that is."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def days_until(festival: Festival, day: date) -> int | None:
    """Days from a day to the next such festival; 0 on it, None where its date is not known."""
    if festival == "国庆节":
        this_year = date(day.year, *_NATIONAL_DAY)
        coming = this_year if day <= this_year else date(day.year + 1, *_NATIONAL_DAY)
        return (coming - day).days
    if day.year < _SPRING_FESTIVALS[0].year:
        return None
    return min(((one - day).days for one in _SPRING_FESTIVALS if one >= day), default=None)
