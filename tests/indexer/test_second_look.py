"""The second look: a reranker's order, what it is asked, and what of its answers is refused."""

from datetime import date

import numpy as np
import pytest

from indexer.build import build
from indexer.embedders import HashingEmbedder
from indexer.errors import ScoresInvalid
from indexer.retriever import Retriever
from indexer.second_look import RERANK_DEPTH, OverlapReranker, reordered

TODAY = date(2024, 6, 1)


class Wanting:
    """Prefers whatever holds a word, and notes what it was asked."""

    name = "wanting"

    def __init__(self, word):
        self.word = word
        self.asked = []

    def score(self, query, passages):
        self.asked.append((query, tuple(passages)))
        return np.array([0.9 if self.word in passage else 0.1 for passage in passages])


class Answering:
    """Gives the same answer whatever is asked."""

    name = "answering"

    def __init__(self, answer):
        self.answer = answer

    def score(self, query, passages):
        return np.array(self.answer)


@pytest.fixture
def open_retriever(tmp_path, source):
    embedder = HashingEmbedder(64)
    snapshot = build(source, tmp_path, embedder=embedder)
    return lambda reranker: Retriever(snapshot, source, embedder, reranker=reranker)


def titles(hits):
    return [hit.article.statute.title for hit in hits]


PLACE = {"as_of": TODAY, "region": ("浙江省",)}


def test_the_reranker_decides_the_order_and_its_scores_are_shown(open_retriever):
    plain = open_retriever(None).search("水沟", kind="statute", **PLACE)
    assert titles(plain)[0] != "示例国停车条例"
    found = open_retriever(Wanting("停车")).search("水沟", kind="statute", k=2, **PLACE)
    assert titles(found) == ["示例国停车条例"] * 2
    assert [hit.score for hit in found] == [0.9, 0.9]


def test_what_lies_below_k_can_come_up(open_retriever):
    wanted = open_retriever(None).search("水沟", kind="statute", k=9, **PLACE)[-1]
    reranker = Wanting(wanted.article.text)
    (best,) = open_retriever(reranker).search("水沟", kind="statute", k=1, **PLACE)
    assert best.article == wanted.article


def test_it_reads_title_heading_and_body_and_nothing_outside_the_filters(open_retriever):
    reranker = Wanting("")
    open_retriever(reranker).search("水沟停车", kind="statute", k=1, **PLACE)
    ((query, passages),) = reranker.asked
    assert query == "水沟停车"
    assert "示例国停车条例\n第二章 罚则\n占用消防通道停放车辆的，责令改正。" in passages
    assert not any("山东" in passage or "收费" in passage for passage in passages)


def test_several_queries_are_judged_once_as_one_text(open_retriever):
    reranker = Wanting("恢复")
    found = open_retriever(reranker).search_many(
        ("公厕异味", "水沟"), kind="case", k=1, as_of=TODAY, region=()
    )
    assert [query for query, _ in reranker.asked] == ["公厕异味\n水沟"]
    assert [hit.case.id for hit in found] == ["fill"]


def test_with_nothing_found_it_is_not_asked(open_retriever):
    reranker = Wanting("")
    retriever = open_retriever(reranker)
    assert retriever.search("龘靐", kind="statute", **PLACE) == ()
    assert retriever.search("水沟", kind="statute", k=0, **PLACE) == ()
    assert retriever.search_many((), kind="case", **PLACE) == ()
    assert reranker.asked == []


def test_beyond_the_depth_the_order_stays_and_no_score_rises():
    passages = [f"段{n}" for n in range(RERANK_DEPTH + 3)]
    scores = [1.0] * RERANK_DEPTH + [0.9, 0.005, 0.001]
    found = reordered(Wanting(f"段{RERANK_DEPTH - 1}"), "问", passages, scores)
    assert found[0] == (RERANK_DEPTH - 1, 0.9)
    assert [place for place, _ in found[1:RERANK_DEPTH]] == list(range(RERANK_DEPTH - 1))
    assert found[RERANK_DEPTH:] == (
        (RERANK_DEPTH, 0.1),
        (RERANK_DEPTH + 1, 0.005),
        (RERANK_DEPTH + 2, 0.001),
    )


@pytest.mark.parametrize("answer", [[0.5], [0.5, np.nan], [[0.5, 0.5]], [0.1, 0.2, 0.3]])
def test_scores_that_do_not_fit_are_refused(answer):
    with pytest.raises(ScoresInvalid, match="重排模型（answering）"):
        reordered(Answering(answer), "问", ("甲", "乙"), (1.0, 1.0))


def test_the_double_counts_what_is_shared():
    scores = OverlapReranker().score("水沟", ("水沟被堵", "水", "停车"))
    assert scores.tolist() == pytest.approx([1, 1 / 3, 0])
    assert OverlapReranker().score("", ("水沟",)).tolist() == [0]
