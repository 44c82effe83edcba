"""Digits as people write them: half- and full-width, Chinese, with gaps, over a line's end."""

import re
from itertools import pairwise
from typing import NamedTuple

ARABIC = "0-9０-９"
CHINESE = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
GAP = r"[ \r\n\u3000\xa0\u200b\-－–—‐―−.．·)）]"
"""What may stand between two digits of one number; a tab parts the fields of a row."""

CROSS = "XxＸｘ×Х"
"""The check character of an ID number, and what is typed for it."""

_TABLE = str.maketrans(
    "０１２３４５６７８９零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖xＸｘ×Х",
    "0123456789" + "000123456789" + "1" + "123456789" + "XXXXX",
)
_GAPS = re.compile(GAP)


class DigitRun(NamedTuple):
    """Digits of one run and where each stands.

    ``starts[i]`` says whether a group begins at digit ``i``; ``starts[len(digits)]`` is true.
    """

    digits: str
    places: tuple[int, ...]
    starts: tuple[bool, ...]

    def end(self, stop: int) -> int:
        """Where in the text the digits before ``stop`` end."""
        return self.places[stop - 1] + 1


def plain(text: str) -> str:
    """The digits in half-width, without gaps; the check character as ``X``."""
    return _GAPS.sub("", text).translate(_TABLE)


def digit_run(text: str, start: int, end: int) -> DigitRun:
    """The digits of ``text[start:end]``, which holds digits and gaps only."""
    piece = text[start:end].translate(_TABLE)
    if piece.isdecimal():
        inside = (False,) * (len(piece) - 1)
        return DigitRun(piece, tuple(range(start, end)), (True, *inside, True))
    places = tuple(start + i for i, c in enumerate(piece) if c.isdigit() or c == "X")
    digits = "".join(piece[p - start] for p in places)
    joins = [a + 1 != b for a, b in pairwise(places)]
    return DigitRun(digits, places, (True, *joins, True))
