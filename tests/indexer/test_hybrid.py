"""The hybrid index: words and meaning together, filters inside, other models never mixed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from indexer.build import build
from indexer.chunker import PassageFields
from indexer.dense import ExactVectorIndex
from indexer.embedders import HashingEmbedder
from indexer.hybrid import HybridIndex
from indexer.lexical import LexicalIndex
from indexer.memory import MemorySource
from indexer.postings import build_postings
from indexer.ranking import Ranking
from indexer.retriever import Retriever

TODAY = date(2024, 6, 1)
TEXTS = ("水沟被堵", "消防通道停车", "排水不畅", "充电车位")


class Meaning:
    """An embedder for which blocked ditches and bad drainage are one thing, all else another."""

    name = "meaning"
    dimension = 2

    def encode(self, texts):
        rows = [[1.0, 0.0] if "水" in text else [0.6, 0.8] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, 2)

    def encode_query(self, query):
        return self.encode((query,))[0]


def hybrid(share=0.8):
    fields = [PassageFields(title="", path="", gist="", text=text) for text in TEXTS]
    vectors = ExactVectorIndex(Meaning().encode(TEXTS))
    return HybridIndex(LexicalIndex(build_postings(fields)), vectors, Meaning(), share=share)


def test_what_shares_no_word_is_found_by_meaning():
    found = hybrid().search("水沟被堵", 4)
    assert found.ordinals == (0, 2, 1, 3)
    assert found.scores == pytest.approx((1.0, 0.8, 0.48, 0.48), abs=1e-6)


def test_words_alone_and_meaning_alone_are_the_two_ends():
    assert hybrid(share=0).search("水沟", 4).ordinals[0] == 0
    assert hybrid(share=1).search("消防通道", 2).ordinals == (1, 3)


def test_only_what_is_allowed_and_at_most_k():
    allowed = np.array([False, True, True, False])
    assert hybrid().search("水沟被堵", 4, allowed=allowed).ordinals == (2, 1)
    assert hybrid().search("水沟被堵", 1).ordinals == (0,)
    assert hybrid().search("水沟被堵", 0) == Ranking()


@pytest.mark.parametrize("query", ["", "？？", "龘靐"])
def test_words_nobody_knows_find_nothing_however_near_a_vector_is(query):
    assert hybrid().search(query, 4) == Ranking()


def search(retriever, query, kind="statute"):
    return retriever.search(query, kind=kind, as_of=TODAY, region=("浙江省",))


@pytest.fixture
def hashing():
    return HashingEmbedder(64)


def test_a_retriever_uses_the_vectors_of_its_embedder(tmp_path, source, hashing):
    snapshot = build(source, tmp_path, embedder=hashing)
    assert snapshot.manifest.embedder == hashing.name
    fused = Retriever(snapshot, source, hashing)
    assert search(fused, "水沟通畅")[0].article.statute.id == "drains-2020"
    assert search(fused, "水沟通畅")[0].score <= 1
    assert search(fused, "垫高挡水", kind="case")[0].case.id == "fill"
    shown = {hit.article.statute.id for hit in search(fused, "水沟")}
    assert shown <= {"parking", "drains-2020", "zhejiang"}


def test_vectors_of_another_model_are_never_used(tmp_path, source, hashing):
    snapshot = build(source, tmp_path, embedder=hashing)
    lexical = search(Retriever(snapshot, source), "水沟通畅")
    assert search(Retriever(snapshot, source, HashingEmbedder(32)), "水沟通畅") == lexical
    assert search(Retriever(snapshot, source, hashing), "水沟通畅") != lexical


def test_another_model_asks_for_a_new_build(tmp_path, source, hashing):
    first = build(source, tmp_path, embedder=hashing)
    assert build(source, tmp_path, embedder=HashingEmbedder(64)) == first
    other = build(source, tmp_path, embedder=HashingEmbedder(32))
    assert other.generation != first.generation
    lexical = build(source, tmp_path)
    assert lexical.manifest.embedder is None
    assert not any(one.name.endswith(".faiss") for one in lexical.manifest.files)


def test_a_new_case_leaves_the_vectors_of_the_statutes(tmp_path, source, hashing):
    first = build(source, tmp_path, embedder=hashing)
    case = source.resolved[0].model_copy(update={"id": "another", "facts": "晾谷场被车占满。"})
    more = replace(source, resolved=(*source.resolved, case))
    second = build(more, tmp_path, embedder=hashing)
    name = "statute/vectors.faiss"
    assert second.manifest.record(name) == first.manifest.record(name)
    assert search(Retriever(second, more, hashing), "晾谷场", kind="case")[0].case.id == "another"


def test_an_empty_corpus_has_no_vectors_and_finds_nothing(tmp_path, hashing):
    retriever = Retriever(
        build(MemorySource(), tmp_path, embedder=hashing), MemorySource(), hashing
    )
    assert search(retriever, "水沟") == ()
    assert search(retriever, "水沟", kind="case") == ()
