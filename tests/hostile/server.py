"""The hostile model: a real HTTP server on loopback that speaks chat completions, badly.

The mode and the seed are part of the address: ``server.url("drip", seed=7)`` is a base URL.
"""

import contextlib
import json
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass
from random import Random

import uvicorn
from fastapi import FastAPI, Request, Response
from hostile.drafts import Asked
from hostile.modes import MODES, Call
from hostile.raw import RAW, RawServer

MODEL = "hostile-1"
ALL_MODES = ("refused", *RAW, *MODES)
"""Every way to behave; the first ones are below HTTP and count no calls."""


@dataclass(frozen=True)
class Seen:
    """One request that reached the server: what left the machine."""

    mode: str
    seed: int
    text: str
    headers: dict[str, str]
    body: dict[str, object]


class HostileServer:
    """Runs in a thread; ``with HostileServer() as server`` stops it again."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.calls: Counter[tuple[str, int]] = Counter()
        self._lock = threading.Lock()
        self._raw = RawServer()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        # Bound but not listening: whoever connects is refused, and nobody else can take the port.
        self._deaf = socket.socket()
        self._deaf.bind(("127.0.0.1", 0))
        # Its own configuration of logs would change the loggers of the whole process.
        config = uvicorn.Config(
            self._app(),
            log_config=None,
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    @property
    def port(self) -> int:
        return self._socket.getsockname()[1]

    def url(self, mode: str, seed: int = 0) -> str:
        """The base URL at which the model behaves in this mode; ``refused`` has no server."""
        if mode == "refused":
            return f"http://127.0.0.1:{self._deaf.getsockname()[1]}/v1"
        if mode in RAW:
            return f"http://127.0.0.1:{self._raw.port(mode)}/v1"
        assert mode in MODES
        return f"http://127.0.0.1:{self.port}/{mode}/{seed}/v1"

    def asked(self, mode: str, seed: int = 0) -> int:
        """How many requests this mode and seed has had."""
        with self._lock:
            return self.calls[mode, seed]

    def bodies(self, mode: str, seed: int = 0) -> list[Seen]:
        """What this mode and seed was sent."""
        with self._lock:
            return [one for one in self.seen if (one.mode, one.seed) == (mode, seed)]

    def __enter__(self) -> "HostileServer":
        self._raw.start()
        self._thread.start()
        for _ in range(500):
            if self._server.started:
                return self
            time.sleep(0.02)
        raise RuntimeError("the hostile server did not start")

    def __exit__(self, *_: object) -> None:
        self._raw.stop()
        self._server.should_exit = True
        self._thread.join(5)
        if self._thread.is_alive():
            self._server.force_exit = True
            self._thread.join(5)
        self._deaf.close()
        with contextlib.suppress(OSError):
            self._socket.close()

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.get("/{mode}/{seed}/v1/models")
        async def models(mode: str, seed: int) -> dict[str, object]:
            return {
                "object": "list",
                "data": [{"id": MODEL, "object": "model", "created": 1, "owned_by": mode}],
            }

        @app.post("/{mode}/{seed}/v1/chat/completions")
        async def chat(mode: str, seed: int, request: Request) -> Response:
            text = (await request.body()).decode()
            body = json.loads(text)
            with self._lock:
                self.calls[mode, seed] += 1
                number = self.calls[mode, seed]
                self.seen.append(Seen(mode, seed, text, dict(request.headers), body))
            system, user = (str(one["content"]) for one in body["messages"][:2])
            asked = Asked(system, user, Random(f"{mode}/{seed}"))
            return await MODES[mode](Call(asked, body, request, number))

        return app
