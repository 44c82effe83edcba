"""Port: what is known of articles before anything is searched, and of a text before its hits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.model import ArticleNumber

Column = NDArray[np.float32]

FAR = 9
"""The rank of a matter that is not among the likely ones."""

NO_PLACE = 30
"""The place of an article that no likely matter's guidance names."""

UNTOLD = 10_000.0
"""The rank of a telling that there is not."""

_NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that our knowledge speaks of, whatever is asked.

    ``matters``: how many kinds of matter turn on it; ``cases``: how many resolved ones did;
    ``gist``: whether it has a gist.
    """

    title: str
    number: ArticleNumber
    matters: int = 0
    cases: int = 0
    gist: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What complaints told before say of each article for one text, each (known articles,).

    ``meaning`` and ``words``: likeness of the nearest one the article is right for, 0 to 1;
    ``shared``: how many of the nearest it is right for, near ones counting more; ``often``: for how
    many at all; ``rank``: place of the nearest it decides, `UNTOLD` for none.
    """

    meaning: Column
    words: Column
    shared: Column
    often: Column
    rank: Column

    @classmethod
    def nothing(cls, size: int) -> "Told":
        """Where nothing was told before."""
        none = np.zeros(size, dtype=np.float32)
        return cls(none, none, none, none, np.full(size, UNTOLD, dtype=np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Leaning:
    """Where our knowledge leads for one text, before any search.

    The columns have shape (known articles,). ``mass``: probability of the matters that turn on the
    article; ``rank``: place of the likeliest of them, 0 the first, `FAR` for none; ``place``: the
    article's own place in that matter's guidance; ``fit``: 2 where it is named for a circumstance
    that the text tells, 1 where for any, 0 where for one that is not told, -1 for no matter;
    ``sure``: confidence in that matter. ``laws``: probability of the matters that turn on a law.
    ``issues``: the sentences that matter, the telling ones first; ``official``: words of statutes
    for the lay words of the text; ``told``: what complaints told before say of each article.
    """

    mass: Column
    rank: Column
    place: Column
    fit: Column
    sure: Column
    laws: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    issues: tuple[str, ...] = ()
    official: str = ""
    told: Told | None = None


class Prior(Protocol):
    """Knowledge of articles; ``advisor.article_prior.PlaybookPrior`` is the real one."""

    def known(self) -> Sequence[KnownArticle]:
        """The articles our knowledge speaks of, always in the same order."""
        ...

    def leaning(self, text: str) -> Leaning:
        """Where it leads for this text."""
        ...


class NoPrior:
    """The double that knows nothing."""

    def known(self) -> Sequence[KnownArticle]:
        """No article."""
        return ()

    def leaning(self, text: str) -> Leaning:
        """Nowhere; the text is its own issue."""
        none = np.zeros(0, dtype=np.float32)
        return Leaning(none, none, none, none, none, issues=(text,))
