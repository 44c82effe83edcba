"""All articles of one version at once, to find where a quotation really stands."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lawbook import ArticleText, LawBook
from corpus.model import Statute
from corpus.quotation import Fit, compare, flat, surely_absent, wording

_SEPARATOR = "\x00"
_RUNS = re.compile(r"[\u4e00-\u9fff]+")
LONG_RUN = re.compile(r"[\u4e00-\u9fff]{10,}")
"""Characters without marks, so many of them that they hardly stand in two articles."""
_SHORTEST_RUN = 4
_MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class WholeText:
    """All articles of one version by the runs of characters in them, to find a quotation's place.

    ``keys`` are the hashes of every run without marks, sorted; ``places`` says which of the
    ``views`` each stands in. Whole sentences consist of whole runs, so looking up one run is enough
    and a hundred thousand characters need not be read. ``text`` is everything, article by article.
    """

    text: str
    keys: Sequence[int]
    places: Sequence[int]
    views: tuple[ArticleText, ...]

    @classmethod
    def of(cls, book: LawBook, statute: Statute) -> "WholeText":
        """Read every article of the version."""
        views = tuple(book.articles_of(statute))
        found = sorted(
            {
                (hash(run), place)
                for place, view in enumerate(views)
                for run in _RUNS.findall(view.text)
            }
        )
        keys = array("q", (key for key, _ in found))
        text = _SEPARATOR.join(view.text for view in views)
        return cls(text, keys, array("I", (place for _, place in found)), views)

    def has(self, run: str) -> bool:
        """Whether the characters stand anywhere in the version, be it inside a longer run."""
        return run in self.text

    def find(self, quote: str, run: str) -> ArticleText | None:
        """The article that holds the wording as whole sentences.

        Args:
            quote: normalised wording.
            run: its :func:`telling_run`, which leads to the few articles worth comparing.
        """
        key, keys = hash(run), self.keys
        first = bisect_left(keys, key)
        for at in range(first, min(first + _MOST_CANDIDATES, len(keys))):
            if keys[at] != key:
                break
            view = self.views[self.places[at]]
            if not surely_absent(quote, flat(view.text)) and (
                compare(quote, wording(view.text)) is Fit.EXACT
            ):
                return view
        return None


def telling_run(quote: str) -> str | None:
    """A long run of characters without marks to look a quotation up by; None without any."""
    long = LONG_RUN.search(quote)
    run = long[0] if long else max(_RUNS.findall(quote), key=len, default="")
    return run if len(run) >= _SHORTEST_RUN else None
