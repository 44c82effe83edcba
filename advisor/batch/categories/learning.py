"""Categories learnt from rows that have one: a model that lives no longer than its process."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from advisor.batch.categories.likeness import Likeness, Senses
from advisor.batch.categories.ridge import Ridge, Told, fit
from advisor.batch.categories.scheme import Scheme, SchemeWords
from advisor.batch.categories.telling import Telling
from advisor.errors import RefusedInput

FEWEST = 5
"""A category of fewer rows is not learnt: what five rows have in common is chance enough."""
SURE_ENOUGH = 0.5
"""Below, another category is likelier than this one; the row stays open."""
ALIKE_ENOUGH = 0.28
"""Below, a row is too unlike all that was learnt. Where a category was withheld from learning, 0.43
of its messages then still get another one, instead of 0.66; of the others 0.89 instead of 0.95 get
theirs shown (development messages, without a scheme)."""
_MOST_ROWS = 3_000
"""The time learning takes grows with the cube; beyond, rows of large categories are left out."""
_LOT = 256

Categorised = tuple[Telling, str]


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    """The likeliest category, how likely it is, and how alike its rows, both 0 to 1."""

    name: str
    confidence: float
    alike: float

    @property
    def sure(self) -> bool:
        """Whether it may be shown."""
        return self.confidence >= SURE_ENOUGH and self.alike >= ALIKE_ENOUGH


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What became of the rows learnt from when each was left out once.

    ``given`` were sure enough; ``right`` of these got the category they have.
    """

    rows: int
    given: int
    right: int


class CategoryModel:
    """Tells the category of a complaint; made by :func:`learn`, immutable."""

    def __init__(self, names: Sequence[str], likeness: Likeness, ridge: Ridge) -> None:
        self.names = tuple(names)
        self._likeness = likeness
        self._ridge = ridge

    def guess(self, tellings: Iterable[Telling]) -> Iterator[CategoryGuess]:
        """The likeliest category of each, in order."""
        rest = iter(tellings)
        while lot := tuple(islice(rest, _LOT)):
            yield from guesses_of(self._ridge.tell(self._likeness.with_known(lot)), self.names)


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model, the categories that had too few rows to be learnt, and its own check."""

    model: CategoryModel
    too_few: tuple[str, ...]
    check: LeftOut


def learn(
    rows: Sequence[Categorised], others: Sequence[Telling], senses: Senses, scheme: Scheme = ()
) -> Learnt:
    """Learn the categories of rows.

    Args:
        rows: complaints with their category.
        others: more complaints of the ledger, without one: they tell how rare a word is.
        senses: what tells meaning and matter.
        scheme: what the categories are divided into, where the ledger tells.

    Raises:
        RefusedInput: Fewer than two categories have enough rows, or the scheme has none of them.
    """
    of_category = by_category(rows)
    names = sorted(name for name, own in of_category.items() if len(own) >= FEWEST)
    too_few = tuple(sorted(of_category.keys() - set(names)))
    taken = _thinned([of_category[name] for name in names])
    known = [telling for own in taken for telling in own]
    labels = np.repeat(np.arange(len(names)), [len(own) for own in taken])
    words = SchemeWords(names, scheme, (*known, *others)) if scheme else None
    likeness = Likeness(known, others, senses, words)
    ridge = fit(likeness.with_known(known), labels, len(names))
    check = _check(guesses_of(ridge.left_out, names), [names[label] for label in labels])
    return Learnt(CategoryModel(names, likeness, ridge), too_few, check)


def guesses_of(told: Told, names: Sequence[str]) -> Iterator[CategoryGuess]:
    """The likeliest category of each row."""
    for likely, alike in zip(told.likely, told.alike, strict=True):
        best = int(likely.argmax())
        yield CategoryGuess(names[best], float(likely[best]), float(alike))


def _check(guesses: Iterable[CategoryGuess], labels: Sequence[str]) -> LeftOut:
    pairs = tuple(zip(guesses, labels, strict=True))
    given = [(guess.name, label) for guess, label in pairs if guess.sure]
    return LeftOut(len(pairs), len(given), sum(name == label for name, label in given))


def by_category(rows: Sequence[Categorised]) -> dict[str, list[Telling]]:
    """The complaints of each category.

    Raises:
        RefusedInput: Fewer than two categories have enough rows to be learnt.
    """
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling, name in rows:
        found[name].append(telling)
    if sum(len(own) >= FEWEST for own in found.values()) < 2:
        raise RefusedInput("no_categories", _refusal(found))
    return found


def _refusal(of_category: dict[str, list[Telling]]) -> str:
    told = "、".join(f"{name} {len(own)} 条" for name, own in sorted(of_category.items())[:8])
    return (
        f"已分类的诉求不足以学习：至少要有两个类别，每个不少于 {FEWEST} 条"
        f"（读到{f'：{told}' if told else '的诉求都没有类别'}）。"
    )


def _thinned(parts: Sequence[Sequence[Telling]]) -> list[list[Telling]]:
    """At most so many rows as can be learnt from, evenly picked of the largest categories."""
    most = max(map(len, parts))
    while sum(min(len(own), most) for own in parts) > _MOST_ROWS:
        most -= max(1, most // 50)
    return [
        [own[at * len(own) // min(len(own), most)] for at in range(min(len(own), most))]
        for own in parts
    ]
