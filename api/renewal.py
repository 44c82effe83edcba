"""Renewal: a running service takes up what was added to the collection or the town's knowledge."""

import asyncio
import threading
from collections.abc import Callable
from typing import Protocol

import structlog

from advisor.bootstrap import Services, renewed
from api.logs import frames_of
from corpus.town import Stamp, load_with_town, stamp
from indexer.snapshot import index_folder, read_pointer

CHECK_SECONDS = 3.0
AGAIN_SECONDS = 60.0
"""After a failure: opening a whole collection costs seconds of a core."""

log = structlog.get_logger("api")


class Serving(Protocol):
    """What serves requests with the services it was last given."""

    def services(self) -> Services:
        """Those in use."""

    def renew(self, services: Services) -> None:
        """Use these from the next request on."""


class Renewal:
    """Opens the services anew when the home holds something newer, and swaps them.

    Newer is another index generation, or another state of the town's knowledge. What is being
    worked on goes on with the services it began with.

    Args:
        serving: where they are used.
        renew: how they are opened anew.
        settled: called after each swap.
        every: seconds between two looks at the pointer, a file of one line, and at the sizes and
            times of the town's files.
    """

    def __init__(
        self,
        serving: Serving,
        *,
        renew: Callable[[Services], Services] = renewed,
        settled: Callable[[], None] = lambda: None,
        every: float = CHECK_SECONDS,
    ) -> None:
        self.every = every
        self._serving = serving
        self._renew = renew
        self._settled = settled
        self._taken: str | None = None
        self._stamped: Stamp = ()
        self._one_at_a_time = threading.RLock()

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(self.every)
            if not await asyncio.to_thread(self.look):
                await asyncio.sleep(AGAIN_SECONDS)

    def at_once(self) -> Services:
        """Take up what this process itself just stored; the services then in use.

        Raises:
            CorpusError, IndexerError: What lies in the home cannot be used; the old serves on.
        """
        with self._one_at_a_time:
            services = self._serving.services()
            stamped = stamp(services.settings.home)
            fresh = self._renew(services)
            self._take(fresh, newer_generation(fresh), stamped)
            return fresh

    def look(self) -> bool:
        """Take up what is new, if anything is; False when it cannot be used."""
        with self._one_at_a_time:
            return self._look()

    def _look(self) -> bool:
        services = self._serving.services()
        waiting = newer_generation(services)
        stamped = stamp(services.settings.home)
        try:
            if waiting in (None, self._taken) and not self._other_knowledge(services, stamped):
                return True
            fresh = self._renew(services)
        except Exception as error:  # whatever it is: what is open now serves on
            log.error("renewal_failed", generation=waiting, **frames_of(error))
            return False
        self._take(fresh, waiting, stamped)
        return True

    def _take(self, fresh: Services, waiting: str | None, stamped: Stamp) -> None:
        # The generation that is named may be damaged, and an older one be served instead.
        self._taken, self._stamped = waiting, stamped
        self._serving.renew(fresh)
        town = fresh.knowledge.town
        log.info("renewed", index=fresh.retriever.snapshot.generation, knowledge=town.version)
        if town.faults:
            log.warning("town_knowledge_refused", faults=town.faults)
        self._settled()

    def _other_knowledge(self, services: Services, stamped: Stamp) -> bool:
        """Whether the town's files changed since the last look, and say something else now."""
        if stamped == self._stamped:
            return False
        if load_with_town(services.settings.home).town != services.knowledge.town:
            return True
        self._stamped = stamped
        return False


def newer_generation(services: Services) -> str | None:
    """The index generation the home names, when it is another than the one served."""
    named = read_pointer(index_folder(services.settings.home))
    return None if named == services.retriever.snapshot.generation else named
