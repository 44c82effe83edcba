"""Whether two accounts report one event: what they share, and how likely that makes it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from advisor.batch.accounts import Account, Accounts, Ids


@dataclass(frozen=True, slots=True)
class PairSigns:
    """What two accounts share, each measured from 0 to 1 unless told otherwise.

    Attributes:
        likeness: Cosine of the vectors.
        words: Rarity of the words shared, of all words of the shorter account.
        subject: Rarity of the words of the subjects that stand in the other account, the mean.
        place: Rarity of the rarest specific place both name; 0 where they share none.
        conflict: 1 where both begin with specific places of which none is shared; 2.5 where both
            subjects name them: one text told of two places is told of two events.
        matter: 1 the same matter, -1 two different ones, 0 where one is not recognised.
        days: ``log(1 + days between)``; 30 days where a day is unknown.
        caller: 1 the same caller.
        numbers: Longer numbers shared (house, telephone, contract), up to 3.
    """

    likeness: float
    words: float
    subject: float
    place: float
    conflict: float
    matter: float
    days: float
    caller: float
    numbers: float

    def row(self) -> tuple[float, ...]:
        """The signs in the order of the weights."""
        return (
            self.likeness, self.words, self.subject, self.place, self.conflict,
            self.matter, self.days, self.caller, self.numbers,
        )  # fmt: skip


def signs_of(accounts: Accounts, one: int, other: int) -> PairSigns:
    """What the accounts at these two places share."""
    a, b = accounts.all[one], accounts.all[other]
    shared = a.places & b.places
    return PairSigns(
        likeness=float(accounts.vectors[one] @ accounts.vectors[other]),
        words=_words(accounts, one, other),
        subject=(_subject(accounts, one, other) + _subject(accounts, other, one)) / 2,
        place=max((accounts.rarity(key) for key in shared), default=0.0),
        conflict=_conflict(a, b),
        matter=_matter(a, b),
        days=math.log1p(abs(a.day - b.day) if a.day and b.day else 30),
        caller=float(bool(a.caller) and a.caller == b.caller),
        numbers=float(min(3, len(a.numbers & b.numbers))),
    )


def _conflict(a: Account, b: Account) -> float:
    if a.named & b.named or _alike(a.named, b.named):
        return 0.0
    if a.titled and b.titled:
        return _IN_BOTH_SUBJECTS
    return float(bool(a.named and b.named))


def _alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two names are one but for a slip of writing: two of three characters in common."""
    return any(
        len(set(one) & set(other)) * 3 >= 2 * max(len(one), len(other))
        for one in some
        for other in others
    )


def _words(accounts: Accounts, one: int, other: int) -> float:
    least = min(accounts.words_weight[one], accounts.words_weight[other])
    if not least:
        return 0.0
    a, b = accounts.all[one].words, accounts.all[other].words
    some, whole = (a, b) if len(a) <= len(b) else (b, a)
    return _shared(accounts, some, whole) / float(least)


def _subject(accounts: Accounts, one: int, other: int) -> float:
    """The part of the subject of one that stands in the other account."""
    all_of = float(accounts.subject_weight[one])
    some, whole = accounts.all[one].subject, accounts.all[other].words
    return _shared(accounts, some, whole) / all_of if all_of else 0.0


def _shared(accounts: Accounts, some: Ids, whole: Ids) -> float:
    """The weight of those words, ascending like the others, that stand in the whole."""
    if not len(whole):
        return 0.0
    at = np.searchsorted(whole, some)
    at[at == len(whole)] = 0
    return float(accounts.weight[some[whole[at] == some]].sum())


def _matter(a: Account, b: Account) -> float:
    if a.matter is None or b.matter is None:
        return 0.0
    return 1.0 if a.matter == b.matter else -1.0


WEIGHTS = (4.3, 6.0, 6.2, 3.0, -2.4, 1.0, -0.6, 0.0, 0.1)
CONSTANT = -8.4
"""The logistic of the signs: chosen on pairs of the development half, see ADR 0041."""


def one_event(signs: PairSigns) -> float:
    """How likely the pair reports one event, 0 to 1."""
    total = CONSTANT + sum(w * s for w, s in zip(WEIGHTS, signs.row(), strict=True))
    return 1 / (1 + math.exp(-total))


def reasons_of(accounts: Accounts, one: int, other: int, signs: PairSigns) -> tuple[str, ...]:
    """Why the pair is taken for one event, for the official who checks it."""
    a, b = accounts.all[one], accounts.all[other]
    shared = sorted(a.places & b.places, key=lambda key: (accounts.mentions[key], -len(key), key))
    told = [f"文字相近（相似度{signs.likeness:.2f}）"] if signs.likeness >= _ALIKE else []
    if signs.words >= _MANY_WORDS:
        told.append(f"少见的用词有{signs.words:.0%}相同")
    if shared:
        told.append(f"同一地点：{shared[0]}")
    if signs.matter > 0:
        told.append(f"同一事项：{a.matter_name}")
    if signs.caller:
        told.append("同一反映人")
    elif a.caller and b.caller:
        told.append("不同反映人")
    if a.day and b.day:
        told.append("同日反映" if a.day == b.day else f"相隔{abs(a.day - b.day)}天")
    return tuple(told)


_IN_BOTH_SUBJECTS = 2.5
_ALIKE = 0.6
_MANY_WORDS = 0.3
