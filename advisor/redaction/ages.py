"""Ages 年龄 of minors who are named in the same sentence."""

import re
from collections.abc import Iterator, Sequence

from advisor.redaction.model import Span

_NUMBER = r"(?:1[0-7]|[0-9]|１[０-７]|[０-９]|十[一二三四五六七]?|[一二两三四五六七八九])"
_AGE = re.compile(
    rf"(?<![0-9０-９.])(?:(?<![一二三四五六七八九十百])|(?=[0-9０-９]))(?:{_NUMBER}\s?(?:个半?)?(?:周岁|岁半?|虚岁|月大)"
    r"|1[0-7]周岁|(?:[0-9]|1\d|2[0-3]|[一二两三四五六七八九十]{1,3})个多?月大?(?=的?(?:女婴|男婴|婴儿|宝宝)))"
)
_INFANT = re.compile("[女男]婴|婴儿|宝宝")
_SENTENCE_END = re.compile(r"[。！？!?\n；;]")
_REACH = 24
_FIELD = re.compile(r"年\s?龄[：:是为]?[ \u3000]?$")
"""A form's field: whose name stands some fields before."""

_CHILD = re.compile(
    r"(?:女儿|儿子|孙子|孙女|外孙|外孙女|外甥|外甥女|侄子|侄女|孩子|小孩|女孩|男孩|弟弟|妹妹|[大小]的)"
    r"(?:今年|现年|现在|才|只有|刚满|刚|还|未满|不满|满|不到|[，,（(：: ]){0,3}$"
)
_FAMILY_REACH = 100
"""Characters between a name and the age of a child of that family, over the ends of sentences."""

_LONGEST_CHILD = 10


def find_ages(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """Ages under 18 within a few words of a name, in its sentence.

    Args:
        text: the text.
        names: the names found in it.
    """
    if "岁" not in text and "月大" not in text and not ("月" in text and _INFANT.search(text)):
        return
    for found in _AGE.finditer(text):
        start, end = found.span()
        low = max(0, start - _LONGEST_CHILD)
        child = (_CHILD.search(text, low, start) or _FIELD.search(text, low, start)) is not None
        if any(_beside(text, start, end, name, child=child) for name in names):
            yield Span(found.start(), found.end(), "年龄", found[0])


def _beside(text: str, start: int, end: int, name: Span, *, child: bool) -> bool:
    """Whether the name is in the age's sentence, or not far before a child without a name."""
    low, high = (name.end, start) if name.end <= start else (end, name.start)
    if child and name.end <= start:
        return high - low <= _FAMILY_REACH
    return 0 <= high - low <= _REACH and not _SENTENCE_END.search(text, low, high)
