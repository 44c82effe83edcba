"""What is shown as law where the search says how likely it applies."""

from dataclasses import replace

import pytest

from advisor.admission import FOUND, ArticleEvidence
from advisor.article_choice import (
    AT_ALL,
    AT_LEAST,
    MOST,
    NAMED_AT_LEAST,
    SHOWN_ABOVE,
    STEP_ABOVE,
    WITHIN,
    Likelihoods,
)
from corpus.model import ArticleNumber, ArticleRef, Status, Step, Validity
from corpus.numerals import format_article
from indexer.learned.index import UNLIKELY
from indexer.retriever import StatuteHit


@pytest.fixture
def article(library):
    view = next(iter(library.articles()))

    def of(number, why="理由"):
        numbered = replace(view, number=ArticleNumber(number))
        return ArticleEvidence("", numbered, Validity(Status.IN_FORCE), why)

    return of


def _ref(one):
    return ArticleRef(law=one.law, article=format_article(one.view.number), why="理由")


def likelihoods(*pairs):
    hits = [
        StatuteHit(e.view, e.validity, p, applies=p)
        for e, p in sorted(pairs, key=lambda one: -one[1])
    ]
    return Likelihoods(hits)


def numbers(shown):
    return [e.view.number.main for e in shown]


def test_the_likeliest_stand_first_and_the_unlikely_are_left_out(article) -> None:
    some = [article(n) for n in range(1, 9)]
    likely = likelihoods(*((e, e.view.number.main / 10) for e in some[1:]))
    unlikely = [article(9), article(10)]
    shown = likely.worth_showing((*some, *unlikely))
    assert numbers(shown) == [8, 7, 6, 5, 4, 3, 2]


def test_what_a_guide_names_and_what_was_found_stand_side_by_side(article) -> None:
    named, found, less = article(1), article(2, FOUND), article(8)
    sure = [article(n) for n in (3, 4, 5, 6, 7)]
    likely = likelihoods(
        (named, SHOWN_ABOVE),
        (found, SHOWN_ABOVE + 0.1),
        (less, SHOWN_ABOVE - 0.01),
        *((e, 0.9) for e in sure),
    )
    shown = likely.worth_showing((named, found, less, *sure))
    assert numbers(shown) == [3, 4, 5, 6, 7, 2, 1]
    assert len(likely.found()) == len(shown)


def test_of_a_guide_some_are_shown_if_they_are_not_unlikely(article) -> None:
    some = [article(n) for n in (1, 2, 3)]
    likely = likelihoods(*((e, AT_ALL + e.view.number.main / 1000) for e in some))
    assert numbers(likely.worth_showing(some)) == [3, 2]
    assert NAMED_AT_LEAST == 2
    nothing = likelihoods(*((e, AT_ALL / 2) for e in some))
    assert nothing.worth_showing(some) == []


def test_where_nothing_is_likely_what_was_only_found_is_not_shown(article) -> None:
    named, found = article(1), article(2, FOUND)
    likely = likelihoods((named, UNLIKELY - 0.05), (found, UNLIKELY - 0.01))
    assert numbers(likely.worth_showing((named, found))) == [1]


def test_where_one_applies_a_few_more_are_shown_if_they_are_nearly_as_likely(article) -> None:
    many = [article(n, FOUND) for n in range(1, 9)]
    best = SHOWN_ABOVE - 0.02
    likely = likelihoods((many[0], best), *((e, WITHIN * best) for e in many[1:7]))
    assert len(likely.worth_showing(many)) == AT_LEAST
    assert len(likely.found()) == AT_LEAST
    alone = likelihoods((many[0], best), *((e, WITHIN * best - 0.01) for e in many[1:]))
    assert numbers(alone.worth_showing(many)) == [1]


def test_never_more_than_an_official_reads(article) -> None:
    many = [article(n) for n in range(1, 30)]
    likely = likelihoods(*((e, 0.9) for e in many))
    assert len(likely.worth_showing(many)) == MOST


def test_a_step_that_nothing_shown_stands_behind_brings_its_likeliest(article) -> None:
    first, second, third, unlikely = (article(n) for n in (1, 2, 3, 4))
    likely = likelihoods((first, 0.5), (second, STEP_ABOVE), (third, 0.1), (unlikely, 0.001))
    steps = [
        Step(action="看", owner="甲", days=1, basis=[_ref(one) for one in basis])
        for basis in ((first,), (second, third), (third,), (unlikely,), ())
    ]
    admitted = (first, second, third, unlikely)
    assert numbers(likely.behind_steps(admitted, steps, {first.key})) == [3]
    assert numbers(likely.behind_steps(admitted, steps, set())) == [1, 3]
    assert likely.behind_steps((), steps, set()) == []


def test_a_search_that_says_nothing_of_likelihood_gives_none(article) -> None:
    one = article(1)
    assert Likelihoods.of([StatuteHit(one.view, one.validity, 0.5)]) is None
    assert Likelihoods.of([]) is None
    assert Likelihoods.of([StatuteHit(one.view, one.validity, 0.5, applies=0.5)]) is not None
