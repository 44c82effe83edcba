"""What an article shown as law needs beside it: the articles it names, the terms it uses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.admission import ArticleEvidence, ArticleKey, ContextArticle
from advisor.model import Complaint
from corpus.cross_references import references
from corpus.library import ArticleView, Library
from corpus.model import Status
from corpus.region import covers

MOST_NAMED = 5
"""How many of the articles one article names come with it."""
MOST_DEFINED = 2
"""How many of the terms it uses."""


def with_context(
    articles: Sequence[ArticleEvidence], library: Library, complaint: Complaint
) -> tuple[ArticleEvidence, ...]:
    """The same articles, each with the context it needs.

    Of one law only, in force on the day and valid in the place; what is shown already, as an
    article or beside one before, does not come again.
    """
    whole = {one.key for one in articles}
    terms: set[tuple[str, str | None]] = set()
    told: list[ArticleEvidence] = []
    for one in articles:
        named = _not_among(whole, _named(one, library, complaint))[:MOST_NAMED]
        whole |= {_key(each.view) for each in named}
        defined = [
            each
            for each in _not_among(whole, _defined(one, library, complaint))
            if (one.law, each.term) not in terms
        ][:MOST_DEFINED]
        terms |= {(one.law, each.term) for each in defined}
        told.append(replace(one, context=(*named, *defined)))
    return tuple(told)


def _named(
    one: ArticleEvidence, library: Library, complaint: Complaint
) -> Iterator[ContextArticle]:
    for number in references(one.law, one.view.number, one.view.text):
        view = library.article(one.law, number, on=complaint.as_of)
        if view is not None and _holds(view, library, complaint):
            yield ContextArticle(view, view.text)


def _defined(
    one: ArticleEvidence, library: Library, complaint: Complaint
) -> Iterator[ContextArticle]:
    """The longest terms first: they say more than a word that every article of the law uses."""
    used = [each for each in library.definitions(one.law) if each[0].term in one.view.text]
    for defined, view in sorted(used, key=lambda each: -len(each[0].term)):
        if _holds(view, library, complaint):
            yield ContextArticle(view, defined.words, defined.term)


def _holds(view: ArticleView, library: Library, complaint: Complaint) -> bool:
    validity = library.validity(view.statute, complaint.as_of)
    in_place = covers(view.statute.region, complaint.region)
    return in_place and validity.status is Status.IN_FORCE


def _not_among(shown: set[ArticleKey], found: Iterator[ContextArticle]) -> list[ContextArticle]:
    return [one for one in found if _key(one.view) not in shown]


def _key(view: ArticleView) -> ArticleKey:
    return view.statute.title, view.number
