"""The books of the batches: the tables a worker and a door both write in."""

from collections.abc import Callable
from dataclasses import dataclass

from advisor import clock
from advisor.jobs.model import BatchProgress
from advisor.store.batch_groups import SqlBatchGroups
from advisor.store.batch_rows import UNWORKED, WORKED, SqlBatchRows
from advisor.store.batches import SqlBatches, SqlWorkers
from advisor.store.connection import connect
from advisor.store.migrate import upgrade


@dataclass(frozen=True, slots=True)
class Books:
    """Batches, their rows and groups, and the workers, in one database."""

    batches: SqlBatches
    rows: SqlBatchRows
    groups: SqlBatchGroups
    workers: SqlWorkers
    close: Callable[[], None]
    """Gives back every connection."""

    def progress(self, batch_id: str) -> BatchProgress | None:
        """How far a batch is; None when there is no such batch."""
        found = self.batches.find(batch_id)
        if found is None:
            return None
        counts = self.batches.counts(batch_id)
        worked, unworked = counts.get(WORKED, 0), counts.get(UNWORKED, 0)
        done = worked + unworked
        if found.begun_at is None or done == 0:
            return BatchProgress(batch=found, worked=worked, unworked=unworked)
        took = ((found.ended_at or clock.now()) - found.begun_at).total_seconds()
        speed = done / took if took > 0 else None
        left = (found.rows - done) / speed if speed and found.rows is not None else None
        return BatchProgress(
            batch=found,
            worked=worked,
            unworked=unworked,
            per_second=speed,
            seconds_left=None if found.ended else left,
        )

    def is_complete(self, batch_id: str) -> bool:
        """Whether every row that was read has its result."""
        found = self.batches.find(batch_id)
        if found is None or found.rows is None:
            return False
        return sum(self.batches.counts(batch_id).values()) >= found.rows


def open_books(url: str) -> Books:
    """Open the books at an SQLAlchemy URL, and bring the schema up to date.

    Raises:
        StoreUnavailable: The database cannot be opened; the message says what to do.
    """
    database = connect(url)
    try:
        upgrade(database)
    except BaseException:
        database.dispose()
        raise
    return Books(
        SqlBatches(database),
        SqlBatchRows(database),
        SqlBatchGroups(database),
        SqlWorkers(database),
        database.dispose,
    )
