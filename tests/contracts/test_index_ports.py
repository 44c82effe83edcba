"""The contracts of ``PassageIndex`` and ``VectorIndex``, held by every index that is shipped."""

import numpy as np
import pytest

from indexer import dense
from indexer.chunker import PassageFields
from indexer.dense import ExactVectorIndex, FaissIndex
from indexer.embedders import HashingEmbedder
from indexer.errors import SnapshotDamaged, VectorMismatch
from indexer.lexical import LexicalIndex
from indexer.postings import build_postings
from indexer.publish import build_lock, drafting, publish
from indexer.snapshot import open_current

TEXTS = ("水沟被堵", "消防通道停车", "充电车位", "消防通道停车", "水沟清理收费")
EMBEDDER = HashingEmbedder(64)


class EmbeddedPassages:
    """A passage index made of an embedder and a vector index."""

    def __init__(self, vectors):
        self._vectors = vectors

    def __len__(self):
        return len(self._vectors)

    def search(self, query, k, *, allowed=None):
        return self._vectors.nearest(EMBEDDER.encode((query,))[0], k, allowed=allowed)


def lexical():
    fields = [PassageFields(title="", path="", gist="", text=text) for text in TEXTS]
    return LexicalIndex(build_postings(fields))


def faiss_from_snapshot(tmp_path):
    with build_lock(tmp_path) as folder, drafting(folder) as draft:
        FaissIndex.flat(EMBEDDER.encode(TEXTS)).store(draft, "dense.faiss")
        publish(draft, corpus="test", model="test", counts={})
    return FaissIndex.read(open_current(tmp_path), "dense.faiss")


@pytest.fixture(params=["lexical", "exact", "faiss", "faiss in lists", "faiss stored"])
def index(request, tmp_path):
    if request.param == "lexical":
        return lexical()
    vectors = EMBEDDER.encode(TEXTS)
    made = {
        "exact": lambda: ExactVectorIndex(vectors),
        "faiss": lambda: FaissIndex.flat(vectors),
        "faiss in lists": lambda: FaissIndex.listed(vectors),
        "faiss stored": lambda: faiss_from_snapshot(tmp_path),
    }
    return EmbeddedPassages(made[request.param]())


class TestPassageIndexContract:
    def test_it_knows_its_size(self, index):
        assert len(index) == len(TEXTS)

    def test_the_best_comes_first_and_equals_keep_their_order(self, index):
        assert index.search("消防通道停车", 2).ordinals == (1, 3)

    def test_scores_are_positive_and_fall(self, index):
        scores = index.search("水沟", 5).scores
        assert list(scores) == sorted(scores, reverse=True)
        assert min(scores) > 0

    def test_at_most_k(self, index):
        assert len(index.search("消防通道停车", 1)) == 1
        assert len(index.search("消防通道停车", 0)) == 0
        assert len(index.search("消防通道停车", 99)) <= len(TEXTS)

    def test_only_what_is_allowed(self, index):
        allowed = np.array([True, False, True, True, False])
        assert index.search("消防通道停车", 1, allowed=allowed).ordinals == (3,)
        assert not len(index.search("消防通道停车", 5, allowed=np.zeros(5, dtype=bool)))

    def test_nothing_asked_finds_nothing(self, index):
        assert not len(index.search("", 5))

    def test_the_same_question_has_the_same_answer(self, index):
        assert index.search("水沟", 5) == index.search("水沟", 5)


@pytest.fixture(params=[ExactVectorIndex, FaissIndex.flat], ids=["exact", "faiss"])
def vector_index(request):
    return request.param


class TestVectorIndexContract:
    def test_an_empty_index_finds_nothing(self, vector_index):
        empty = vector_index(np.zeros((0, 4), dtype=np.float32))
        assert len(empty) == 0
        assert not len(empty.nearest(np.ones(4, dtype=np.float32), 3))

    def test_what_points_away_is_not_found(self, vector_index):
        index = vector_index(np.array([[1, 0], [-1, 0], [0, 1]], dtype=np.float32))
        assert index.nearest(np.array([1, 0], dtype=np.float32), 3).ordinals == (0,)

    @pytest.mark.parametrize("bad", [np.ones(3), np.array([np.nan, 0]), np.ones((1, 2))])
    def test_a_vector_that_does_not_fit_is_refused(self, vector_index, bad):
        index = vector_index(np.eye(2, dtype=np.float32))
        with pytest.raises(VectorMismatch, match="向量与索引不符"):
            index.nearest(bad.astype(np.float32), 1)

    def test_the_likeness_of_some_passages(self, vector_index):
        index = vector_index(np.array([[1, 0], [-1, 0], [0, 1]], dtype=np.float32))
        likeness = index.likeness(np.array([1, 0], dtype=np.float32), np.array([1, 2, 0]))
        assert likeness.tolist() == [-1, 0, 1]
        none = index.likeness(np.array([1, 0], dtype=np.float32), np.zeros(0, dtype=np.int64))
        assert none.shape == (0,)


def test_coded_vectors_rank_nearly_as_the_exact_ones():
    random = np.random.default_rng(3)
    vectors = random.standard_normal((500, 16)).astype(np.float32)
    exact, coded = ExactVectorIndex(vectors), FaissIndex.coded(vectors)
    assert len(coded) == 500
    for query in random.standard_normal((20, 16)).astype(np.float32):
        allowed = random.random(500) < 0.3
        expected = exact.nearest(query, 20, allowed=allowed)
        found = coded.nearest(query, 20, allowed=allowed)
        assert allowed[list(found.ordinals)].all()
        assert len(set(found.ordinals) & set(expected.ordinals)) >= 18
        assert found.scores == pytest.approx(expected.scores, abs=0.2)


@pytest.fixture(scope="module")
def clustered():
    """Vectors in heaps, as texts are, and queries near some of them."""
    random = np.random.default_rng(5)
    heaps = random.standard_normal((40, 16))
    vectors = (heaps[random.integers(0, 40, 4000)] + random.standard_normal((4000, 16)) / 2).astype(
        np.float32
    )
    return vectors, vectors[:30]


@pytest.mark.parametrize("share", [1.0, 0.4, 0.01])
def test_lists_find_nearly_what_a_full_search_finds_under_any_filter(clustered, share):
    vectors, queries = clustered
    exact, listed = ExactVectorIndex(vectors), FaissIndex.listed(vectors)
    allowed = np.random.default_rng(8).random(len(vectors)) < share
    found = expected = 0
    for query in queries:
        true = exact.nearest(query, 20, allowed=allowed).ordinals
        near = listed.nearest(query, 20, allowed=allowed).ordinals
        assert allowed[list(near)].all()
        expected += len(true)
        found += len(set(near) & set(true))
    assert found >= 0.9 * expected


def test_lists_are_not_all_read_where_much_is_allowed(clustered, monkeypatch):
    vectors, queries = clustered
    monkeypatch.setattr(dense, "_EXACT_ALLOWED", 100)
    monkeypatch.setattr(dense, "_LEAST_SHARE", 0.01)
    exact, listed = ExactVectorIndex(vectors), FaissIndex.listed(vectors)
    few = np.zeros(len(vectors), dtype=bool)
    few[::40] = True
    query = queries[0]
    assert listed.nearest(query, 500).ordinals != exact.nearest(query, 500).ordinals
    near = listed.nearest(query, 90, allowed=few).ordinals
    assert set(near) == set(exact.nearest(query, 90, allowed=few).ordinals)


def test_lists_are_stored_and_know_each_vector_again(clustered, tmp_path):
    vectors, queries = clustered
    listed = FaissIndex.listed(vectors)
    with build_lock(tmp_path) as folder, drafting(folder) as draft:
        listed.store(draft, "dense.faiss")
        publish(draft, corpus="test", model="test", counts={})
    stored = FaissIndex.read(open_current(tmp_path), "dense.faiss")
    assert stored.nearest(queries[0], 20) == listed.nearest(queries[0], 20)
    some = np.array([5, 3999, 17])
    likeness = ExactVectorIndex(vectors).likeness(queries[0], some)
    assert stored.likeness(queries[0], some) == pytest.approx(likeness, abs=0.3)


def test_the_kind_of_index_goes_by_the_number_of_passages(monkeypatch, clustered):
    vectors, queries = clustered
    coded = FaissIndex.coded(vectors).nearest(queries[0], 50)
    assert FaissIndex.fitting(vectors).nearest(queries[0], 50) == coded
    monkeypatch.setattr(dense, "EXACT_LIMIT", 10)
    listed = FaissIndex.listed(vectors).nearest(queries[0], 50)
    assert FaissIndex.fitting(vectors).nearest(queries[0], 50) == listed


def test_no_vectors_can_be_coded_and_stored(tmp_path):
    with build_lock(tmp_path) as folder, drafting(folder) as draft:
        FaissIndex.coded(np.zeros((0, 4), dtype=np.float32)).store(draft, "dense.faiss")
        publish(draft, corpus="test", model="test", counts={})
    empty = FaissIndex.read(open_current(tmp_path), "dense.faiss")
    assert not len(empty.nearest(np.ones(4, dtype=np.float32), 3))


def test_faiss_ranks_as_plain_numpy_does():
    random = np.random.default_rng(7)
    vectors = random.standard_normal((500, 16)).astype(np.float32)
    exact, flat = ExactVectorIndex(vectors), FaissIndex.flat(vectors)
    for query in random.standard_normal((20, 16)).astype(np.float32):
        allowed = random.random(500) < 0.3
        expected = exact.nearest(query, 10, allowed=allowed)
        found = flat.nearest(query, 10, allowed=allowed)
        assert found.ordinals == expected.ordinals
        assert found.scores == pytest.approx(expected.scores, rel=1e-4)


def test_a_changed_faiss_file_is_never_read(tmp_path):
    faiss_from_snapshot(tmp_path)
    snapshot = open_current(tmp_path)
    path = snapshot.folder / "dense.faiss"
    pristine = path.read_bytes()
    for place in range(0, len(pristine), 37):
        damaged = bytearray(pristine)
        damaged[place] ^= 4
        path.write_bytes(damaged)
        with pytest.raises(SnapshotDamaged, match=r"dense\.faiss"):
            FaissIndex.read(snapshot, "dense.faiss")
