"""Builds the index of a corpus and makes it the current generation."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.model import Statute
from indexer.case_pool import MOST_LOOSE, count_loose, store_cases
from indexer.chunker import PassageFields, PassageKind, article_passage
from indexer.errors import BuildInProgress, IndexOfOtherModel, SnapshotError
from indexer.lexical import Bm25f
from indexer.manifest import FORMAT_VERSION
from indexer.pools import (
    ArticleTable,
    store_articles,
    store_postings,
    store_probe,
    store_vectors,
)
from indexer.ports import Embedder, PassageSource
from indexer.postings import build_postings
from indexer.publish import Draft, build_lock, drafting, publish
from indexer.snapshot import Snapshot, open_current

_UNIT = "\x1f"
_REMEDY = (
    "请运行 advisor index build 用当前模型重建索引，或把 ADVISOR_EMBEDDER 改回建立索引时的设置。"
)
_HALF = 32
"""Hex digits of a pool's fingerprint, which is half of a generation's."""


def build(
    library: PassageSource,
    home: Path,
    *,
    embedder: Embedder | None = None,
    force: bool = False,
    loose: int = 0,
) -> Snapshot:
    """The current snapshot of ``library``; built anew only when the corpus or a model changed.

    An empty corpus gives an index that finds nothing.

    Args:
        library: where articles and cases come from.
        home: the folder of the installation; the index lies in ``home/index``.
        embedder: what makes the vectors; without one the index is lexical.
        force: build even when nothing changed.
        loose: as long as only cases changed, and no more than this, the generation at hand is
            enough: a pool of cases takes up the rest when it is opened.

    Raises:
        BuildInProgress: another build is running.
        OSError: the index cannot be written; the current generation is untouched.
    """
    if not force and (current := _reusable(library, home, embedder, loose)):
        return current
    with build_lock(home) as folder:
        # Whoever held the lock before may have built just this.
        if not force and (current := _reusable(library, home, embedder, loose)):
            return current
        with drafting(folder) as draft:
            return _write(draft, library, embedder, None if force else _good(home))


def ensure(
    library: PassageSource,
    home: Path,
    *,
    embedder: Embedder | None = None,
    new_model: bool = True,
) -> Snapshot:
    """What a service should serve: the index of this corpus, else the last good one there is.

    When it cannot be built now, because another process is building or the disk is full, the
    generation at hand is served and ``refused`` says why it is not the newest.

    Args:
        library: where articles and cases come from.
        home: the folder of the installation.
        embedder: what makes the vectors; without one the index is lexical.
        new_model: whether all vectors may be made anew when they are another model's. Where that
            takes hours or money, a start must not do it unasked.

    Raises:
        IndexOfOtherModel: the vectors are another model's and must not be made anew.
        SnapshotError: it cannot be built and there is nothing good to serve.
    """
    if embedder is not None and not new_model:
        _refuse_other_model(open_current(home), embedder)
    try:
        return build(library, home, embedder=embedder, loose=MOST_LOOSE)
    except BuildInProgress as error:
        reason = str(error)
    except OSError as error:
        reason = f"索引无法写入：{error.strerror}"
    served = open_current(home)
    return replace(served, refused=(*served.refused, reason))


def _refuse_other_model(snapshot: Snapshot, embedder: Embedder) -> None:
    if snapshot.manifest.embedder != embedder.name:
        found = snapshot.manifest.embedder or "（无，仅按字词检索）"
        raise IndexOfOtherModel(found, embedder.name, _REMEDY)


def index_fingerprint(library: PassageSource, embedder: Embedder | None = None) -> str:
    """What a generation is known by: the corpus, the models and the form of the passages.

    Two halves, of the statutes and of the cases, so that a pool that did not change is known.
    """
    made = (str(FORMAT_VERSION), str(Bm25f()), embedder.name if embedder else "")
    return ".".join(_pool_fingerprint(library, pool, made) for pool in ("statute", "case"))


def _pool_fingerprint(library: PassageSource, pool: PassageKind, made: Sequence[str]) -> str:
    parts = (*made, library.fingerprint(pool))
    return hashlib.sha256(_UNIT.join(parts).encode()).hexdigest()[:_HALF]


def _write(
    draft: Draft, library: PassageSource, embedder: Embedder | None, earlier: Snapshot | None
) -> Snapshot:
    """A generation of this corpus; the statutes' pool is that of an earlier one if it can be."""
    fingerprint = index_fingerprint(library, embedder)
    if embedder is not None:
        store_probe(draft, embedder)
    statutes = _adopted(draft, earlier, fingerprint)
    if statutes is None:
        statutes = _write_statutes(draft, library, embedder)
    cases = store_cases(draft, library.cases(), embedder)
    return publish(
        draft,
        corpus=fingerprint,
        model=str(Bm25f()),
        embedder=embedder.name if embedder else None,
        counts={"statute": statutes, "case": cases},
    )


def _adopted(draft: Draft, earlier: Snapshot | None, fingerprint: str) -> int | None:
    """Take over the statutes of an earlier generation of the same statutes: how many articles."""
    if earlier is None or not _same_statutes(earlier, fingerprint):
        return None
    if not draft.adopt(earlier, "statute/"):
        return None
    return earlier.manifest.counts["statute"]


def _write_statutes(draft: Draft, library: PassageSource, embedder: Embedder | None) -> int:
    places: dict[Statute, int] = {}
    articles: list[PassageFields] = []
    numbers: list[tuple[int, int, int]] = []
    for view in library.articles():
        place = places.setdefault(view.statute, len(places))
        articles.append(article_passage(view).fields)
        numbers.append((place, view.number.main, view.number.sub))
    columns = np.array(numbers, dtype=np.uint32).reshape(-1, 3)
    version_of, main, sub = (np.ascontiguousarray(columns[:, i]) for i in range(3))
    store_postings(draft, "statute", build_postings(articles, Bm25f()))
    if embedder is not None:
        store_vectors(draft, articles, embedder)
    store_articles(draft, ArticleTable(tuple(places), version_of, main, sub))
    return len(articles)


def _reusable(
    library: PassageSource, home: Path, embedder: Embedder | None, loose: int
) -> Snapshot | None:
    """The snapshot that is current, good, and near enough to this corpus and these models."""
    snapshot = _good(home)
    if snapshot is None:
        return None
    fingerprint = index_fingerprint(library, embedder)
    if snapshot.manifest.corpus == fingerprint:
        return snapshot
    if loose == 0 or not _same_statutes(snapshot, fingerprint):
        return None
    return snapshot if count_loose(snapshot, library.cases()) <= loose else None


def _same_statutes(snapshot: Snapshot, fingerprint: str) -> bool:
    return snapshot.manifest.corpus[:_HALF] == fingerprint[:_HALF]


def _good(home: Path) -> Snapshot | None:
    """The current snapshot, when nothing speaks against it."""
    try:
        snapshot = open_current(home)
    except SnapshotError:
        return None
    return None if snapshot.refused else snapshot
