"""Surnames that no list may hold, for they are nearly always another word: 过建军, 联系人过妍."""

import re
from collections.abc import Iterator

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.name_model import name_model
from advisor.redaction.surroundings import HAN, IS_HAN, after, before

_NAMED = re.compile(f"过([{HAN}]{{1,2}})")
_LISTS = "、：:；;，,（( \u3000\n我"
_SAMPLE = "陈"
_LIKELY = 1.0
"""How likely a whole name with a usual surname must be in its place."""

_YEARS = frozenset("年节冬江桥路道世度关门夜境海")
"""What one passes or spends, and is called too: 过年, 过江."""


def find_unlisted(text: str) -> Iterator[Span]:
    """Names with such a surname, where a word or a list announces them and the model agrees."""
    if "过" not in text:
        return
    for found in _NAMED.finditer(text):
        start = found.start()
        listed = not start or text[start - 1] in _LISTS
        if not listed and not before(text, start).announced:
            continue
        stop = _end(text, start + 1, found.end())
        if stop > start + 1:
            name = _SAMPLE + text[start + 1 : stop]
            if after(text, stop) > 0 and name_model().standing(text, start, stop, name) > _LIKELY:
                yield Span(start, stop, "姓名", text[start:stop])


def _end(text: str, start: int, stop: int) -> int:
    """Where the given name ends: two characters of names, or one that no character follows."""
    given = lexicon().given
    if text[start] in _YEARS or "过" + text[start] in lexicon().words:
        return start
    if stop - start > 1 and all(given.get(c, -1.0) >= 1 for c in text[start:stop]):
        return stop
    alone = given.get(text[start], -1.0) >= 1 and not IS_HAN.match(text[start + 1 : start + 2])
    return start + 1 if alone else start
