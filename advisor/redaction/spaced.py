"""Names typed with a space between surname and given name, as tables have them: 江　钰."""

import re
from collections.abc import Iterator

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.surroundings import HAN, IS_HAN, before

_SPACED = re.compile(f"[{HAN}][ \u3000]{{1,3}}([{HAN}]{{1,2}})(?![{HAN}])(?!\\s*[：:])")
_CLOSED = re.compile(f"[{HAN}][ \u3000]([{HAN}])(?=[：:]|户|家庭|接任|联系)")
"""One that a word holds in behind it: 朱 丽家庭赡养纠纷; 刘 萌：承包期太长."""

_USUAL, _GIVEN = 2.5, 1.5


def find_spaced(text: str) -> Iterator[Span]:
    """A surname and a given name parted by a space, alone in a cell or behind 本人."""
    found = [span for one in _SPACED.finditer(text) for span in _names(text, one)]
    for one in _CLOSED.finditer(text):
        usual = lexicon().surnames.get(text[one.start()], 0.0) >= _USUAL
        if usual and lexicon().given.get(one[1], 0.0) >= _GIVEN:
            yield from _names(text, one)
    for span in found:
        usual = lexicon().surnames.get(text[span.start], _USUAL) >= _USUAL
        if usual or len(found) > 1 or before(text, span.start).announced:
            yield span


def _names(text: str, one: re.Match[str]) -> Iterator[Span]:
    words = lexicon()
    start, given = one.start(), one[1]
    start -= text[max(0, start - 1) : start + 1] in words.compound
    surname = text[start : one.start() + 1]
    if surname not in words.surnames and surname not in words.compound:
        return
    if surname + given in words.words or surname + given in words.context.titles:
        return
    least = 0.0 if len(given) == 1 else 1.0
    if not all(words.given.get(c, 1.0) >= least for c in given):
        return
    alone = not start or not IS_HAN.match(text[start - 1])
    if alone or before(text, start).announced:
        yield Span(start, one.end(), "姓名", surname + given)
