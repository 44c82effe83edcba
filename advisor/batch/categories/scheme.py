"""A ledger's scheme of categories 类别体系: what each category is divided into, as words."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from advisor.batch.categories.telling import Telling
from advisor.batch.categories.wording import Wording
from advisor.batch.reading import BATCH_LIMITS
from advisor.errors import RefusedInput
from corpus.ledger_stream import SheetRow, Streamed, stream_csv, stream_workbook
from corpus.limited_parser import LimitedParser

Scheme = tuple[tuple[str, ...], ...]
"""The rows of the scheme's table: 城乡建设, 安全生产, 安全隐患; no column needs a name."""

_MOST_ROWS = 20_000
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


def read_scheme(path: Path) -> Scheme:
    """The table of a scheme; a cell left empty before a filled one stands for the one above.

    Raises:
        RefusedInput: It is too long for a scheme.
        UnreadableDocument: It is no table that can be read.
    """
    rows: list[tuple[str, ...]] = []
    for one in _streamed(path):
        if isinstance(one, SheetRow):
            rows.append(_filled_up(one.cells, rows[-1] if rows else ()))
        if len(rows) > _MOST_ROWS:
            raise RefusedInput("no_scheme", f"{path.name}：超过 {_MOST_ROWS} 行，不像类别体系表。")
    return tuple(rows)


def _streamed(path: Path) -> Iterator[Streamed]:
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(_WORKBOOKS):
        return stream_workbook(path, LimitedParser(BATCH_LIMITS))
    return stream_csv(path)


def _filled_up(cells: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    told = [at for at, cell in enumerate(cells) if cell]
    first = told[0] if told else 0
    return (*above[:first], *cells[first:])


class SchemeWords:
    """How near complaints come to what each category is divided into; immutable.

    Raises:
        RefusedInput: The scheme has none of the categories.
    """

    def __init__(self, names: Sequence[str], scheme: Scheme, tellings: Sequence[Telling]) -> None:
        """``tellings`` tell how rare a word is."""
        found = sorted({pair for row in scheme for pair in _branches(row, names)})
        if not found:
            told = "、".join(names[:8])
            raise RefusedInput("no_scheme", f"类别体系表中没有台账的类别（{told}）及其下级。")
        self._owners = np.array([owner for owner, _ in found])
        self._classes = len(names)
        texts = (text for one in tellings for text in (one.title, one.text))
        self._wording = Wording([phrase for _, phrase in found], texts)

    def perceive(self, tellings: Sequence[Telling]) -> NDArray[np.float32]:
        """The nearest branch of each category to title and text, shape (tellings, 2 · names)."""
        titles = self._wording.similarities([one.title for one in tellings])
        texts = self._wording.similarities([one.text for one in tellings])
        columns = [
            part[:, self._owners == owner].max(axis=1, initial=0.0)
            for part in (titles, texts)
            for owner in range(self._classes)
        ]
        return np.stack(columns, axis=1).astype(np.float32)


def _branches(row: Sequence[str], names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The category of a row and the words of its other cells."""
    owner = next((names.index(cell) for cell in row if cell in names), None)
    words = "，".join(cell for cell in row if cell and cell not in names)
    if owner is not None and words:
        yield owner, words
