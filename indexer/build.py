"""Builds the index of a corpus and makes it the current generation."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.model import Statute
from indexer.chunker import PassageFields, article_passage, case_passages
from indexer.errors import BuildInProgress, SnapshotError
from indexer.lexical import Bm25f
from indexer.manifest import FORMAT_VERSION
from indexer.pools import ArticleTable, store_articles, store_case_ids, store_postings
from indexer.ports import PassageSource
from indexer.postings import build_postings
from indexer.publish import Draft, build_lock, drafting, publish
from indexer.snapshot import Snapshot, open_current

_UNIT = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class _Gathered:
    """Everything a generation is built from."""

    articles: tuple[PassageFields, ...]
    table: ArticleTable
    cases: tuple[PassageFields, ...]
    case_ids: tuple[str, ...]


def build(library: PassageSource, home: Path, *, force: bool = False) -> Snapshot:
    """The current snapshot of ``library``; built anew only when the corpus or its model changed.

    An empty corpus gives an index that finds nothing.

    Args:
        library: where articles and cases come from.
        home: the folder of the installation; the index lies in ``home/index``.
        force: build even when nothing changed.

    Raises:
        BuildInProgress: another build is running.
        OSError: the index cannot be written; the current generation is untouched.
    """
    if not force and (current := _reusable(library, home)):
        return current
    with build_lock(home) as folder:
        # Whoever held the lock before may have built just this.
        if not force and (current := _reusable(library, home)):
            return current
        with drafting(folder) as draft:
            return _write(draft, library)


def ensure(library: PassageSource, home: Path) -> Snapshot:
    """What a service should serve: the index of this corpus, else the last good one there is.

    When it cannot be built now, because another process is building or the disk is full, the
    generation at hand is served and ``refused`` says why it is not the newest.

    Raises:
        SnapshotError: it cannot be built and there is nothing good to serve.
    """
    try:
        return build(library, home)
    except BuildInProgress as error:
        reason = str(error)
    except OSError as error:
        reason = f"索引无法写入：{error.strerror}"
    served = open_current(home)
    return replace(served, refused=(*served.refused, reason))


def index_fingerprint(library: PassageSource) -> str:
    """What a generation is known by: the corpus, the model and the form of the passages."""
    parts = (str(FORMAT_VERSION), str(Bm25f()), library.fingerprint())
    return hashlib.sha256(_UNIT.join(parts).encode()).hexdigest()


def _write(draft: Draft, library: PassageSource) -> Snapshot:
    model = Bm25f()
    fingerprint = index_fingerprint(library)
    gathered = _gather(library)
    store_postings(draft, "statute", build_postings(gathered.articles, model))
    store_articles(draft, gathered.table)
    store_postings(draft, "case", build_postings(gathered.cases, model))
    store_case_ids(draft, gathered.case_ids)
    counts = {"statute": len(gathered.articles), "case": len(gathered.cases)}
    return publish(draft, corpus=fingerprint, model=str(model), counts=counts)


def _reusable(library: PassageSource, home: Path) -> Snapshot | None:
    """The snapshot that is current, good and of this very corpus."""
    try:
        snapshot = open_current(home)
    except SnapshotError:
        return None
    if snapshot.refused or snapshot.manifest.corpus != index_fingerprint(library):
        return None
    return snapshot


def _gather(library: PassageSource) -> _Gathered:
    places: dict[Statute, int] = {}
    articles: list[PassageFields] = []
    numbers: list[tuple[int, int, int]] = []
    for view in library.articles():
        place = places.setdefault(view.statute, len(places))
        articles.append(article_passage(view).fields)
        numbers.append((place, view.number.main, view.number.sub))
    cases = tuple(case_passages(library.cases()))
    columns = np.array(numbers, dtype=np.uint32).reshape(-1, 3)
    version_of, main, sub = (np.ascontiguousarray(columns[:, i]) for i in range(3))
    return _Gathered(
        articles=tuple(articles),
        table=ArticleTable(tuple(places), version_of, main, sub),
        cases=tuple(passage.fields for passage in cases),
        case_ids=tuple(passage.key for passage in cases),
    )
