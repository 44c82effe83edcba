"""Names with the surnames of both parents 双姓: 谢时天佑, 柯车立夏."""

from advisor.redaction.lexicon import lexicon
from advisor.redaction.surroundings import IS_HAN

_USUAL = 2.5
"""The weight of a surname that may stand before another one."""

_WHOLE = 4
_FIRST = "、：:；;\n"
_BEHIND = frozenset("、；;，,（(\n")


def with_both(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` of a name, or of the name of two surnames that it is part of.

    What was read is the head (谢时, 谢时天) or the tail (车立夏) of such a name.
    """
    words = lexicon()
    second = words.surnames.get(text[start + 1], 0.0) > 0
    stop = start + _WHOLE
    goes_on = all(words.given.get(c, 0.0) >= 1 for c in text[end:stop])
    if second and goes_on and not IS_HAN.match(text[stop : stop + 1]):
        return start, stop
    if end - start < _WHOLE - 1:
        return start, end
    first = words.surnames.get(text[start - 1 : start], 0.0) >= _USUAL
    listed = start == 1 or text[start - 2 : start - 1] in _FIRST
    return (start - 1, end) if first and listed and text[end : end + 1] in _BEHIND else (start, end)
