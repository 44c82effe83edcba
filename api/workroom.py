"""The workroom: advice made in threads of its own, so that nobody who stops listening loses it."""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import structlog

from advisor.advise import request_hash
from advisor.bootstrap import Services
from advisor.errors import IdempotencyConflict
from advisor.events import Event
from advisor.model import Advice, AdviceRequest
from api.errors import Problem, Refusal, problem_of
from api.logs import frames_of

AT_ONCE = 16
"""Most orders in work; each waits for a model most of its time."""
WAITING = 32
"""Most callers served at a time who wait for their answer; more of them stand in line."""
HEARTBEAT_SECONDS = 10.0
CLOSING_SECONDS = 70
"""A model may take 60 s for an advice; what is in work when the service stops gets that long."""
RETRY_AFTER_SECONDS = 5
_REMEMBERED = 256

Answer = TypeVar("Answer")

log = structlog.get_logger("api")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an order: events after a place, and how it ended if it has."""

    events: tuple[Event, ...]
    advice: Advice | None = None
    error: Exception | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.advice is not None or self.error is not None


class Order:
    """One advice being made: what was told of it so far. Safe to share among threads."""

    def __init__(self, request: AdviceRequest, key: str | None) -> None:
        self.request = request
        self.key = key
        self.digest = request_hash(request)
        self._events: list[Event] = []
        self._advice: Advice | None = None
        self._error: Exception | None = None
        self._listeners: list[Callable[[], None]] = []
        self._news = threading.Condition()

    @property
    def id(self) -> str | None:
        """The id of the advice to be, known with the first event."""
        return str(self._events[0].value["id"]) if self._events else None

    @property
    def settled_elsewhere(self) -> bool:
        """Whether no advice is stored under the id that was told."""
        return self._advice is None or self._advice.id != self.id

    def take(self, event: Event) -> None:
        """Note an event and wake who listens."""
        with self._news:
            self._events.append(event)
        self._wake()

    def end(self, *, advice: Advice | None = None, error: Exception | None = None) -> None:
        """Note how it ended."""
        with self._news:
            self._advice, self._error = advice, error
        self._wake()

    def told(self, after: int = 0) -> Told:
        """What came after the first ``after`` events."""
        with self._news:
            return Told(tuple(self._events[after:]), self._advice, self._error)

    def wait_begun(self) -> Told:
        """Wait for the first event; input that cannot be worked on has none.

        Raises:
            Exception: What ended the work before anything was told.
        """
        with self._news:
            self._news.wait_for(lambda: self._events or self._advice or self._error)
        told = self.told()
        if told.error is not None and not told.events:
            raise told.error
        return told

    def listen(self, wake: Callable[[], None]) -> None:
        """Have ``wake`` called, from another thread, whenever there is news."""
        with self._news:
            self._listeners.append(wake)

    def leave(self, wake: Callable[[], None]) -> None:
        """Stop listening; the work goes on."""
        with self._news:
            self._listeners.remove(wake)

    def _wake(self) -> None:
        with self._news:
            self._news.notify_all()
            listeners = tuple(self._listeners)
        for wake in listeners:
            wake()


class Workroom:
    """Takes orders for advice and works on a bounded number of them.

    Args:
        services: What makes and stores the advice.
        at_once: Most orders in work; beyond, an order is refused.
        heartbeat: Seconds of silence after which a stream says that it is still there.
    """

    def __init__(
        self,
        services: Services,
        *,
        at_once: int = AT_ONCE,
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        self.heartbeat = heartbeat
        self._services = services
        self._waiting = ThreadPoolExecutor(WAITING)
        self._at_once = at_once
        self._threads: dict[Order, threading.Thread] = {}
        self._ended: OrderedDict[str, Order] = OrderedDict()
        self._closed = False
        self._lock = threading.Lock()

    def begin(self, request: AdviceRequest, key: str | None = None) -> Order:
        """Put an order in work; the same key and request join the order that is in work already.

        Raises:
            IdempotencyConflict: The key stands for another request that is in work.
            Refusal: Too many orders are in work, or the service is stopping.
        """
        order = Order(request, key)
        with self._lock:
            twin = next((one for one in self._threads if key and one.key == key), None)
            if twin is not None:
                if twin.digest != order.digest:
                    raise IdempotencyConflict(key)
                return twin
            if self._closed or len(self._threads) >= self._at_once:
                raise Refusal(_busy())
            work = (order, self._services)
            thread = threading.Thread(target=self._work, args=work, daemon=True)
            self._threads[order] = thread
            thread.start()
        return order

    async def answer(self, work: Callable[[], Answer]) -> Answer:
        """Do the work of a caller who waits for it.

        A line of its own: callers waiting for a slow model must not take the threads by which all
        other addresses are answered.
        """
        return await asyncio.get_running_loop().run_in_executor(self._waiting, work)

    def find(self, advice_id: str) -> Order | None:
        """The order in work of this id, or one that ended without an advice under it."""
        with self._lock:
            working = (one for one in self._threads if one.id == advice_id)
            return next(working, None) or self._ended.get(advice_id)

    def renew(self, services: Services) -> None:
        """Make what is ordered from now on with these services; the rest stays with its own."""
        with self._lock:
            self._services = services

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Take no more orders and finish those in work, within ``seconds`` in all."""
        with self._lock:
            self._closed = True
            threads = tuple(self._threads.values())
        ends_at = time.monotonic() + seconds
        for thread in threads:
            thread.join(max(0.0, ends_at - time.monotonic()))
        left = sum(thread.is_alive() for thread in threads)
        if left:
            log.warning("stopped_with_unfinished_advice", orders=left)

    def _work(self, order: Order, services: Services) -> None:
        try:
            advice = services.advise(order.request, idempotency_key=order.key, on_event=order.take)
        except Exception as error:
            if problem_of(error).status >= 500:
                log.error("order_failed", **frames_of(error))
            order.end(error=error)
        else:
            order.end(advice=advice)
        with self._lock:
            del self._threads[order]
            if order.id is not None and order.settled_elsewhere:
                self._ended[order.id] = order
                while len(self._ended) > _REMEMBERED:
                    self._ended.popitem(last=False)


def _busy() -> Problem:
    return Problem(
        503,
        "busy",
        "服务繁忙",
        "同时办理的诉求过多，请稍候几秒再提交。",
        retry_after=RETRY_AFTER_SECONDS,
    )
