"""What is known of a batch while it is worked on: its order, its state, its counts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from advisor.batch.model import Item, UnworkedRow
from advisor.model import Mode, Value

BatchState = Literal["taken", "reading", "working", "grouping", "done", "paused", "failed"]
ENDED: tuple[BatchState, ...] = ("done", "paused", "failed")
"""Nothing more happens by itself in these; a paused or failed batch can be taken up again."""

UNDER_WAY: tuple[BatchState, ...] = ("reading", "working", "grouping")
"""States in which workers have the batch in hand."""

CANNOT_START = 3
"""Exit code of a worker that cannot open what it needs; it has said why on stderr."""

MAX_ATTEMPTS = 3
"""How often a row is begun; one that was never finished is then reported instead."""


class BatchOrder(Value):
    """What was asked for: the file, how its columns are called, and how it is to be worked.

    ``path`` is where the file lies when it was not handed over; ``mapping`` names columns of other
    ledgers (ours → theirs). ``max_cost`` is in the currency of the price settings. ``today`` is the
    day the batch was handed in: every row is judged on the same day, however long it takes.
    """

    source: str
    today: date
    mode: Mode = "extractive"
    path: str | None = None
    mapping: tuple[tuple[str, tuple[str, ...]], ...] = ()
    max_cost: Decimal | None = None


class Batch(Value):
    """A batch as stored; ``round`` counts how often it was taken up, from 1.

    ``rows`` and ``corpus_as_of`` are None until the file is read; ``sha256`` is that of the file.
    """

    id: str
    created_at: datetime
    order: BatchOrder
    sha256: str
    state: BatchState
    round: int = 1
    rows: int | None = None
    corpus_as_of: date | None = None
    reason: str = ""
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    spent: Decimal = Decimal(0)

    @property
    def ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in ENDED


class BatchProgress(Value):
    """A batch with its counts; ``per_second`` and ``seconds_left`` are None while unknown."""

    batch: Batch
    worked: int
    unworked: int
    per_second: float | None = None
    seconds_left: float | None = None

    @property
    def finished(self) -> int:
        """Rows with a result of either kind."""
        return self.worked + self.unworked


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one row: an item, or why there is none.

    ``cost`` is what a model took for it, None where none was asked.
    """

    result: Item | UnworkedRow
    cost: Decimal | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One page of batches, newest first; ``next_cursor`` is None on the last page."""

    batches: tuple[Batch, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of items, the most urgent first; ``next_cursor`` is None on the last page."""

    items: tuple[Item, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A worker process: where it runs, and when it last said that it lives."""

    id: str
    host: str
    pid: int
    seen_at: datetime
