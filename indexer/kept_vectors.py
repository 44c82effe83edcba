"""Kept vectors: what a costly model made of a passage is kept, so that no passage is paid twice.

The file is a cache: it may be deleted whenever no build runs. Queries are never kept.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.ports import Embedder, Vectors
from indexer.same_model import PROBE, alike

PIECE = 256
"""Texts embedded between two commits: what a build that is killed loses at most."""

_STORED = np.dtype("<f2")
_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    embedder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (embedder, text)
)
"""
_PAGE = "PRAGMA page_size = 32768"
"""Bytes; in SQLite's own pages of 4,096 one vector of 2,048 would take a whole page."""


class KeepingEmbedder:
    """Gives the vectors of passages seen before from a file, makes and keeps the others.

    Kept are half-precision numbers, by the SHA-256 of the text and the name of the embedder; new
    vectors are given in the same precision, so that a rebuild gives the same index. A server may
    change the model behind a name: when a fixed text no longer has the vector it had, everything
    kept under that name is thrown away.
    """

    def __init__(
        self, inner: Embedder, path: Path, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        """``tell`` is told in Chinese how far a long run is."""
        self._inner = inner
        self._path = path
        self._tell = tell
        self._checked = False

    @property
    def name(self) -> str:
        """Identity of the vectors: that of the embedder inside."""
        return self._inner.name

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._inner.dimension

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query, made anew each time."""
        return self._inner.encode_query(query)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension); what is new is kept."""
        rows: dict[int, Vectors] = {}
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        with self._open() as kept:
            self._check(kept)
            for place, key in enumerate(keys):
                vector = self._kept(kept, key)
                if vector is not None:
                    rows[place] = vector
            new = [place for place in range(len(texts)) if place not in rows]
            for begin in range(0, len(new), PIECE):
                places = new[begin : begin + PIECE]
                made = self._inner.encode([texts[place] for place in places]).astype(np.float16)
                self._keep(kept, [keys[place] for place in places], made)
                rows.update(zip(places, made.astype(np.float32), strict=True))
                if len(new) > PIECE:
                    self._tell(f"生成向量 {begin + len(places)}/{len(new)}……")
        if not rows:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # As wide as they came: whoever compares them with an index finds out another model.
        return np.stack([rows[place] for place in range(len(texts))])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        kept = sqlite3.connect(self._path, timeout=30)
        try:
            kept.execute(_PAGE)
            kept.execute(_TABLE)
            yield kept
        finally:
            kept.close()

    def _check(self, kept: sqlite3.Connection) -> None:
        """Throws away what another model made under the same name; asked once per process."""
        if self._checked:
            return
        key = hashlib.sha256(PROBE.encode()).digest()
        made = self._inner.encode((PROBE,)).astype(np.float16)
        earlier = self._kept(kept, key)
        if earlier is None or not alike(earlier, made[0]):
            with kept:
                kept.execute("DELETE FROM vectors WHERE embedder = ?", (self.name,))
            self._keep(kept, [key], made)
        self._checked = True

    def _kept(self, kept: sqlite3.Connection, key: bytes) -> Vectors | None:
        query = "SELECT vector FROM vectors WHERE embedder = ? AND text = ?"
        row = kept.execute(query, (self.name, key)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype=_STORED).astype(np.float32)

    def _keep(
        self, kept: sqlite3.Connection, keys: Sequence[bytes], made: NDArray[np.float16]
    ) -> None:
        rows = [
            (self.name, key, one.astype(_STORED).tobytes())
            for key, one in zip(keys, made, strict=True)
        ]
        with kept:
            kept.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
