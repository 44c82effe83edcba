"""How a case is compared with an answer: words only, so that the same answer scores the same.

The text is what the answer says itself, part by part. Its articles are written into a part as
《law》第N条; the complaint that an answer carries along is left out.
"""

import re
from collections.abc import Mapping

from eval.cases_set import AnswerPart, KeyPoint, Trap

_NOT = re.compile(r"不|勿|别|无需|无须|未|没有|禁止|避免|防止|拒绝|切忌|并非|停止")
_CLAUSE = re.compile(r"[，。；！？、：\n]")
_REACH = 10


def shows(point: KeyPoint, answer: Mapping[AnswerPart, str]) -> bool:
    """Whether the part holds all words of one of the groups."""
    told = answer.get(point.part, "")
    return any(all(word in told for word in group) for group in point.any_of)


def springs(
    trap: Trap, answer: Mapping[AnswerPart, str], *, own: Mapping[AnswerPart, str] | None = None
) -> bool:
    """Whether the answer walks into the trap.

    A forbidden claim counts where it is made, not where it is denied: within the clause, the
    ``_REACH`` characters before it hold no word of denial.

    Args:
        trap: what the complaint invites to do wrong.
        answer: each part as it is shown.
        own: each part without what it repeats of the complaint, where a required word must stand;
            the parts as shown where it is not given.
    """
    whole = "\n".join(answer.values())
    said = "\n".join((own if own is not None else answer).values())
    if trap.required and not any(word in said for word in trap.required):
        return True
    looked = "\n".join(answer.get(part, "") for part in trap.within) if trap.within else whole
    return any(claims(looked, phrase) for phrase in trap.forbidden)


def claims(answer: str, phrase: str) -> bool:
    """Whether a phrase stands somewhere in the answer without a denial before it."""
    starts = (found.start() for found in re.finditer(re.escape(phrase), answer))
    return any(not _denied(answer[:start]) for start in starts)


def _denied(before: str) -> bool:
    clause = _CLAUSE.split(before)[-1]
    return _NOT.search(clause[-_REACH:]) is not None
