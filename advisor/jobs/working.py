"""Working on a batch: its file read in, its rows made into items, its groups found.

Every part may be begun again at any moment, by anyone: what is stored is passed over, and a row's
second result is refused by the database. That is what makes a killed worker cost nothing.
"""

import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import structlog

from advisor.batch.model import BatchRow, Groups, Item, UnworkedRow
from advisor.errors import AdvisorError, RefusedInput, StoreError
from advisor.jobs.books import Books
from advisor.jobs.model import MAX_ATTEMPTS, Batch, BatchOrder, Outcome
from corpus.errors import CorpusError

_READ_AT_ONCE = 500
_SLICE = 10
"""Rows begun and stored together; after a crash each of them is begun alone."""
_EXCERPT = 60
_PARKED_SECONDS = 0.5
_T = TypeVar("_T")
log = structlog.get_logger("advisor")


ItemsOf = Callable[[Sequence[int]], Iterator[Item]]
"""Gives the items of a batch with these numbers; all of them, one by one, for none."""


@dataclass(frozen=True, slots=True)
class Crafts:
    """What a worker can do; the doors hand in the real ones, a test its own.

    ``read`` gives a file's rows, ``make`` the outcome of one (without a model where told so),
    ``group`` what belongs together among the items of a batch.
    """

    read: Callable[[Path, BatchOrder], Iterable[BatchRow | UnworkedRow]]
    make: Callable[[BatchRow, Batch, bool], Outcome]
    group: Callable[[ItemsOf, BatchOrder], Groups]
    corpus_as_of: date


@dataclass(slots=True)
class Pulse:
    """What is in hand now, and since when; once leaving, nothing more is taken in hand."""

    begun: dict[int, float] = field(default_factory=dict)
    leaving: threading.Event = field(default_factory=threading.Event)

    def longest(self) -> float:
        """Seconds since the oldest work in hand began; 0 when there is none."""
        begun = list(self.begun.values())
        return time.monotonic() - min(begun) if begun else 0.0

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Hold some rows in hand; a worker that is leaving stays here until its process ends."""
        while self.leaving.is_set():
            time.sleep(_PARKED_SECONDS)
        here = threading.get_ident()
        self.begun[here] = time.monotonic()
        try:
            yield
        finally:
            self.begun.pop(here, None)


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one worker on the books."""

    books: Books
    crafts: Crafts
    pulse: Pulse = field(default_factory=Pulse)

    def read_in(self, batch_id: str) -> int | None:
        """Store the rows of the file; the last one's number, None when the batch goes no further.

        A file that cannot be read ends the batch, with the reason.
        """
        batches = self.books.batches
        batches.move(batch_id, "reading", ("taken",))
        found = batches.find(batch_id)
        if found is None or found.ended:
            return None
        if found.rows is None:
            try:
                rows = self._read(found)
            except (CorpusError, AdvisorError, OSError) as error:
                if isinstance(error, StoreError):
                    raise
                batches.move(batch_id, "failed", ("reading",), reason=_told(error))
                return None
            known = {"rows": rows, "corpus_as_of": self.crafts.corpus_as_of}
            batches.move(batch_id, "working", ("reading",), values=known)
            batches.drop_content(batch_id)
        else:
            batches.move(batch_id, "working", ("reading",))
        return self.books.rows.last_number(batch_id)

    def _read(self, found: Batch) -> int:
        content = self.books.batches.content(found.id)
        if content is None:
            return self._store_rows(found, Path(found.order.path or found.order.source))
        with tempfile.TemporaryDirectory(prefix="batch-") as folder:
            path = Path(folder, "batch" + Path(found.order.source).suffix)
            path.write_bytes(content)
            return self._store_rows(found, path)

    def _store_rows(self, found: Batch, path: Path) -> int:
        count = 0
        for some in _pieces(self.crafts.read(path, found.order), _READ_AT_ONCE):
            self.books.rows.put(found.id, some)
            count += len(some)
        return count

    def work(self, batch_id: str, first: int, last: int) -> bool:
        """Give every row of a range its result; whether the whole batch is complete then."""
        waiting = self.books.rows.waiting(batch_id, first, last)
        again = [(row, begun) for row, begun in waiting if begun]
        fresh = [row for row, begun in waiting if not begun]
        for some in _pieces(fresh, _SLICE):
            found = self._going_on(batch_id)
            if found is None:
                return False
            with self.pulse.in_hand():
                again += [(row, 1) for row in self._together(found, some)]
        for row, begun in again:
            found = self._going_on(batch_id)
            if found is None:
                return False
            with self.pulse.in_hand():
                self._alone(found, row, begun)
        return self.books.is_complete(batch_id)

    def _going_on(self, batch_id: str) -> Batch | None:
        found = self.books.batches.find(batch_id)
        return found if found and found.state == "working" else None

    def _together(self, found: Batch, rows: Sequence[BatchRow]) -> list[BatchRow]:
        """Begin some rows at once and store what came of them; the rows that failed."""
        self.books.rows.begin(found.id, [row.number for row in rows])
        outcomes, failed = [], []
        for row in rows:
            outcome = self._made(found, row, alone=False)
            if outcome is None:
                failed.append(row)
            else:
                outcomes.append(outcome)
        self.books.rows.keep(found.id, outcomes)
        return failed

    def _alone(self, found: Batch, row: BatchRow, begun: int) -> None:
        """Begin a row that failed, or whose worker died, by itself; at last without a model."""
        while begun < MAX_ATTEMPTS:
            self.books.rows.begin(found.id, (row.number,))
            begun += 1
            outcome = self._made(found, row, alone=begun == MAX_ATTEMPTS)
            if outcome is not None:
                self.books.rows.keep(found.id, (outcome,))
                return
        self.books.rows.keep(found.id, (Outcome(failed_row(row)),))

    def _made(self, found: Batch, row: BatchRow, *, alone: bool) -> Outcome | None:
        begun = time.monotonic()
        try:
            made = self.crafts.make(row, found, alone)
        except StoreError:
            raise
        except RefusedInput as error:
            return Outcome(unworked(row, error.code, str(error)))
        except Exception as error:
            # Its message may quote the complaint.
            log.warning("row_failed", batch=found.id, number=row.number, error=type(error).__name__)
            return None
        return Outcome(made.result, made.cost, round(time.monotonic() - begun, 4))

    def group(self, batch_id: str) -> None:
        """Find what belongs together among the items, and end the batch."""
        batches = self.books.batches
        batches.move(batch_id, "grouping", ("working",))
        found = batches.find(batch_id)
        if found is None or found.state != "grouping":
            return
        reason = ""
        try:
            groups = self.crafts.group(partial(self.books.rows.items, batch_id), found.order)
            self.books.groups.put(batch_id, groups)
        except StoreError:
            raise
        except Exception as error:
            log.error("grouping_failed", batch=batch_id, error=type(error).__name__)
            reason = "归并分组未完成（程序内部出错），清单不受影响。"
        batches.move(batch_id, "done", ("grouping",), reason=reason)


def _pieces(rows: Iterable[_T], size: int) -> Iterator[tuple[_T, ...]]:
    several = iter(rows)
    while piece := tuple(islice(several, size)):
        yield piece


def failed_row(row: BatchRow) -> UnworkedRow:
    """The report of a row that was begun as often as is allowed and never finished."""
    told = f"处理本行时程序出错，已重试 {MAX_ATTEMPTS} 次，请人工办理并联系系统维护人员。"
    return unworked(row, "failed", told)


def unworked(row: BatchRow, code: str, reason: str) -> UnworkedRow:
    """The report of a row nothing was made of."""
    return UnworkedRow(
        number=row.number,
        sheet=row.sheet,
        line=row.line,
        code=code,
        reason=reason,
        ref=row.ref,
        excerpt=row.whole[:_EXCERPT],
    )


def _told(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"无法读取文件：{error.strerror or '读取失败'}。"
    return str(error)
