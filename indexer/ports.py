"""Ports: what the indexer asks of a corpus, of an embedder and of an index."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.library import ArticleView
from corpus.model import ArticleNumber, Case, Statute, Validity
from indexer.chunker import PassageKind
from indexer.ranking import Mask, Ordinals, Ranking, Scores

Vectors = NDArray[np.float32]


class PassageSource(Protocol):
    """What is indexed; ``corpus.library.Library`` fits."""

    def articles(self) -> Iterator[ArticleView]:
        """Every article of every version, always in the same order."""
        ...

    def cases(self) -> Iterable[Case]:
        """Every resolved case."""
        ...

    def fingerprint(self, pool: PassageKind) -> str:
        """Changes whenever an article, its statute or its gist does, or a case; cheap to ask."""
        ...


class TextSource(Protocol):
    """What is shown of the passages found; ``corpus.library.Library`` fits."""

    def article_in(self, statute: Statute, number: ArticleNumber) -> ArticleView | None:
        """One article of one version."""
        ...

    def validity(self, statute: Statute, on: date) -> Validity:
        """Whether a version holds on a day; raises KeyError for one that is not at hand."""
        ...

    def cases(self) -> Iterable[Case]:
        """Every resolved case."""
        ...


class QueryEmbedder(Protocol):
    """Turns what is looked for into a vector."""

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query, shape (dimension,); some models tell it from a passage."""
        ...


class Embedder(QueryEmbedder, Protocol):
    """Turns texts into vectors of one fixed width and of length one."""

    @property
    def name(self) -> str:
        """Identity: two embedders with the same name give passages the same vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension); a text without tokens gives 0."""
        ...


class Reranker(Protocol):
    """Judges the best passages once more, each read together with the query."""

    @property
    def name(self) -> str:
        """Identity: two rerankers with the same name give the same scores."""
        ...

    def score(self, query: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers, between 0 and 1, shape (len(passages),)."""
        ...


class PassageIndex(Protocol):
    """Finds passages for a text."""

    def __len__(self) -> int:
        """Number of passages."""
        ...

    def search(self, query: str, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` best passages among the allowed ones; nothing found is an empty ranking."""
        ...


class VectorIndex(Protocol):
    """Finds passages for a vector."""

    def __len__(self) -> int:
        """Number of passages."""
        ...

    def nearest(self, vector: Vectors, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` passages of greatest positive inner product among the allowed ones."""
        ...

    def likeness(self, vector: Vectors, ordinals: Ordinals) -> Vectors:
        """Inner products of some passages with a vector, shape (n,), or with several, (n, m).

        ``vector`` has shape (dimension,) or (m, dimension).
        """
        ...
