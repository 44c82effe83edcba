"""Renewal: a running service takes up what was added to the collection or the town's knowledge."""

import asyncio
import threading
from collections.abc import Callable
from typing import Protocol

import structlog

from advisor import clock
from advisor.bootstrap import Services, renewed, with_new_cases
from advisor.law_change import check_laws
from api.logs import frames_of
from corpus.town import Stamp, load_with_town, stamp
from indexer.case_pool import MOST_LOOSE
from indexer.snapshot import index_folder, read_pointer

CHECK_SECONDS = 3.0
CASES_SECONDS = 0.2
"""A case is to be found within a second; asking the store whether there are any costs nothing."""
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

    Newer is another index generation, another state of the town's knowledge, or more new cases than
    are to be searched beside the index. Single cases are taken up without opening anything. What is
    being worked on goes on with the services it began with.

    Args:
        serving: where they are used.
        renew: how they are opened anew.
        add_cases: how stored cases are taken up.
        settled: called after each swap.
        every: seconds between two looks at the pointer, a file of one line, and at the sizes and
            times of the town's files.
    """

    def __init__(
        self,
        serving: Serving,
        *,
        renew: Callable[[Services], Services] = renewed,
        add_cases: Callable[[Services], Services] = with_new_cases,
        settled: Callable[[], None] = lambda: None,
        every: float = CHECK_SECONDS,
    ) -> None:
        self.every = every
        self._serving = serving
        self._renew = renew
        self._add_cases = add_cases
        self._settled = settled
        self._taken: str | None = None
        self._stamped: Stamp = ()
        self._loose = 0
        self._one_at_a_time = threading.Lock()
        self._swapping = threading.Lock()

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(_again(lambda: self.every, self.look))
            both.create_task(_again(lambda: CASES_SECONDS, self.look_for_cases))

    def take_cases(self) -> None:
        """Take up the cases stored since, by this process or another; nothing is opened anew.

        Raises:
            CorpusError: They cannot be read; the old services serve on.
        """
        with self._swapping:
            services = self._serving.services()
            fresh = self._add_cases(services)
            if fresh is services:
                return
            self._serving.renew(fresh)
        log.info("cases_taken_up", index=fresh.retriever.version)

    def look_for_cases(self) -> bool:
        """Take up new cases, if there are any; False when they cannot be used."""
        try:
            self.take_cases()
        except Exception as error:  # whatever it is: what is open now serves on
            log.error("cases_not_taken_up", **frames_of(error))
            return False
        return True

    def look(self) -> bool:
        """Take up what is new, if anything is; False when it cannot be used."""
        with self._one_at_a_time:
            return self._look()

    def _look(self) -> bool:
        services = self._serving.services()
        waiting = newer_generation(services)
        stamped = stamp(services.settings.home)
        try:
            if not self._is_new(services, waiting, stamped):
                return True
            fresh = self._renew(services)
            self._take(fresh, waiting, stamped)
        except Exception as error:  # whatever it is: what is open now serves on
            log.error("renewal_failed", generation=waiting, **frames_of(error))
            return False
        return True

    def _is_new(self, services: Services, waiting: str | None, stamped: Stamp) -> bool:
        if waiting not in (None, self._taken):
            return True
        # When the index could not take in the cases, it is tried again after as many more.
        if services.retriever.loose > self._loose + MOST_LOOSE:
            return True
        return self._other_knowledge(services, stamped)

    def _take(self, fresh: Services, waiting: str | None, stamped: Stamp) -> None:
        # The generation that is named may be damaged, and an older one be served instead.
        self._taken, self._stamped = waiting, stamped
        with self._swapping:
            # Cases may have been stored while the services were being opened.
            fresh = self._add_cases(fresh)
            self._serving.renew(fresh)
        self._loose = fresh.retriever.loose
        _look_at_law(fresh)
        town = fresh.knowledge.town
        log.info("renewed", index=fresh.retriever.version, knowledge=town.version)
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


def _look_at_law(services: Services) -> None:
    """Mark stored advices whose law reads otherwise now; a failure costs no request anything."""
    try:
        marks = check_laws(services.library, services.law_watch, clock.today())
    except Exception as error:  # examined again with the next change, or by `corpus affected`
        log.error("law_check_failed", **frames_of(error))
        return
    if marks:
        log.warning("advice_cites_changed_law", advices=len({one.advice_id for one in marks}))


async def _again(every: Callable[[], float], look: Callable[[], bool]) -> None:
    while True:
        await asyncio.sleep(every())
        if not await asyncio.to_thread(look):
            await asyncio.sleep(AGAIN_SECONDS)


def newer_generation(services: Services) -> str | None:
    """The index generation the home names, when it is another than the one served."""
    named = read_pointer(index_folder(services.settings.home))
    return None if named == services.retriever.snapshot.generation else named
