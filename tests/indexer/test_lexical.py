"""BM25F: against the formula written out plainly, and at the edges of a query."""

import math
from collections import Counter

import numpy as np
import pytest

from indexer.chunker import FIELD_NAMES, PassageFields
from indexer.lexical import IMPACT_STEPS, Bm25f, LexicalIndex, TermSelection
from indexer.postings import build_postings
from indexer.tokenizer import tokenize

K3 = TermSelection().k3
PASSAGES = (
    PassageFields("停车条例", "总则", "车位不够", "小区车位应当先满足住户。"),
    PassageFields("停车条例", "罚则", "", "占用消防通道停车的，责令改正。车位、车位、车位。"),
    PassageFields("排水条例", "", "邻居堵了水沟\n水排不出去", "相邻各方应当保证水沟通畅。"),
    PassageFields("排水条例", "", "", "水费按表计收。"),
)


def plain_score(query, place):
    """BM25F by the book, in floating point, over the same tokens."""
    model = Bm25f()
    total = 0.0
    for token, count in Counter(tokenize(query).tolist()).items():
        holding = sum(any(token in tokenize(getattr(p, f)) for f in FIELD_NAMES) for p in PASSAGES)
        frequency = 0.0
        for name in FIELD_NAMES:
            lengths = [len(getattr(p, name)) for p in PASSAGES if getattr(p, name)]
            text = getattr(PASSAGES[place], name)
            rule = model.fields[name]
            norm = 1 - rule.b + rule.b * len(text) / (sum(lengths) / len(lengths))
            frequency += rule.weight * Counter(tokenize(text).tolist())[token] / norm
        idf = math.log1p((len(PASSAGES) - holding + 0.5) / (holding + 0.5))
        repeated = count * (1 + K3) / (count + K3)
        total += repeated * idf * frequency / (model.k1 + frequency)
    return total


@pytest.fixture
def index():
    every = TermSelection(common=1.0)
    return LexicalIndex(build_postings(PASSAGES), selection=every)


@pytest.mark.parametrize("query", ["车位", "水沟排水", "停车条例", "消防通道"])
def test_scores_are_those_of_the_formula(index, query):
    ranking = index.search(query, 10)
    assert len(ranking)
    for place, score in zip(ranking.ordinals, ranking.scores, strict=True):
        tokens = len(set(tokenize(query).tolist()))
        # Rounding to 1/255, times the greatest idf there is here.
        assert score == pytest.approx(plain_score(query, place), abs=tokens * 1.5 / IMPACT_STEPS)


def test_pieces_of_any_size_give_the_same_postings():
    whole, pieced = build_postings(PASSAGES), build_postings(PASSAGES, piece=1)
    for name in ("vocabulary", "starts", "docs", "impacts"):
        assert np.array_equal(getattr(whole, name), getattr(pieced, name))


def test_docs_of_a_row_ascend_so_that_adding_by_index_counts_each_once():
    built = build_postings(PASSAGES)
    for row in range(len(built.vocabulary)):
        docs = built.docs[built.starts[row] : built.starts[row + 1]].astype(int)
        assert (np.diff(docs) > 0).all()
        assert len(docs)


def test_our_lay_phrasing_finds_an_article_whose_text_says_it_otherwise(index):
    assert index.search("水排不出去", 1).ordinals == (2,)


def test_only_allowed_passages_are_found(index):
    allowed = np.array([False, True, True, True])
    assert 0 not in index.search("车位", 10, allowed=allowed).ordinals
    assert index.search("车位", 10, allowed=np.zeros(4, dtype=bool)).ordinals == ()


@pytest.mark.parametrize("query", ["", "  ", "？！", "\x00", "🙂🙂", "qwrtzp", "龘靐齉"])
def test_a_query_that_says_nothing_finds_nothing(index, query):
    assert index.search(query, 10).ordinals == ()


def test_characters_known_only_apart_are_nonsense(index):
    assert index.search("沟车表占", 10).ordinals == ()
    assert index.search("表", 10).ordinals == (3,)


def test_an_empty_index_finds_nothing():
    empty = LexicalIndex(build_postings(()))
    assert len(empty) == 0
    assert empty.search("车位", 10).ordinals == ()


def test_k_of_zero_finds_nothing(index):
    assert index.search("车位", 0).ordinals == ()


def test_a_long_complaint_is_searched_by_its_most_telling_tokens():
    built = build_postings(PASSAGES)
    narrow = LexicalIndex(built, selection=TermSelection(terms=2, common=1.0))
    # 水费 stands in one passage, the others' tokens are no rarer but come later by value.
    assert narrow.search("水费水费水费车位", 10).ordinals == (3,)


def test_the_budget_of_postings_leaves_at_least_one_token():
    tight = LexicalIndex(build_postings(PASSAGES), selection=TermSelection(postings=0))
    assert len(tight.search("水沟", 10))


def test_tokens_that_stand_everywhere_are_used_only_when_nothing_else_is_known():
    rare_only = LexicalIndex(build_postings(PASSAGES), selection=TermSelection(common=0.4))
    assert set(rare_only.search("条例", 10).ordinals) == {0, 1, 2, 3}
    assert set(rare_only.search("条例水费", 10).ordinals) == {3}


def test_parameters_are_told_for_the_manifest():
    assert "k1=" in str(Bm25f())
    assert all(name in str(Bm25f()) for name in FIELD_NAMES)
