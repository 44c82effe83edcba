"""Gists and playbooks held against the articles themselves: about them, and not copied from them.

Figures of 2026-11, 1,600 gists against their laws in the public collection: the article a gist
speaks of is the closest of its law for 96 % of them and among the closest two for 99 %.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.finding import Finding
from corpus.library import Library
from corpus.model import ArticleNumber, ArticleRef, Duty, Gist, Playbook, TextKind
from corpus.naming import name_key
from corpus.numerals import format_article, parse_article
from corpus.shelf import Volume

RUN = 20
"""More characters in a row than this, the law's own, count as copied."""
DOUBTFUL = (2, 0.35)
"""Not among the first two and an overlap below 0.35: true of 0.9 % of right gists, of 86 % of gists
moved to the next article, of 97 % of those moved to any other."""
WRONG = (5, 0.20)
"""Likewise 0.2 %, 65 %, 90 %; words of the law among the topics put a right one right."""
_NAMED = re.compile(r"《[^》]*》")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far a gist is about its article.

    ``score`` is the share, 0 to 1, of the gist's character pairs known to the law, weighted by
    their rarity in it, that stand in the article; ``rank`` the article's place by it, from 1.
    """

    score: float
    rank: int


class LawText:
    """The articles of one version, for the overlap of a gist with each of them."""

    def __init__(self, articles: Mapping[ArticleNumber, str]) -> None:
        self._pairs = {number: _pairs(text) for number, text in articles.items()}
        frequency = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        total = len(articles)
        self._weight = {
            pair: math.log((total + 1) / (count + 0.5)) for pair, count in frequency.items()
        }

    def overlap(self, gist: Gist, number: ArticleNumber) -> Overlap:
        """Of a gist with the article it stands under; 0 when they share nothing."""
        wanted = _pairs("。".join((gist.gist, gist.conditions, *gist.topics))) & self._weight.keys()
        whole = sum(self._weight[pair] for pair in wanted) or 1.0
        scores = {
            other: sum(self._weight[pair] for pair in wanted & pairs) / whole
            for other, pairs in self._pairs.items()
        }
        own = scores.get(number, 0.0)
        return Overlap(own, 1 + sum(score > own for score in scores.values()))


def text_findings(library: Library) -> Iterator[Finding]:
    """What the verbatim texts at hand say of gists, playbooks and duties."""
    terms = _terms(library)
    for volumes in library.shelf.volumes.values():
        for volume in volumes:
            if volume.statute.text_kind is TextKind.VERBATIM and volume.gists:
                yield from _volume_findings(library, volume, terms)
    for playbook in library.knowledge.playbooks:
        yield from _copied_from_refs(
            library, f"处置指引{playbook.id}", _prose(playbook), _refs(playbook), terms
        )
    for duty in library.knowledge.duties:
        yield from _copied_from_refs(
            library, f"权责{duty.id}", _duty_prose(duty), duty.basis, terms
        )


def _volume_findings(library: Library, volume: Volume, terms: re.Pattern[str]) -> Iterator[Finding]:
    views = {view.number: view.text for view in library.articles_of(volume.statute)}
    law = LawText(views)
    runs = _runs("\n".join(views.values()), terms)
    for number, gist in volume.gists.items():
        where = f"要旨《{volume.statute.title}》{format_article(number)}"
        if number in views:
            yield from _about(where, law.overlap(gist, number))
        for text in (gist.gist, gist.conditions, *gist.phrasings):
            yield from _copied(where, text, runs, terms)


def _about(where: str, overlap: Overlap) -> Iterator[Finding]:
    told = f"（重合度{overlap.score:.2f}，在本法各条中排第{overlap.rank}）"
    if _beyond(overlap, WRONG):
        message = f"要旨与条文对不上{told}：条号可能写错；没写错的，请在topics里补上条文的用词"
        yield Finding("error", where, message)
    elif _beyond(overlap, DOUBTFUL):
        yield Finding("warning", where, f"要旨与条文重合少{told}，请核对条号")


def _beyond(overlap: Overlap, bounds: tuple[int, float]) -> bool:
    return overlap.rank > bounds[0] and overlap.score < bounds[1]


def _copied_from_refs(
    library: Library,
    where: str,
    prose: Sequence[str],
    refs: Iterable[ArticleRef],
    terms: re.Pattern[str],
) -> Iterator[Finding]:
    runs = frozenset[str]().union(*(_runs(text, terms) for text in _cited(library, refs)))
    for text in prose:
        yield from _copied(where, text, runs, terms)


def _cited(library: Library, refs: Iterable[ArticleRef]) -> Iterator[str]:
    """The verbatim wordings of the articles referred to, in every version."""
    for law, article in dict.fromkeys((ref.law, ref.article) for ref in refs):
        title = library.resolve(law) or law
        for version in library.versions(title):
            if version.text_kind is TextKind.VERBATIM:
                view = library.article_in(version, parse_article(article))
                if view is not None:
                    yield view.text


def _copied(
    where: str, text: str, runs: frozenset[str], terms: re.Pattern[str]
) -> Iterator[Finding]:
    found = next((run for run in _in_order(text, terms) if run in runs), None)
    if found is not None:
        yield Finding("error", where, f"与条文有超过{RUN}字连续相同，须用自己的话写：“{found}……”")


def _prose(book: Playbook) -> tuple[str, ...]:
    return (
        book.nature,
        *(
            line.text
            for lines in (book.escalation, book.script, book.disputes, book.traps)
            for line in lines
        ),
        *(one.ask for one in book.questions),
        *(text for one in book.signals for text in (one.risk, one.at_once)),
        *(one.action for one in book.steps),
        *(text for one in book.routes for text in (one.route, one.when, one.closed_when)),
        *(ref.why for ref in _refs(book)),
    )


def _refs(book: Playbook) -> tuple[ArticleRef, ...]:
    return (*book.articles, *(ref for step in book.steps for ref in step.basis))


def _duty_prose(duty: Duty) -> tuple[str, ...]:
    return (duty.power, duty.note, *(ref.why for ref in duty.basis))


def _terms(library: Library) -> re.Pattern[str]:
    """Names that must stand as they are: of laws, and of departments."""
    knowledge = library.knowledge
    names = {name_key(one.title) for one in library.statutes()}
    names |= {name for duty in knowledge.duties for name in (duty.department, *duty.aliases)}
    known = sorted((name for name in names if len(name) > 3), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)) or r"(?!)")


def _plain(text: str, terms: re.Pattern[str]) -> str:
    return re.sub(r"\W", "", terms.sub("", _NAMED.sub("", text)))


def _in_order(text: str, terms: re.Pattern[str]) -> Iterator[str]:
    plain = _plain(text, terms)
    return (plain[at : at + RUN + 1] for at in range(len(plain) - RUN))


def _runs(text: str, terms: re.Pattern[str]) -> frozenset[str]:
    return frozenset(_in_order(text, terms))


def _pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"\W", "", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
