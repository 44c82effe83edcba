"""What is shown as law where the search says how likely it applies."""

from dataclasses import replace

import pytest

from advisor.admission import FOUND, ArticleEvidence
from advisor.article_choice import (
    AT_ALL,
    AT_LEAST,
    FOUND_ABOVE,
    MOST,
    NAMED_ABOVE,
    NAMED_AT_LEAST,
    Likelihoods,
)
from corpus.model import ArticleNumber, Status, Validity
from indexer.retriever import StatuteHit


@pytest.fixture
def article(library):
    view = next(iter(library.articles()))

    def of(number, why="理由"):
        numbered = replace(view, number=ArticleNumber(number))
        return ArticleEvidence("", numbered, Validity(Status.IN_FORCE), why)

    return of


def likelihoods(*pairs):
    hits = [
        StatuteHit(e.view, e.validity, p, applies=p)
        for e, p in sorted(pairs, key=lambda one: -one[1])
    ]
    return Likelihoods(hits)


def numbers(shown):
    return [e.view.number.main for e in shown]


def test_the_likeliest_stand_first_and_the_unlikely_are_left_out(article) -> None:
    some = [article(n) for n in range(1, 8)]
    likely = likelihoods(*((e, e.view.number.main / 10) for e in some[1:]))
    unlikely = [article(8), article(9)]
    assert numbers(likely.worth_showing((*some, *unlikely))) == [7, 6, 5, 4, 3, 2]


def test_what_was_only_found_must_be_likelier_than_what_a_guide_names(article) -> None:
    between = (NAMED_ABOVE + FOUND_ABOVE) / 2
    named, found = article(1), article(2, FOUND)
    sure = [article(n) for n in (3, 4, 5, 6, 7)]
    likely = likelihoods((named, between), (found, between), *((e, 0.9) for e in sure))
    assert numbers(likely.worth_showing((named, found, *sure))) == [3, 4, 5, 6, 7, 1]
    assert found.view not in likely.found()


def test_of_a_guide_some_are_shown_if_they_are_not_unlikely(article) -> None:
    some = [article(n) for n in (1, 2, 3)]
    likely = likelihoods(*((e, AT_ALL + e.view.number.main / 1000) for e in some))
    assert numbers(likely.worth_showing(some)) == [3, 2]
    assert NAMED_AT_LEAST == 2
    nothing = likelihoods(*((e, AT_ALL / 2) for e in some))
    assert nothing.worth_showing(some) == []


def test_where_one_applies_a_few_more_are_shown_if_they_are_not_unlikely(article) -> None:
    many = [article(n, FOUND) for n in range(1, 9)]
    likely = likelihoods((many[0], 0.5), *((e, AT_ALL) for e in many[1:7]), (many[7], 0.01))
    assert len(likely.worth_showing(many)) == AT_LEAST
    assert len(likely.found()) == AT_LEAST
    alone = likelihoods((many[0], 0.5), (many[7], 0.01))
    assert numbers(alone.worth_showing(many)) == [1]


def test_never_more_than_an_official_reads(article) -> None:
    many = [article(n) for n in range(1, 30)]
    likely = likelihoods(*((e, 0.9) for e in many))
    assert len(likely.worth_showing(many)) == MOST


def test_a_search_that_says_nothing_of_likelihood_gives_none(article) -> None:
    one = article(1)
    assert Likelihoods.of([StatuteHit(one.view, one.validity, 0.5)]) is None
    assert Likelihoods.of([]) is None
    assert Likelihoods.of([StatuteHit(one.view, one.validity, 0.5, applies=0.5)]) is not None
