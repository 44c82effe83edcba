"""Script 字形: traditional characters 繁体字 read as simplified ones, place for place."""

import re
from functools import cache

from opencc import OpenCC

_FIRST, _LAST = 0x4E00, 0x9FFF


@cache
def _table() -> dict[int, str]:
    """The simplified form of each traditional character, by its code point.

    Each stands on a line of its own, so that none is converted as part of a word.
    """
    every = [chr(code) for code in range(_FIRST, _LAST + 1)]
    simple = OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = zip(every, simple, strict=True)
    return {ord(old): new for old, new in pairs if old != new and len(new) == 1}


@cache
def _any() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, _table())) + "]")


def simplified(text: str) -> str:
    """The text with its traditional characters replaced by simplified ones, as long as before.

    Names are looked for in it; what is masked are the characters of the text itself.
    """
    return text.translate(_table()) if _any().search(text) else text
