"""The head of a statute file: its title, its part 编, and the dates of its making."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.errors import NumberError
from corpus.numerals import parse_number

_DIGIT = "0-9０-９〇○零一二三四五六七八九十"
DATE = re.compile(rf"([{_DIGIT}]{{4}})\s*年\s*([{_DIGIT}]{{1,3}})\s*月\s*([{_DIGIT}]{{1,3}})\s*日")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NAME_DATE = re.compile(r"[(（_]?(\d{4})-?(\d{2})-?(\d{2})[)）]?$")
_BEGINS = re.compile(r"\s*(?:起)?\s*(?:正式)?(?:施行|实施|生效|执行)(?!的)")
_AT_ONCE = re.compile(r"(?:公布|发布|通过|批准|印发|颁布)之日起?(?:施行|实施|生效|执行)")
_LATE = timedelta(days=60)  # between the passing of a local rule and its approval
_CJK_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_COURTS = re.compile(r"^(最高人民(?:法院|检察院))[\s、]+(?=最高人民)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text of a rule.

    ``adopted_on`` is the day the rule was first passed, ``version`` the day this wording was passed
    or published, ``begins`` the day the head says it takes effect, ``making`` the lines themselves.
    """

    title: str
    part: str | None = None
    adopted_on: date | None = None
    version: date | None = None
    begins: date | None = None
    making: str = ""


def tidy_title(title: str) -> str:
    """One line without stray spaces; the names of two courts are joined by 、."""
    flat = " ".join(title.strip().strip("#").split())
    return _CJK_GAP.sub("", _COURTS.sub(r"\1、", flat))


def find_dates(text: str) -> tuple[date, ...]:
    """Every calendar date in the text, in order; impossible dates are left out."""
    found = [(m.start(), m.groups()) for m in DATE.finditer(text)]
    found += [(m.start(), m.groups()) for m in _ISO_DATE.finditer(text)]
    dates = (_date(parts) for _, parts in sorted(found))
    return tuple(day for day in dates if day is not None)


def _date(parts: Sequence[str]) -> date | None:
    try:
        year, month, day = (parse_number(part) for part in parts)
        return date(year, month, day)
    except (NumberError, ValueError):
        return None


def name_date(stem: str) -> date | None:
    """The date a file name ends with: 物业管理条例(2018-03-19) or 物业管理条例_20180319."""
    match = _NAME_DATE.search(stem)
    return _date(match.groups()) if match else None


def without_date(stem: str) -> str:
    """The file name without the date it ends with."""
    return _NAME_DATE.sub("", stem).strip() or stem


def read_head(titles: Sequence[str], lines: Sequence[str], stem: str) -> Head:
    """Title, part and dates from the lines above the text and from the file's name.

    A date before 施行 is the beginning; every other date is a step of the making, so the first
    is the adoption and the last, or the file name's, is this version.
    """
    begins: list[date] = []
    made: list[date] = []
    for line in lines:
        for match in DATE.finditer(line):
            day = _date(match.groups())
            if day is None:
                continue
            (begins if _BEGINS.match(line, match.end()) else made).append(day)
    for line in lines:
        if not DATE.search(line):
            made.extend(find_dates(line))
    title = tidy_title(titles[0]) if titles else tidy_title(without_date(stem))
    return Head(
        title=title,
        part=tidy_title(titles[1]) if len(titles) > 1 else None,
        adopted_on=min(made, default=None),
        version=_version(name_date(stem), made),
        begins=max(begins, default=None),
        making="\n".join(lines),
    )


def _version(named: date | None, made: Sequence[date]) -> date | None:
    """The file name's day, unless the head tells of a later making: then the name is old."""
    last = max(made, default=None)
    if named is None or (last is not None and last > named + _LATE):
        return last
    return named


def beginning_in_text(text: str) -> date | None:
    """The day in the closing article 自…起施行; None when it names no day (自公布之日起).

    The first day counts: later ones grant a delay to some, or tell of the rule that ends.
    """
    for match in DATE.finditer(text):
        if _BEGINS.match(text, match.end()):
            return None if _AT_ONCE.search(text, 0, match.start()) else _date(match.groups())
    return None
