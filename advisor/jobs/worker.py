"""One worker process: it opens everything once, works until told to stop, and minds the others."""

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from advisor import clock
from advisor.errors import AdvisorError, StoreError
from advisor.jobs.books import Books, open_books
from advisor.jobs.flow import BatchFlow, ModelPace, flow_url, launch
from advisor.jobs.model import CANNOT_START, UNDER_WAY, WorkerSeen
from advisor.jobs.working import Crafts, Pulse, Work
from advisor.settings import Settings
from corpus.errors import CorpusError
from indexer.errors import IndexerError

BEAT_SECONDS = 0.5
LAPSE_SECONDS = 15.0
"""A worker of another machine that is silent for so long is taken for dead."""
_LOOK_SECONDS = 0.3
_ADRIFT_SECONDS = 10.0
_LEAVE_SECONDS = 20
_SHORT_SECONDS = 0.05
log = structlog.get_logger("advisor")


@dataclass(slots=True)
class Heart:
    """Says again and again that this worker lives, and stops when its work has hung too long.

    A worker that hangs is silent like a dead one, so one watch finds both.
    """

    books: Books
    worker_id: str
    longest: float
    pulse: Pulse = field(default_factory=Pulse)
    stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Beat in a thread of its own until stopped."""
        threading.Thread(target=self._beat, name="heart", daemon=True).start()

    def _beat(self) -> None:
        host, pid = socket.gethostname(), os.getpid()
        while True:
            if self.pulse.longest() < self.longest:
                with suppress(StoreError):  # the database may come back
                    self.books.workers.beat(self.worker_id, host, pid)
            if self.stopped.wait(BEAT_SECONDS):
                return


@dataclass(slots=True)
class Steward:
    """Takes up batches handed in, and what dead workers left behind."""

    books: Books
    flow: BatchFlow
    worker_id: str
    taken: set[tuple[str, int]] = field(default_factory=set)
    looked_adrift: float = 0.0

    def look(self) -> None:
        """Look once at what has come in and who has died."""
        for batch in self.books.batches.in_state("taken"):
            if (batch.id, batch.round) not in self.taken:
                self.flow.take(batch)
                self.taken.add((batch.id, batch.round))
        for other in self.books.workers.seen():
            if other.id != self.worker_id and is_dead(other) and self.books.workers.claim(other):
                left = self.flow.recover(other.id)
                self.books.workers.dismiss(other.id)
                log.warning("worker_lost", worker=other.id, taken_over=left)
        if time.monotonic() - self.looked_adrift > _ADRIFT_SECONDS:
            self.looked_adrift = time.monotonic()
            self._take_adrift()

    def _take_adrift(self) -> None:
        """A batch whose workflows were lost, as after a restored backup, is begun anew."""
        for batch in self.books.batches.in_state(*UNDER_WAY):
            if self.flow.is_adrift(batch):
                self.books.batches.move(batch.id, "taken", UNDER_WAY)


def is_dead(worker: WorkerSeen) -> bool:
    """Whether a worker is gone: at once where its process can be asked for, else by its silence."""
    silent = (clock.now() - worker.seen_at).total_seconds()
    if worker.host != socket.gethostname() or os.name != "posix":
        return silent > LAPSE_SECONDS
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _is_zombie(worker.pid) or silent > 4 * LAPSE_SECONDS


def _is_zombie(pid: int) -> bool:
    """Whether a process has ended and nobody has taken note; False where that cannot be seen."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"


def serve_until_closed(worker_id: str, crafts_of: Callable[[Settings], Crafts]) -> None:
    """Work until whoever started us closes our standard input, or dies; ends the process."""
    _log_plainly()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_wait_for_end, args=(stop,), name="leash", daemon=True).start()
    try:
        run(Settings(), worker_id, crafts_of, stop)
    except (AdvisorError, CorpusError, IndexerError) as error:
        print(f"错误：{error}", file=sys.stderr, flush=True)  # noqa: T201 - the worker's own door
        os._exit(CANNOT_START)
    # The threads of the workflows would be waited for; what they do is kept, or done again.
    os._exit(0)


def _wait_for_end(stop: threading.Event) -> None:
    while os.read(0, 1024):  # a buffered reader would hold the interpreter back at its end
        pass
    stop.set()


def _log_plainly() -> None:
    """One JSON object per line on stderr; what a library tells may quote a complaint."""
    logging.disable(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def run(
    settings: Settings,
    worker_id: str,
    crafts_of: Callable[[Settings], Crafts],
    stop: threading.Event,
) -> None:
    """Work on batches until ``stop`` is set; what is in hand then is finished first, in reason.

    The process is expected to end at once after that.
    """
    books = open_books(settings.store_url)
    heart = Heart(books, worker_id, settings.batch_stall)
    heart.start()
    work = Work(books, crafts_of(settings), heart.pulse)
    pace = ModelPace(settings.llm_concurrency, settings.llm_per_minute)
    flow = launch(work, flow_url(settings), worker_id, pace)
    steward = Steward(books, flow, worker_id)
    log.info("worker_ready", worker=worker_id)
    while not stop.wait(_LOOK_SECONDS):
        with suppress(StoreError):
            steward.look()
    _finish(heart.pulse)


def _finish(pulse: Pulse) -> None:
    """Let what is in hand be stored; what is still in the queue is there for others."""
    pulse.leaving.set()
    until = time.monotonic() + _LEAVE_SECONDS
    while pulse.begun and time.monotonic() < until:
        time.sleep(_SHORT_SECONDS)
