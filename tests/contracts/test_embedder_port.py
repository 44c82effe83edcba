"""The contract of ``Embedder``, held by every embedder that is shipped."""

from datetime import date

import numpy as np
import pytest

from indexer.embedders import HashingEmbedder
from indexer.static_embedder import StaticEmbedder
from indexer.static_format import Card, StaticTable
from indexer.tokenizer import tokenize

TEXTS = ("水沟被堵", "消防通道停车", "")


def static():
    """A model of our own making, over just the tokens of these texts."""
    tokens = np.unique(tokenize("".join(TEXTS)))
    vectors = np.random.default_rng(1).standard_normal((len(tokens), 8)).astype(np.float32)
    card = Card(
        seed=1,
        recipe={},
        pairs={},
        texts=0,
        tokens=len(tokens),
        corpus="",
        questions=None,
        as_of=date(2024, 1, 1),
        region=(),
        versions={},
    )
    return StaticEmbedder(StaticTable.quantized(tokens, vectors), card)


@pytest.mark.parametrize(
    "embedder", [HashingEmbedder(), HashingEmbedder(8), static()], ids=lambda e: e.name
)
class TestEmbedderContract:
    def test_shape_and_type(self, embedder):
        vectors = embedder.encode(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32

    def test_no_text_gives_no_row(self, embedder):
        assert embedder.encode(()).shape == (0, embedder.dimension)

    def test_length_one_or_zero_for_a_text_without_tokens(self, embedder):
        lengths = np.linalg.norm(embedder.encode(TEXTS), axis=1)
        assert lengths == pytest.approx([1, 1, 0], abs=1e-5)

    def test_the_same_text_gives_the_same_vector_whatever_stands_beside_it(self, embedder):
        together = embedder.encode(TEXTS)
        assert np.array_equal(together[1], embedder.encode((TEXTS[1],))[0])

    def test_a_text_is_nearest_to_itself(self, embedder):
        vectors = embedder.encode(TEXTS[:2])
        likeness = vectors @ vectors.T
        assert likeness[0, 0] > likeness[0, 1]

    def test_a_query_is_nearest_to_the_passage_of_its_words(self, embedder):
        vector = embedder.encode_query(TEXTS[1])
        assert vector.shape == (embedder.dimension,)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
        assert np.argmax(embedder.encode(TEXTS) @ vector) == 1

    def test_it_has_a_name(self, embedder):
        assert embedder.name


def test_hashing_embedders_of_different_width_have_different_names():
    assert HashingEmbedder(8).name != HashingEmbedder(16).name
