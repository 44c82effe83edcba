"""Number plates 车牌 (GA 36-2018), with or without dots and spaces, new-energy plates included."""

import re
from collections.abc import Iterator

from advisor.redaction.model import Span

_ALNUM = "A-Za-zＡ-Ｚａ-ｚ0-9０-９"
_GAP = r"[ \t\u3000·•・‧.．\-－—_]"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    rf"{_GAP}?[A-Za-zＡ-Ｚａ-ｚ](?:{_GAP}{{0,2}}\n?[{_ALNUM}]){{4,5}}"
    rf"(?:{_GAP}?[{_ALNUM}](?![时点月日年:：])|[挂学警港澳])?(?![{_ALNUM}](?![时点月日年:：]))"
)
_NOT_KEY = re.compile(rf"{_GAP}|\n")
_DIGIT = re.compile("[0-9０-９]")
_WIDE = {ord("Ａ") + i: ord("A") + i for i in range(26)}
_WIDE |= {ord("ａ") + i: ord("a") + i for i in range(26)}
_WIDE |= {ord("０") + i: ord("0") + i for i in range(10)}


def find_plates(text: str) -> Iterator[Span]:
    """Plates, with the plate as registered for key."""
    for found in _PLATE.finditer(text):
        key = _NOT_KEY.sub("", found[0]).translate(_WIDE).upper()
        if 7 <= len(key) <= 8 and _DIGIT.search(key):
            yield Span(found.start(), found.end(), "车牌", key)
