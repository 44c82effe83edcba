"""Workers for batches beside a service: up while there is work, sent home when there is none."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from advisor.errors import StoreError, WorkersUnavailable
from advisor.jobs.books import Books, open_books
from advisor.jobs.crew import WORKER, Crew, size_of
from advisor.jobs.model import UNDER_WAY
from advisor.settings import Settings

_LOOK_SECONDS = 1.0
_IDLE_SECONDS = 60.0
_AGAIN_SECONDS = 60.0
log = structlog.get_logger("api")


@dataclass(slots=True)
class Shift:
    """Watches the books in a thread; the work itself runs in processes of its own.

    No service that never sees a batch pays for workers: the first batch waits some seconds for
    them, and an idle minute sends them home.
    """

    settings: Settings
    size: int
    command: Sequence[str] = WORKER
    idle_seconds: float = _IDLE_SECONDS
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Watch from now on."""
        self._thread = threading.Thread(target=self._watch, name="shift", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Send the workers home; a batch under way goes on when the service is up again."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        books: Books | None = None
        while not self._stopped.wait(_LOOK_SECONDS):
            try:
                books = books or open_books(self.settings.store_url)
                if _unfinished(books):
                    self._work(books)
            except StoreError as error:
                log.warning("shift_waits", error=type(error).__name__)
            except WorkersUnavailable:
                log.error("workers_unavailable")
                self._stopped.wait(_AGAIN_SECONDS)

    def _work(self, books: Books) -> None:
        with Crew(self.settings, books, self.size, self.command, gently=True) as crew:
            busy = time.monotonic()
            while not self._stopped.wait(_LOOK_SECONDS):
                if _unfinished(books):
                    busy = time.monotonic()
                elif time.monotonic() - busy > self.idle_seconds:
                    return
                crew.watch()


def _unfinished(books: Books) -> bool:
    return bool(books.batches.in_state("taken", *UNDER_WAY))


def shift_of(settings: Settings) -> Shift | None:
    """The shift of a service: one core is left to it; None where it is to start no workers."""
    if settings.batch_workers == 0:
        return None
    return Shift(settings, settings.batch_workers or max(1, size_of(settings) - 1))
