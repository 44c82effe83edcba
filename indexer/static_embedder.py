"""Static embedder: a text's vector is the sum of the learned vectors of its tokens.

A token that stands ``n`` times counts ``round(1 + ln n)`` times: a whole number, so that a library
that only averages rows (model2vec, sentence-transformers' StaticEmbedding) gives the same vector
for :func:`presplit` text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.ports import Vectors
from indexer.static_format import CARD, Card, StaticTable, read_model
from indexer.tokenizer import Tokens, token_text, tokenize, tokenize_many

PIECE = 2048
"""Texts tokenised at once, which bounds memory."""

_OWNER_BITS = np.uint64(42)


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """Texts as bags of rows: text ``i`` holds ``rows[starts[i]:starts[i + 1]]``, ``times`` each."""

    rows: NDArray[np.int64]
    times: NDArray[np.float32]
    starts: NDArray[np.int64]


def times_of(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """How often a token counts that stands so often."""
    times: NDArray[np.float32] = np.rint(1 + np.log(counts)).astype(np.float32)
    return times


def bags_of(texts: Sequence[str], vocabulary: Tokens) -> Bags:
    """The known tokens of each text as places in ``vocabulary`` (ascending), each once."""
    tokens = tokenize_many(texts)
    places = np.searchsorted(vocabulary, tokens.ids)
    places[places == len(vocabulary)] = 0
    known = vocabulary[places] == tokens.ids if len(vocabulary) else np.zeros(0, dtype=np.bool_)
    keys = (tokens.owners[known] << _OWNER_BITS) | places[known].astype(np.uint64)
    distinct, counts = np.unique(keys, return_counts=True)
    owners = (distinct >> _OWNER_BITS).astype(np.int64)
    return Bags(
        rows=(distinct & ((np.uint64(1) << _OWNER_BITS) - np.uint64(1))).astype(np.int64),
        times=times_of(counts),
        starts=np.searchsorted(owners, np.arange(len(texts) + 1)).astype(np.int64),
    )


def presplit(text: str) -> str:
    """A text as the model's tokenizer.json expects it: its tokens between spaces.

    With it, ``model2vec.StaticModel.from_pretrained(folder).encode(presplit(text))`` is
    ``StaticEmbedder.read(folder).encode([text])[0]``.
    """
    distinct, counts = np.unique(tokenize(text), return_counts=True)
    repeated = np.repeat(distinct, times_of(counts).astype(np.int64))
    return " ".join(token_text(int(token)) for token in repeated)


def sums_of(table: StaticTable, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, of length one, shape (len(texts), dimension)."""
    vectors = np.zeros((len(texts), table.rows.shape[1]), dtype=np.float32)
    for begin in range(0, len(texts), PIECE):
        bags = bags_of(texts[begin : begin + PIECE], table.tokens)
        weights = bags.times * table.weights[bags.rows]
        # One text at a time stays in the cache of a core; a whole piece at once would not.
        for place, (head, end) in enumerate(pairwise(bags.starts.tolist()), start=begin):
            rows = table.rows[bags.rows[head:end]].astype(np.float32)
            vectors[place] = weights[head:end] @ rows
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors


class StaticEmbedder:
    """Sums rows of a table; the same on every machine, two milliseconds a query at most."""

    def __init__(self, table: StaticTable, card: Card) -> None:
        """Use :meth:`read` for a stored model."""
        self._table = table
        self._card = card
        digest = next(iter(card.files.values()), "unsaved")
        self._name = f"static-{digest[:16]}"

    @classmethod
    def read(cls, folder: Path) -> "StaticEmbedder":
        """The model in this folder.

        Raises:
            ModelDamaged: a file is missing or is not the one that its card names.
        """
        return cls(*read_model(folder))

    @property
    def name(self) -> str:
        """Identity of the vectors: a digest of the model."""
        return self._name

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return int(self._table.rows.shape[1])

    @property
    def card(self) -> Card:
        """What the model saw."""
        return self._card

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension); zeros for a text without tokens."""
        return sums_of(self._table, texts)

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query is that of the same passage."""
        vector: Vectors = self.encode((query,))[0]
        return vector


def shipped_model() -> Path | None:
    """The folder of the model that comes with the package; None where it was left out."""
    folder = Path(str(files("indexer"))) / "models" / "lay-static"
    return folder if (folder / CARD).is_file() else None
