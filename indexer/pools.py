"""The two pools of a generation, as they are stored and as they are read back.

``statute/``: postings, the versions of statutes, and for each passage its version and article
number. ``case/``: postings, and what `indexer.case_pool` stores. Both hold vectors where an
embedder is in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from corpus.model import ArticleNumber, Statute
from indexer.chunker import PassageFields, PassageKind, embedded_text
from indexer.dense import FaissIndex
from indexer.lexical import Postings
from indexer.ports import Embedder, Vectors
from indexer.publish import Draft
from indexer.same_model import PROBE
from indexer.snapshot import Snapshot

_STATUTES = TypeAdapter(tuple[Statute, ...])
_VECTORS = "statute/vectors.faiss"


@dataclass(frozen=True, slots=True, eq=False)
class ArticleTable:
    """Which article each statute passage is: its version's place in ``versions`` and its number.

    Shapes: version_of, main and sub (n,).
    """

    versions: tuple[Statute, ...]
    version_of: NDArray[np.uint32]
    main: NDArray[np.uint32]
    sub: NDArray[np.uint32]

    def version(self, ordinal: int) -> Statute:
        """The version a passage belongs to."""
        return self.versions[int(self.version_of[ordinal])]

    def number(self, ordinal: int) -> ArticleNumber:
        """The number of the article a passage is."""
        return ArticleNumber(int(self.main[ordinal]), int(self.sub[ordinal]))


def store_postings(draft: Draft, kind: PassageKind, postings: Postings) -> None:
    """Writes the postings of one pool."""
    draft.array(f"{kind}/vocabulary.uint64", postings.vocabulary)
    draft.array(f"{kind}/starts.int64", postings.starts)
    draft.array(f"{kind}/docs.uint32", postings.docs)
    draft.array(f"{kind}/impacts.uint8", postings.impacts)


def read_postings(snapshot: Snapshot, kind: PassageKind) -> Postings:
    """The postings of one pool; their arrays stay on disk until they are touched."""
    return Postings(
        vocabulary=snapshot.array(f"{kind}/vocabulary.uint64"),
        starts=snapshot.array(f"{kind}/starts.int64"),
        docs=snapshot.array(f"{kind}/docs.uint32"),
        impacts=snapshot.array(f"{kind}/impacts.uint8"),
        passages=snapshot.manifest.counts[kind],
    )


def store_vectors(draft: Draft, articles: Sequence[PassageFields], embedder: Embedder) -> None:
    """Embeds the articles and writes their vectors."""
    vectors = embedder.encode([embedded_text(fields) for fields in articles])
    FaissIndex.fitting(vectors).store(draft, _VECTORS)


def read_vectors(snapshot: Snapshot) -> FaissIndex:
    """The vectors of the articles; for a generation whose manifest names an embedder."""
    return FaissIndex.read(snapshot, _VECTORS)


def store_probe(draft: Draft, embedder: Embedder) -> None:
    """Writes by which vector the model is known again."""
    draft.array("probe.float32", embedder.encode((PROBE,))[0])


def read_probe(snapshot: Snapshot) -> Vectors:
    """The vector of ``PROBE``; for a generation whose manifest names an embedder."""
    return snapshot.array("probe.float32")


def store_articles(draft: Draft, table: ArticleTable) -> None:
    """Writes which article each statute passage is."""
    draft.bytes("statute/versions.json", _STATUTES.dump_json(table.versions))
    draft.array("statute/version_of.uint32", table.version_of)
    draft.array("statute/main.uint32", table.main)
    draft.array("statute/sub.uint32", table.sub)


def read_articles(snapshot: Snapshot) -> ArticleTable:
    """Which article each statute passage is."""
    return ArticleTable(
        versions=_STATUTES.validate_json(snapshot.read("statute/versions.json")),
        version_of=snapshot.array("statute/version_of.uint32"),
        main=snapshot.array("statute/main.uint32"),
        sub=snapshot.array("statute/sub.uint32"),
    )
