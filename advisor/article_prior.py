"""What our knowledge says of articles before any search: the matters that turn on them, the cases.

The adapter of `indexer.learned.prior.Prior` over playbooks, gists, cases and matter recognition.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from advisor.fitting import fits
from advisor.leads import shipped_embedder
from advisor.matter import MatterRecognizer, Scored, confidence
from advisor.sentences import read_sentences
from advisor.tellings import Encoder, Keyed, Tellings
from advisor.wording import Wording
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import ArticleNumber, ArticleRef, Conditional, Playbook, Telling
from corpus.numerals import parse_article
from indexer.learned.index import LearnedRanking
from indexer.learned.prior import FAR, NO_PLACE, Column, KnownArticle, Leaning
from indexer.learned.trees import BoostedTrees, shipped_ranker

_LIKELY = 8
"""How many matters are looked at more closely."""
_SHARPNESS = 8.0
"""Of the softmax that turns the recogniser's scores into probabilities."""
_OF_A_STEP = 20
"""The place of an article that only a step rests on."""
_WELL_SPOKEN = 4
"""A matter turns on a law wholly when so many of its articles are of that law."""
_ISSUE_CHARACTERS = 120

_Key = tuple[str, ArticleNumber]


class _Named(NamedTuple):
    """One article as a playbook names it; it counts where all of ``on`` fit the text."""

    key: _Key
    place: int
    on: tuple[Conditional, ...]


class PlaybookPrior:
    """Immutable; safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        library: Library,
        recognizer: MatterRecognizer,
        encoder: Encoder | None = None,
    ) -> None:
        """``recognizer`` knows the playbooks of ``knowledge``; ``encoder`` compares tellings."""
        self._recognizer = recognizer
        self._wording = Wording(knowledge.lexicon)
        self._library = library
        self._named = {book.id: tuple(self._names(book)) for book in knowledge.playbooks}
        told = tuple(self._told(telling) for telling in knowledge.tellings)
        self._known = self._read(knowledge, told)
        self._place = {(one.title, one.number): n for n, one in enumerate(self._known)}
        self._tellings = Tellings(told, self._place, encoder)
        self._laws = {book: _laws(named) for book, named in self._named.items()}

    def known(self) -> Sequence[KnownArticle]:
        """The articles our knowledge speaks of, by law and number."""
        return self._known

    def leaning(self, text: str) -> Leaning:
        """Where our knowledge leads for this text."""
        ranked = self._recognizer.score(text)
        likely = _likelihoods(ranked)
        size = len(self._known)
        columns = _Columns(
            mass=np.zeros(size, dtype=np.float32),
            rank=np.full(size, FAR, dtype=np.float32),
            place=np.full(size, NO_PLACE, dtype=np.float32),
            fit=np.full(size, -1, dtype=np.float32),
            sure=np.zeros(size, dtype=np.float32),
        )
        for rank, scored in enumerate(ranked[:_LIKELY]):
            sure = confidence(scored, ranked)
            self._lean(columns, scored.playbook.id, (rank, likely[scored.playbook.id], sure), text)
        return Leaning(
            **columns._asdict(),
            laws=self._law_leaning(likely),
            issues=_issues(text),
            official=" ".join(self._wording.expand(text)),
            told=self._tellings.of(text),
        )

    def _lean(
        self, columns: "_Columns", book: str, weight: tuple[int, float, float], text: str
    ) -> None:
        """Enters one matter, given its rank, probability and confidence; likelier ones are in."""
        rank, likely, sure = weight
        seen: set[int] = set()
        for key, place, on in self._named[book]:
            at = self._place[key]
            if at not in seen:
                columns.mass[at] += likely
                seen.add(at)
            if columns.rank[at] < rank:
                continue
            columns.rank[at], columns.sure[at] = rank, sure
            columns.place[at] = min(columns.place[at], place)
            columns.fit[at] = max(columns.fit[at], _fit(on, text))

    def _law_leaning(self, likely: Mapping[str, float]) -> Mapping[str, float]:
        leaning: dict[str, float] = defaultdict(float)
        for book, weight in likely.items():
            for law, share in self._laws[book].items():
                leaning[law] += weight * share
        return leaning

    def _key(self, ref: ArticleRef) -> _Key:
        return self._library.resolve(ref.law) or ref.law, parse_article(ref.article)

    def _names(self, book: Playbook) -> Iterator[_Named]:
        for place, ref in enumerate(book.articles):
            yield _Named(self._key(ref), place, (ref,))
        for step in book.steps:
            for ref in step.basis:
                yield _Named(self._key(ref), _OF_A_STEP, (step, ref))

    def _told(self, telling: Telling) -> Keyed:
        return telling, tuple((self._key(ref), core) for ref, core in telling.articles())

    def _read(self, knowledge: Knowledge, told: Sequence[Keyed]) -> tuple[KnownArticle, ...]:
        matters = Counter(key for named in self._named.values() for key in {n.key for n in named})
        cases = Counter(self._key(ref) for case in knowledge.cases for ref in case.articles)
        gists = {
            (statute.title, parse_article(gist.article))
            for statute in knowledge.statutes
            for gist in statute.articles
        }
        named = {key for _, of_telling in told for key, _ in of_telling}
        ordered = sorted(
            matters.keys() | cases.keys() | gists | named, key=lambda k: (k[0], k[1].main, k[1].sub)
        )
        return tuple(
            KnownArticle(title, number, matters[key], cases[key], key in gists)
            for key in ordered
            for title, number in (key,)
        )


def learned_ranking(
    knowledge: Knowledge,
    library: Library,
    recognizer: MatterRecognizer,
    trees: BoostedTrees | None = None,
) -> LearnedRanking | None:
    """What puts articles in order; None in a package without its trees.

    Args:
        knowledge: leads to articles before any search.
        library: knows laws by their names.
        recognizer: knows the playbooks of that knowledge.
        trees: the shipped ones when not given.

    Raises:
        RankerDamaged: The shipped trees cannot be read.
    """
    trees = trees or _shipped_trees()
    if trees is None:
        return None
    prior = PlaybookPrior(knowledge, library, recognizer, shipped_embedder())
    return LearnedRanking(prior, trees)


@cache
def _shipped_trees() -> BoostedTrees | None:
    path = shipped_ranker()
    return BoostedTrees.read(path) if path is not None else None


class _Columns(NamedTuple):
    """The columns of a `Leaning` while they are filled."""

    mass: Column
    rank: Column
    place: Column
    fit: Column
    sure: Column


def _likelihoods(ranked: Sequence[Scored]) -> Mapping[str, float]:
    """A probability for each playbook, by its id."""
    best = ranked[0].total if ranked else 0.0
    weights = [math.exp(_SHARPNESS * (one.total - best)) for one in ranked]
    whole = sum(weights)
    pairs = zip(ranked, weights, strict=True)
    return {one.playbook.id: weight / whole for one, weight in pairs}


def _laws(named: Sequence[_Named]) -> Mapping[str, float]:
    """How far a matter turns on each law, 0 to 1."""
    counts = Counter(title for title, _ in {one.key for one in named})
    return {law: min(count, _WELL_SPOKEN) / _WELL_SPOKEN for law, count in counts.items()}


def _fit(on: Sequence[Conditional], text: str) -> float:
    """2 named for what the text tells, 1 for any text, 0 for what it does not tell."""
    if not all(fits(one, text) for one in on):
        return 0.0
    return 2.0 if any(one.only_if for one in on) else 1.0


def _issues(text: str) -> tuple[str, ...]:
    """The sentences that state or demand something, the longest first; the first few otherwise."""
    sentences = read_sentences(text)
    telling = [s.text[:_ISSUE_CHARACTERS] for s in sentences if s.concrete or s.demand]
    return tuple(dict.fromkeys(sorted(telling, key=len, reverse=True))) or tuple(
        s.text[:_ISSUE_CHARACTERS] for s in sentences[:3]
    )
