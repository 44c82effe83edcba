"""Server-sent events (WHATWG HTML §9.2): an order told while it is worked on."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Protocol

from fastapi.responses import StreamingResponse
from pydantic import BaseModel, TypeAdapter

from advisor.events import Event
from advisor.model import Advice
from api.errors import Problem, problem_of, wire_problem
from api.schemas.advice import AdviceOut
from api.schemas.progress import Shown, shown
from api.workroom import Order, Told

MEDIA_TYPE = "text/event-stream"
_HEADERS = {
    "Cache-Control": "no-cache",
    # nginx would otherwise keep the events until the answer is complete.
    "X-Accel-Buffering": "no",
}
_HEARTBEAT = ": 仍在办理\n\n"
_SHOWN: TypeAdapter[Shown] = TypeAdapter(Shown)


class Telling(Protocol):
    """How what happens to an order is put into words: each gives the data of one event."""

    def part(self, event: Event) -> str:
        """Something that is ready."""

    def done(self, advice: Advice) -> str:
        """The whole advice, stored."""

    def problem(self, problem: Problem) -> str:
        """Why there will be none."""


class JsonTelling:
    """Each event as the JSON it is in the advice itself."""

    def part(self, event: Event) -> str:
        """Something that is ready."""
        value = shown(event)
        if isinstance(value, BaseModel):
            return value.model_dump_json()
        return _SHOWN.dump_json(value).decode()

    def done(self, advice: Advice) -> str:
        """The whole advice, stored."""
        return AdviceOut.of(advice).model_dump_json()

    def problem(self, problem: Problem) -> str:
        """Why there will be none, as problem+json."""
        return json.dumps(wire_problem(problem, None), ensure_ascii=False)


def respond(order: Order, telling: Telling, heartbeat: float) -> StreamingResponse:
    """The order as a response that is sent while it is being worked on."""
    return StreamingResponse(_lines(order, telling, heartbeat), 200, _HEADERS, MEDIA_TYPE)


async def _lines(order: Order, telling: Telling, heartbeat: float) -> AsyncIterator[str]:
    place = 0
    async for told in _follow(order, heartbeat):
        for event in told.events:
            place += 1
            yield _line(place, event.name, telling.part(event))
        if told.advice is not None:
            yield _line(place + 1, "done", telling.done(told.advice))
        elif told.error is not None:
            yield _line(place + 1, "error", telling.problem(problem_of(told.error)))
        elif not told.events:
            yield _HEARTBEAT


async def _follow(order: Order, heartbeat: float) -> AsyncIterator[Told]:
    """What is new, as soon as it is; nothing new after ``heartbeat`` seconds of silence."""
    loop, news, place = asyncio.get_running_loop(), asyncio.Event(), 0

    def wake() -> None:
        # The loop may have been closed under a listener that was cancelled with it.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(news.set)

    order.listen(wake)
    try:
        while True:
            news.clear()
            told = order.told(place)
            if not (told.events or told.ended) and await _came(news, heartbeat):
                continue
            place += len(told.events)
            yield told
            if told.ended:
                return
    finally:
        order.leave(wake)


async def _came(news: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _line(place: int, name: str, content: str) -> str:
    """One event; JSON holds no line break, so its data is one line."""
    return f"id: {place}\nevent: {name}\ndata: {content}\n\n"
