"""The address a service takes, and serving on it."""

import contextlib
import gc
import socket

import structlog
import uvicorn

from advisor.bootstrap import Services
from advisor.errors import RefusedInput
from api import logs
from api.app import create_app
from api.shift import shift_of
from api.workroom import CLOSING_SECONDS

_BACKLOG = 128


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, taken first so that a taken port is known at once.

    Raises:
        RefusedInput: The address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise RefusedInput(
            "address", f"无法监听 {host}:{port}（{error.strerror}）。请用 --port 换一个端口。"
        ) from error
    return listener


def url_of(host: str, port: int) -> str:
    """The address a person on this machine opens."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def listen(services: Services, listener: socket.socket) -> None:
    """Serve on a bound socket until stopped by a signal."""
    logs.configure("INFO")
    structlog.get_logger("api").info("serving", address=str(listener.getsockname()))
    _settle()
    # Access lines of uvicorn would hold query strings, and those may hold a complaint.
    config = uvicorn.Config(
        create_app(services, settled=_settle, shift=shift_of(services.settings)),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=_BACKLOG,
        # Streams end with their advice; whoever keeps a connection longer is cut off.
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
    # Ctrl+C is how a person stops the service: it has already closed in good order by then.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _settle() -> None:
    """Let the garbage collector pass over what is open now.

    It stays until the end, or until newer services take its place. A full collection over a hundred
    thousand articles stops every request for 0.1 s; frozen, they are looked at no more.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
