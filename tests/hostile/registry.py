"""The register of modes: what a mode is given, and how one is written."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

from hostile.drafts import Asked, good
from hostile.replies import refusal, says
from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True)
class Call:
    """One request as a mode sees it; ``number`` counts the calls to this mode from 1."""

    asked: Asked
    body: Mapping[str, object]
    request: Request
    number: int

    @property
    def rng(self) -> Random:
        return self.asked.rng

    @property
    def good(self) -> str:
        return json.dumps(good(self.asked), ensure_ascii=False)

    def cut(self, text: str) -> str:
        """The text up to a random place in its middle."""
        return text[: self.rng.randint(len(text) // 4, 3 * len(text) // 4)]

    def format(self) -> object:
        wanted = self.body.get("response_format")
        return wanted.get("type") if isinstance(wanted, dict) else None


Mode = Callable[[Call], Awaitable[Response]]
MODES: dict[str, Mode] = {}


def mode(act: Mode) -> Mode:
    MODES[act.__name__] = act
    return act


def saying(name: str, text: Callable[[Call], str], finish: str = "stop") -> None:
    """A mode that answers properly, with an improper text."""

    async def act(call: Call) -> Response:
        return says(text(call), call.rng, finish=finish)

    MODES[name] = act


def refusing(name: str, status: int, message: str, code: str = "", wait: str = "") -> None:
    """A mode that refuses every request."""

    async def act(call: Call) -> Response:
        headers = {"Retry-After": _soon() if wait == "date" else wait} if wait else None
        return refusal(status, message, code, headers)

    MODES[name] = act


def _soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
