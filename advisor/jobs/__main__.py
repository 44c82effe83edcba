"""A worker process as a crew starts it: ``python -m advisor.jobs ID``, until stdin closes."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from advisor.bootstrap import open_services
from advisor.jobs.crafts import crafts_of
from advisor.jobs.worker import run
from advisor.jobs.working import Crafts
from advisor.settings import Settings
from indexer.errors import BuildInProgress

_PATIENCE_SECONDS = 600.0
_AGAIN_SECONDS = 0.5


def serve_until_closed(worker_id: str, crafts: Callable[[Settings], Crafts]) -> None:
    """Work until whoever started us closes our standard input, or dies; ends the process."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_wait_for_end, args=(stop,), name="leash", daemon=True).start()
    run(Settings(), worker_id, crafts, stop)
    # The threads of the workflows would be waited for; what they do is kept, or done again.
    os._exit(0)


def _open(settings: Settings) -> Crafts:
    """The crafts, once the index is there: another worker may be building it."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return crafts_of(open_services(settings))
        except BuildInProgress:
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)


def _wait_for_end(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


if __name__ == "__main__":
    serve_until_closed(sys.argv[1], _open)
