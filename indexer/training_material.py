"""What a static model learns from: pairs of texts of which one should find the other.

Sentences and the rest of their article, headings and articles, citing and cited articles; our
gists, the playbooks' ways of telling, cases and the lexicon; and, when they are given, lay
questions with the articles that answer them. Only texts in force on one of the days take part.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

import numpy as np

from corpus.knowledge import Knowledge
from corpus.library import ArticleView
from corpus.model import ArticleNumber, ArticleRef, Case, Region, Statute, Validity
from corpus.numerals import parse_article
from corpus.region import covers
from indexer.chunker import article_passage, embedded_text
from indexer.scope import SHOWN

Kind = Literal["sentence", "heading", "gist", "question", "citation", "matter", "word"]
"""Where a pair comes from."""

Key = tuple[str, ArticleNumber]
"""A law's title and the number of an article."""

_SENTENCE = re.compile(r"[^。；\n]{8,}[。；]?")
_OWN_REFERENCE = re.compile(r"本(?:法|条例|办法|规定)(第[一二三四五六七八九十百零千]+条)")
_END = b"\x00"
_SENTENCES = 3
_REFERENCES = 2
_MATTER_ARTICLES = 5


class TrainingSource(Protocol):
    """Where texts come from; ``corpus.library.Library`` fits."""

    def articles(self) -> Iterator[ArticleView]:
        """Every article of every version, always in the same order."""
        ...

    def cases(self) -> Iterable[Case]:
        """Every resolved case."""
        ...

    def validity(self, statute: Statute, on: date) -> Validity:
        """Whether a version holds on a day."""
        ...


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A lay question with the articles that answer it on a day."""

    text: str
    gold: Sequence[Key]
    as_of: date


@dataclass(frozen=True, slots=True)
class TrainingScope:
    """Whose texts take part: those that hold in ``region`` on ``as_of`` or on a question's day."""

    as_of: date
    region: Region


@dataclass(slots=True)
class Material:
    """Texts, each once, and the pairs of places in it: what asks, what answers.

    ``articles`` are the places of the articles' own texts, ``known`` the articles that a text
    is or is part of, so that no article stands against a part of itself.
    """

    texts: list[str] = field(default_factory=list)
    pairs: dict[Kind, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    articles: list[int] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        """The place of a text, which is added when it is new."""
        place = self._places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place

    def add(self, kind: Kind, asking: str, answer: int) -> None:
        """A pair; an empty text asks nothing."""
        if asking.strip():
            self.pairs[kind].append((self.place(asking), answer))

    def digest(self) -> str:
        """A SHA-256 that changes with any text and any pair."""
        found = hashlib.sha256()
        for text in self.texts:
            found.update(text.encode("utf-8", "surrogatepass") + _END)
        for kind, pairs in sorted(self.pairs.items()):
            found.update(f"{kind}:{pairs}".encode() + _END)
        return found.hexdigest()

    def counts(self) -> Mapping[str, int]:
        """How many pairs there are of each kind."""
        return {kind: len(pairs) for kind, pairs in self.pairs.items()}


def gather(
    source: TrainingSource,
    knowledge: Knowledge,
    questions: Sequence[LabelledQuestion],
    scope: TrainingScope,
    *,
    seed: int,
) -> Material:
    """Every pair there is to learn from, the same for the same seed."""
    material = Material()
    rng = np.random.default_rng(seed)
    days = sorted({scope.as_of, *(question.as_of for question in questions)})
    held = _hold(source, material, days, scope.region)
    for view, place, day in held.views:
        _learn_article(material, view, place, rng)
        _learn_citations(material, view, place, held.where[day])
    _learn_knowledge(material, knowledge, tuple(source.cases()), held.where[scope.as_of])
    for question in questions:
        for key in question.gold:
            if (found := held.where[question.as_of].get(key)) is not None:
                material.add("question", question.text, found)
    return material


@dataclass(frozen=True, slots=True)
class _Held:
    """The articles that take part: with their places and last day, and by day and key."""

    views: Sequence[tuple[ArticleView, int, date]]
    where: Mapping[date, Mapping[Key, int]]


def _hold(
    source: TrainingSource, material: Material, days: Sequence[date], region: Region
) -> _Held:
    where: dict[date, dict[Key, int]] = {day: {} for day in days}
    of_version: dict[str, tuple[date, ...]] = {}
    views: list[tuple[ArticleView, int, date]] = []
    for view in source.articles():
        statute = view.statute
        if statute.id not in of_version:
            of_version[statute.id] = _days(source, statute, days, region)
        if not (holding := of_version[statute.id]):
            continue
        place = material.place(embedded_text(article_passage(view).fields))
        views.append((view, place, holding[-1]))
        material.known[place] = place
        for day in holding:
            where[day].setdefault((statute.title, view.number), place)
    material.articles.extend(dict.fromkeys(place for _, place, _ in views))
    return _Held(views, where)


def _days(
    source: TrainingSource, statute: Statute, days: Sequence[date], region: Region
) -> tuple[date, ...]:
    if not covers(statute.region, region):
        return ()
    return tuple(day for day in days if source.validity(statute, day).status in SHOWN)


def _learn_article(
    material: Material, view: ArticleView, place: int, rng: np.random.Generator
) -> None:
    title = view.statute.title
    sentences = _SENTENCE.findall(view.text)
    if len(sentences) > 1:
        for index in rng.permutation(len(sentences))[:_SENTENCES]:
            rest = material.place(f"{title}\n{view.text.replace(sentences[index], '')}")
            material.known[rest] = place
            material.add("sentence", sentences[index], rest)
    body = material.place(view.text)
    material.known.setdefault(body, place)
    material.add("heading", f"{view.path[-1] if view.path else ''} {title}", body)
    if view.gist:
        for told in (view.gist.gist, *view.gist.phrasings):
            material.add("gist", told, place)


def _learn_citations(
    material: Material, view: ArticleView, place: int, where: Mapping[Key, int]
) -> None:
    for number in _OWN_REFERENCE.findall(view.text)[:_REFERENCES]:
        cited = where.get((view.statute.title, parse_article(number)))
        if cited is not None and cited != place:
            material.pairs["citation"].append((place, cited))


def _learn_knowledge(
    material: Material, knowledge: Knowledge, cases: Sequence[Case], where: Mapping[Key, int]
) -> None:
    for book in knowledge.playbooks:
        for place in _referred(book.articles, where):
            for told in book.phrasings:
                material.add("matter", told, place)
    for case in cases:
        for place in _referred(case.articles, where):
            material.add("matter", case.facts, place)
    for entry in knowledge.lexicon:
        material.add("word", entry.term, material.place(" ".join(entry.official)))


def _referred(refs: Sequence[ArticleRef], where: Mapping[Key, int]) -> tuple[int, ...]:
    """The articles that always belong to a matter, the first few of them."""
    keys = ((ref.law, parse_article(ref.article)) for ref in refs if not ref.only_if)
    return tuple(where[key] for key in keys if key in where)[:_MATTER_ARTICLES]
