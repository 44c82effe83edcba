"""The protocol: streams of events and whole documents, cut and spoilt as a mode wants."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Iterable, Sequence
from random import Random

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

MODEL = "hostile-1"
USAGE = {
    "prompt_tokens": 1200,
    "completion_tokens": 800,
    "total_tokens": 2000,
    "prompt_tokens_details": {"cached_tokens": 200},
}


def event(
    delta: dict[str, object], *, finish: str | None = None, usage: dict[str, object] | None = None
) -> bytes:
    """One event of a stream."""
    body: dict[str, object] = {
        "id": "c-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": MODEL,
        "choices": [] if usage else [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    if usage:
        body["usage"] = usage
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


def pieces(text: str, rng: Random, longest: int = 60) -> list[str]:
    """The text in pieces of random length."""
    found, at = [], 0
    while at < len(text):
        size = rng.randint(1, longest)
        found.append(text[at : at + size])
        at += size
    return found


def events(text: str, rng: Random, *, finish: str = "stop", field: str = "content") -> list[bytes]:
    """A whole stream that says the text, without its end mark."""
    said = [event({field: piece}) for piece in pieces(text, rng)]
    return [
        event({"role": "assistant", "content": ""}),
        *said,
        event({}, finish=finish),
        event({}, usage=USAGE),
    ]


END = b"data: [DONE]\n\n"


async def _sent(parts: Iterable[bytes], pause: float) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
        await asyncio.sleep(pause)


def streamed(
    parts: Sequence[bytes], *, pause: float = 0.0, kind: str = "text/event-stream"
) -> Response:
    """A response that sends the parts one after another."""
    return StreamingResponse(_sent(parts, pause), media_type=kind)


def says(text: str, rng: Random, *, finish: str = "stop", stream: bool = True) -> Response:
    """The text as a proper answer, streamed or whole."""
    if stream:
        return streamed([*events(text, rng, finish=finish), END])
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return JSONResponse(
        {
            "id": "c-1",
            "object": "chat.completion",
            "model": MODEL,
            "choices": [choice],
            "usage": USAGE,
        }
    )


def resplit(parts: Sequence[bytes], rng: Random) -> list[bytes]:
    """The same bytes, cut anywhere, in the middle of characters too."""
    whole, found, at = b"".join(parts), [], 0
    while at < len(whole):
        size = rng.randint(1, 90)
        found.append(whole[at : at + size])
        at += size
    return found


def refusal(
    status: int, message: str, code: str = "", headers: dict[str, str] | None = None
) -> Response:
    """An error as endpoints word it."""
    error = {
        "message": message,
        "type": "invalid_request_error",
        "param": None,
        "code": code or None,
    }
    return JSONResponse({"error": error}, status, headers=headers)


async def _then_reset(parts: Sequence[bytes], request: Request) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    await asyncio.sleep(0.05)
    # The server's own connection, reset instead of closed: the peer gets an RST.
    transport = request._receive.__self__.transport
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def reset(parts: Sequence[bytes], request: Request) -> Response:
    """The parts, then the connection is reset."""
    return StreamingResponse(_then_reset(parts, request), media_type="text/event-stream")


async def _forever(part: bytes, pause: float, most: int, request: Request) -> AsyncIterator[bytes]:
    for _ in range(most):
        if await request.is_disconnected():
            return
        yield part
        await asyncio.sleep(pause)


def repeated(
    part: bytes, request: Request, *, pause: float, most: int, kind: str = "text/event-stream"
) -> Response:
    """The same bytes again and again, until the peer leaves or ``most`` times."""
    return StreamingResponse(_forever(part, pause, most, request), media_type=kind)


async def silent(request: Request, longest: float = 30.0) -> None:
    """Say nothing until the peer leaves."""
    for _ in range(int(longest / 0.05)):
        if await request.is_disconnected():
            return
        await asyncio.sleep(0.05)
