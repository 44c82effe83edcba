"""What stands before and after a possible name, and how much it speaks for one."""

import re
from functools import cache
from typing import NamedTuple

from advisor.redaction.lexicon import lexicon

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
"""Chinese characters, as a range of a pattern."""

IS_HAN = re.compile(f"[{HAN}]")
_LABEL, _ROLE, _KIN, LEAD, _WEAK_LEAD = 5.0, 3.0, 1.5, 0.7, 0.2
_NO_LEAD, _NO_TRAIL = -0.5, -1.0
PROOF = 3.0
"""What stands behind a name and almost proves it."""

_OPENERS = '：: \u3000是为叫“"（('


class Around(NamedTuple):
    """What stands before a surname: its weight, and whether a word announces a name."""

    score: float
    announced: bool
    labelled: bool


_LEADING = Around(LEAD, announced=False, labelled=False)
_WEAKLY = Around(_WEAK_LEAD, announced=False, labelled=False)
_MIDDLE = Around(_NO_LEAD, announced=False, labelled=False)


@cache
def _cues() -> dict[str, float]:
    context = lexicon().context
    cues = {word: _ROLE if len(word) > 1 else _KIN for word in context.kin}
    return cues | dict.fromkeys(context.roles, _ROLE) | dict.fromkeys(context.labels, _LABEL)


def before(text: str, at: int) -> Around:
    """How much what stands before ``at`` speaks for a name there."""
    if not at:
        return _LEADING
    last = text[at - 1]
    if last in cue_ends():
        announced = _announced(text, at)
        if announced:
            return announced
    if text[max(0, at - 2) : at] in lexicon().context.lead_words:
        return _LEADING
    if last in lexicon().context.leads or not IS_HAN.match(last):
        return _LEADING
    return _WEAKLY if last in lexicon().context.weak_leads else _MIDDLE


def _announced(text: str, at: int) -> Around | None:
    """What a word such as 村民, 儿子 or 姓名： before ``at`` says, when there is one."""
    cues = _cues()
    stop = at
    while stop > 0 and at - stop < 3 and text[stop - 1] in _OPENERS:
        stop -= 1
    for end in {at, stop}:
        for length in _cue_lengths():
            weight = cues.get(text[end - length : end]) if end >= length else None
            if weight is not None and (end == at or weight == _LABEL or length > 1):
                labelled = weight == _LABEL
                return Around(weight, announced=weight > _KIN, labelled=labelled)
    return None


@cache
def cue_ends() -> frozenset[str]:
    """The last characters of words that announce a name, and what may stand after them."""
    return frozenset(_OPENERS) | {cue[-1] for cue in _cues()}


@cache
def _cue_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(cue) for cue in _cues()}, reverse=True))


@cache
def _proofs() -> tuple[str, ...]:
    return lexicon().context.proofs + lexicon().context.titles


@cache
def _proof_heads() -> frozenset[str]:
    return frozenset(word[0] for word in _proofs())


def after(text: str, at: int) -> float:
    """How much what stands at ``at`` speaks for a name that ends there."""
    context = lexicon().context
    nearest = text[at : at + 1]
    if text[at : at + 2] in context.acts:
        return LEAD
    if nearest in _proof_heads() and text.startswith(_proofs(), at):
        return PROOF
    if not nearest or nearest in context.trails or not IS_HAN.match(nearest):
        return LEAD
    return _NO_TRAIL
