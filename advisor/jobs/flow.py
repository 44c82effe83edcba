"""The durable workflows of a batch: read in, work range by range, group.

DBOS keeps what was begun and brings it back when a worker dies. What was done stands in our own
tables, so that a workflow begun again, or twice, changes nothing.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance, SetWorkflowID, StepOptions
from sqlalchemy import make_url

from advisor.errors import StoreError
from advisor.jobs.model import Batch
from advisor.jobs.working import Work
from advisor.settings import Settings
from advisor.store.connection import connect

ROWS, MODEL = "batch-rows", "batch-model"
"""Queues: ranges of rows on the processor, and single rows that wait for a model."""

_APPLICATION = "minqing-advisor"
# Fixed: an upgrade of the program goes on with what an earlier one began.
_VERSION = "batch-1"
_POLL_SECONDS = 0.1
_SMALL, _LARGE, _LARGE_FROM = 25, 100, 2000


@DBOS.dbos_class("BatchFlow")
class BatchFlow(DBOSConfiguredInstance):
    """The workflows, bound to the work of this process."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._processor = Lock()
        super().__init__("batch")

    @DBOS.workflow(max_recovery_attempts=None)
    def intake(self, batch_id: str, round_: int, by_model: bool) -> None:
        """Read the file, then put every range of rows in the queue."""
        last = DBOS.run_step(_step("read"), self._read, batch_id)
        if last is None:
            return
        size = 1 if by_model else _LARGE if last > _LARGE_FROM else _SMALL
        for first in range(1, last + 1, size):
            until = min(first + size - 1, last)
            with SetWorkflowID(f"{batch_id}:{round_}:{first}"):
                queue = MODEL if by_model else ROWS
                DBOS.enqueue_workflow(
                    queue, self.rows, batch_id, round_, first, until, not by_model
                )
        if last == 0:
            self._enqueue_end(batch_id, round_)

    @DBOS.workflow(max_recovery_attempts=None)
    def rows(self, batch_id: str, round_: int, first: int, last: int, local: bool) -> None:
        """Work on one range; whoever completes the batch sees to its end."""
        complete = DBOS.run_step(_step("work"), self._rows, batch_id, first, last, local)
        if complete:
            self._enqueue_end(batch_id, round_)

    @DBOS.workflow(max_recovery_attempts=None)
    def end(self, batch_id: str) -> None:
        """Group the items and end the batch."""
        DBOS.run_step(_step("group"), self._group, batch_id)

    def _enqueue_end(self, batch_id: str, round_: int) -> None:
        with SetWorkflowID(f"{batch_id}:{round_}:end"):
            DBOS.enqueue_workflow(ROWS, self.end, batch_id)

    def _read(self, batch_id: str) -> int | None:
        return self._work.read_in(batch_id)

    def _rows(self, batch_id: str, first: int, last: int, local: bool) -> bool:
        if not local:
            return self._work.work(batch_id, first, last)
        with self._processor:  # one range waits ready while the other is worked on
            return self._work.work(batch_id, first, last)

    def _group(self, batch_id: str) -> None:
        with self._processor:
            self._work.group(batch_id)

    def take(self, batch: Batch) -> None:
        """Begin a batch; begun before, it is not begun again."""
        with SetWorkflowID(f"{batch.id}:{batch.round}:intake"):
            DBOS.enqueue_workflow(
                ROWS, self.intake, batch.id, batch.round, batch.order.mode == "llm"
            )

    def recover(self, worker_id: str) -> int:
        """Put what a dead worker had in hand back in its queue; how much that was."""
        left = DBOS.list_workflows(status="PENDING", executor_id=worker_id, load_input=False)
        for queue in {one.queue_name for one in left}:
            ids = [one.workflow_id for one in left if one.queue_name == queue]
            DBOS.resume_workflows(ids, queue_name=queue or ROWS)
        return len(left)

    def is_adrift(self, batch: Batch) -> bool:
        """Whether nobody has a batch in hand or in a queue: its workflows were lost."""
        alive = DBOS.list_workflows(
            workflow_id_prefix=f"{batch.id}:{batch.round}:",
            status=["PENDING", "ENQUEUED", "DELAYED"],
            limit=1,
            load_input=False,
            load_output=False,
        )
        return not alive


@dataclass(frozen=True, slots=True)
class ModelPace:
    """How many rows may wait for the model at once, in all processes, and how many a minute."""

    at_once: int = 4
    per_minute: int | None = None


def launch(work: Work, url: str, worker_id: str, pace: ModelPace) -> BatchFlow:
    """Start the durable workflows of this process; ``url`` is the database they are kept in.

    Raises:
        DBOSException, SQLAlchemyError: That database cannot be used.
    """
    _prepare(url)
    config: DBOSConfig = {
        "name": _APPLICATION,
        "system_database_url": url,
        "executor_id": worker_id,
        "application_version": _VERSION,
        "log_level": "ERROR",
        "enable_otlp": False,
    }
    logging.getLogger("dbos").addHandler(logging.NullHandler())
    DBOS(config=config)
    flow = BatchFlow(work)
    DBOS.launch()
    DBOS.register_queue(ROWS, worker_concurrency=2, polling_interval_sec=_POLL_SECONDS)
    DBOS.register_queue(
        MODEL,
        global_concurrency=pace.at_once,
        limiter={"limit": pace.per_minute, "period": 60.0} if pace.per_minute else None,
        polling_interval_sec=_POLL_SECONDS,
    )
    return flow


def flow_url(settings: Settings) -> str:
    """Where the workflows are kept: in the database of a server, else in a file beside the store.

    SQLite has one writer at a time; in a file of their own the many small notes of the workflows
    do not make results wait.
    """
    url = make_url(settings.store_url)
    if url.get_backend_name() != "sqlite":
        return settings.store_url
    beside = Path(url.database or settings.home / "advisor.db").with_name("jobs.db")
    return f"sqlite:///{beside}"


def _prepare(url: str) -> None:
    """Let readers of a SQLite file go on while one writes; the setting stays with the file."""
    if make_url(url).get_backend_name() == "sqlite":
        database = connect(url)
        with database.begin():
            pass
        database.dispose()


def _step(name: str) -> StepOptions:
    """A step that is tried again while the database is away; anything else is our own fault."""
    return {
        "name": name,
        "retries_allowed": True,
        "max_attempts": 8,
        "interval_seconds": 0.5,
        "should_retry": lambda error: isinstance(error, StoreError),
    }
