"""Complaints as people tell them, with what an experienced official would answer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from corpus.conditional import Record
from corpus.records import ArticleRef


class Telling(Record):
    """A complaint as somebody might tell it, written by us, with the articles that decide it.

    ``core`` and ``acceptable`` lead from a law's full title to the numbers of its articles: those
    surely cited, and further ones that are right too. ``matters``, ``leads``, ``track`` and
    ``urgency`` are what an experienced official would accept, best first.
    """

    id: str
    text: str = Field(min_length=8)
    matters: Sequence[str] = ()
    core: Mapping[str, Sequence[str]] = {}
    acceptable: Mapping[str, Sequence[str]] = {}
    leads: Sequence[str] = ()
    track: Sequence[Literal["即办", "联办", "督办"]] = ()
    urgency: Sequence[Literal["一般", "较急", "紧急"]] = ()

    def articles(self) -> Iterator[tuple[ArticleRef, bool]]:
        """Every article named, and whether it is of the core."""
        for named, sure in ((self.core, True), (self.acceptable, False)):
            for law, numbers in named.items():
                for number in numbers:
                    yield ArticleRef(law=law, article=number), sure
