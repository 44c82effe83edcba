"""Names told by kin words as villagers use them, without a surname: 八组的建明伯, 银花嫂."""

import re
from collections.abc import Iterator

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.name_model import name_model
from advisor.redaction.surroundings import IS_HAN, after, before

_KIN = re.compile(
    "[阿爷奶大姑叔伯婶嫂哥姐](?:(?<=阿)[婆公]|(?<=爷)爷|(?<=奶)奶|(?<=大)[伯叔]|(?<=姑)姑|(?<=[叔伯婶嫂哥姐]))"
)
_GROUP = re.compile("[组村社区队]的$")
_LED = re.compile("[是找问给跟和与可、]$")
_FIRST = frozenset("我你他她它们的老家各这那其每某")
_LAST = frozenset("小大表堂老阿二三四五六七八亲的空")
_GIVEN = 2
_SAMPLE = "陈"
"""A surname put before the given name to ask whether a person is meant there."""

_MEANT, _MEANT_IN_GROUP = 1.0, -2.0


def find_villagers(text: str) -> Iterator[Span]:
    """Given names of two characters that a kin word follows, led by a group, a verb or nothing."""
    for found in _KIN.finditer(text):
        start = found.start() - _GIVEN
        if start >= 0 and _is_given(text, start) and _ends(text, found):
            yield Span(start, found.start(), "姓名", text[start : found.start()])


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether the kin word ends there: the short ones open other words too."""
    return len(found[0]) > 1 or after(text, found.end()) > 0 or text.startswith("讲", found.end())


def _is_given(text: str, start: int) -> bool:
    stop = start + _GIVEN
    given, weights = text[start:stop], lexicon().given
    if given[0] in _FIRST or given[1] in _LAST or not all(map(IS_HAN.match, given)):
        return False
    if given in lexicon().words or given in lexicon().context.roles:
        return False
    if min(weights.get(c, 0.0) for c in given) < 0:
        return False
    edge = start == 0 or not IS_HAN.match(text[start - 1])
    grouped = _GROUP.search(text, max(0, start - _GIVEN), start) is not None
    led = grouped or _LED.search(text, start - 1, start) or before(text, start).announced
    if not edge and not led:
        return False
    least = _MEANT_IN_GROUP if grouped else _MEANT
    return name_model().standing(text, start, stop, _SAMPLE + given) > least
