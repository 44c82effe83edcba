"""Builds the index of a corpus and makes it the current generation."""

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from corpus.model import Statute
from indexer.chunker import Passage, PassageFields, article_passage, case_passages
from indexer.errors import SnapshotError
from indexer.lexical import Bm25f
from indexer.manifest import FORMAT_VERSION
from indexer.pools import ArticleTable, store_articles, store_case_ids, store_postings
from indexer.ports import PassageSource
from indexer.postings import build_postings
from indexer.publish import build_lock, drafting, publish
from indexer.snapshot import Snapshot, open_current

_UNIT = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class _Gathered:
    """Everything a generation is built from, and the fingerprint of all of it."""

    articles: tuple[PassageFields, ...]
    table: ArticleTable
    cases: tuple[PassageFields, ...]
    case_ids: tuple[str, ...]
    fingerprint: str


def build(library: PassageSource, home: Path, *, force: bool = False) -> Snapshot:
    """The current snapshot of ``library``; built anew only when the corpus or its model changed.

    An empty corpus gives an index that finds nothing.

    Args:
        library: where articles and cases come from.
        home: the folder of the installation; the index lies in ``home/index``.
        force: build even when nothing changed.

    Raises:
        BuildInProgress: another build is running.
    """
    model = Bm25f()
    with build_lock(home) as folder:
        gathered = _gather(library, model)
        if not force and (current := _reusable(home, gathered.fingerprint)):
            return current
        with drafting(folder) as draft:
            store_postings(draft, "statute", build_postings(gathered.articles, model))
            store_articles(draft, gathered.table)
            store_postings(draft, "case", build_postings(gathered.cases, model))
            store_case_ids(draft, gathered.case_ids)
            return publish(
                draft,
                corpus=gathered.fingerprint,
                model=str(model),
                counts={"statute": len(gathered.articles), "case": len(gathered.cases)},
            )


def _reusable(home: Path, fingerprint: str) -> Snapshot | None:
    """The snapshot that is current, good and of this very corpus."""
    try:
        snapshot = open_current(home)
    except SnapshotError:
        return None
    if snapshot.refused or snapshot.manifest.corpus != fingerprint:
        return None
    return snapshot


def _gather(library: PassageSource, model: Bm25f) -> _Gathered:
    digest = hashlib.sha256(f"{FORMAT_VERSION}{_UNIT}{model}".encode())
    places: dict[Statute, int] = {}
    articles: list[PassageFields] = []
    numbers: list[tuple[int, int, int]] = []
    for view in library.articles():
        passage = article_passage(view)
        place = places.setdefault(view.statute, len(places))
        if place == len(places) - 1:
            digest.update(repr(astuple(view.statute)).encode())
        articles.append(passage.fields)
        numbers.append((place, view.number.main, view.number.sub))
        digest.update(_bytes(passage))
    cases = tuple(case_passages(library.cases()))
    for passage in cases:
        digest.update(_bytes(passage))
    columns = np.array(numbers, dtype=np.uint32).reshape(-1, 3)
    version_of, main, sub = (np.ascontiguousarray(columns[:, i]) for i in range(3))
    return _Gathered(
        articles=tuple(articles),
        table=ArticleTable(tuple(places), version_of, main, sub),
        cases=tuple(passage.fields for passage in cases),
        case_ids=tuple(passage.key for passage in cases),
        fingerprint=digest.hexdigest(),
    )


def _bytes(passage: Passage) -> bytes:
    parts = (passage.kind, passage.key, *astuple(passage.fields))
    return _UNIT.join(parts).encode("utf-8", "surrogatepass")
