"""Same model: a model that only bears the index's name is found out at the first query."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from indexer.build import build, ensure
from indexer.embedders import HashingEmbedder
from indexer.errors import IndexOfOtherModel, SnapshotMissing
from indexer.memory import MemorySource
from indexer.retriever import Retriever
from indexer.same_model import PROBE, ProvenEmbedder, alike

TODAY = date(2024, 6, 1)


class Named(HashingEmbedder):
    """Vectors of the hashing embedder under any name, turned by a seed."""

    def __init__(self, name, *, dimension=32, seed=None):
        super().__init__(dimension)
        self._called = name
        self._seed = seed

    @property
    def name(self):
        return self._called

    def encode(self, texts):
        vectors = super().encode(texts)
        if self._seed is None:
            return vectors
        random = np.random.default_rng(self._seed)
        turned, _ = np.linalg.qr(random.standard_normal((self.dimension, self.dimension)))
        return (vectors @ turned).astype(np.float32)


def search(retriever):
    return retriever.search("水沟通畅", kind="statute", as_of=TODAY, region=())


@pytest.mark.parametrize("impostor", [Named("示例", seed=1), Named("示例", dimension=16)])
def test_another_model_under_the_same_name_never_gives_neighbours(tmp_path, source, impostor):
    snapshot = build(source, tmp_path, embedder=Named("示例"))
    assert search(Retriever(snapshot, source, Named("示例")))
    retriever = Retriever(snapshot, source, impostor)
    for _ in range(2):
        with pytest.raises(IndexOfOtherModel, match="advisor index build --force"):
            search(retriever)


def test_a_rebuild_by_force_makes_it_usable(tmp_path, source):
    build(source, tmp_path, embedder=Named("示例"))
    other = Named("示例", dimension=16)
    forced = build(source, tmp_path, embedder=other, force=True)
    assert search(Retriever(forced, source, other))


def test_small_differences_are_those_of_a_device():
    vector = HashingEmbedder(64).encode((PROBE,))[0]
    noise = np.random.default_rng(1).standard_normal(64) * 0.005
    assert alike(vector, (vector + noise).astype(np.float32))
    assert alike(vector, vector.astype(np.float16))
    assert not alike(vector, -vector)
    assert not alike(vector, np.zeros(64, dtype=np.float32))
    assert not alike(vector, vector[:32])


def test_it_is_asked_once():
    class Counting(HashingEmbedder):
        asked = 0

        def encode(self, texts):
            self.asked += texts == (PROBE,)
            return super().encode(texts)

    embedder = Counting(32)
    proven = ProvenEmbedder(embedder, HashingEmbedder(32).encode((PROBE,))[0])
    for query in ("水沟", "停车"):
        assert np.array_equal(proven.encode_query(query), embedder.encode_query(query))
    assert embedder.asked == 1


class TestACostlyModel:
    """A start may bring its index up to date, but not make all of it anew."""

    def test_without_an_index_it_asks_for_the_command(self, tmp_path, source):
        with pytest.raises(SnapshotMissing, match="advisor index build"):
            ensure(source, tmp_path, embedder=Named("贵"), new_model=False)

    @pytest.mark.parametrize("earlier", [None, Named("旧")])
    def test_an_index_of_another_model_is_refused(self, tmp_path, source, earlier):
        first = build(source, tmp_path, embedder=earlier)
        told = "当前使用的模型是 贵.*advisor index build .*ADVISOR_EMBEDDER"
        with pytest.raises(IndexOfOtherModel, match=told):
            ensure(source, tmp_path, embedder=Named("贵"), new_model=False)
        assert ensure(source, tmp_path, embedder=earlier) == first

    def test_its_own_index_is_brought_up_to_date(self, tmp_path, source):
        build(replace(source, views=source.views[1:]), tmp_path, embedder=Named("贵"))
        served = ensure(source, tmp_path, embedder=Named("贵"), new_model=False)
        assert served.manifest.counts["statute"] == len(source.views)

    def test_an_empty_index_is_no_exception(self, tmp_path):
        made = build(MemorySource(), tmp_path, embedder=Named("贵"))
        assert ensure(MemorySource(), tmp_path, embedder=Named("贵"), new_model=False) == made
