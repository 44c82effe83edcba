"""A worker process as a crew starts it: ``python -m advisor.jobs ID``, until stdin closes."""

import sys
import time

from advisor.bootstrap import open_services
from advisor.jobs.crafts import crafts_of
from advisor.jobs.worker import serve_until_closed
from advisor.jobs.working import Crafts
from advisor.settings import Settings
from indexer.errors import BuildInProgress, SnapshotMissing

_PATIENCE_SECONDS = 600.0
_AGAIN_SECONDS = 0.5


def _open(settings: Settings) -> Crafts:
    """The crafts, once the index is there: another worker may be building it."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return crafts_of(open_services(settings))
        except (BuildInProgress, SnapshotMissing):
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)


if __name__ == "__main__":
    serve_until_closed(sys.argv[1], _open)
