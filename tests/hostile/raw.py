"""Modes below HTTP: what a machine does that is no proper web server."""

import contextlib
import socket
import threading
from collections.abc import Callable

Act = Callable[[socket.socket, threading.Event], None]


def _closes_at_once(connection: socket.socket, stop: threading.Event) -> None:
    """Hang up before a word is said."""


def _not_http(connection: socket.socket, stop: threading.Event) -> None:
    connection.recv(65_536)
    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n" * 50)


def _drip_headers(connection: socket.socket, stop: threading.Event) -> None:
    """A header that never ends, a byte at a time: no read ever waits long."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not stop.wait(0.1):
        connection.sendall(b"x")


def _endless_headers(connection: socket.socket, stop: threading.Event) -> None:
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not stop.is_set():
        connection.sendall(b"X-More: " + b"x" * 8_000 + b"\r\n")


def _never_reads(connection: socket.socket, stop: threading.Event) -> None:
    stop.wait(30)


RAW: dict[str, Act] = {
    "closed_at_once": _closes_at_once,
    "not_http": _not_http,
    "drip_headers": _drip_headers,
    "endless_headers": _endless_headers,
    "never_reads": _never_reads,
}


class RawServer:
    """One listener for each raw mode, all stopped together."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._listeners = {name: socket.create_server(("127.0.0.1", 0)) for name in RAW}
        self._threads = [
            threading.Thread(target=self._listen, args=(name,), daemon=True) for name in RAW
        ]

    def port(self, name: str) -> int:
        return int(self._listeners[name].getsockname()[1])

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(5)
        for listener in self._listeners.values():
            listener.close()

    def _listen(self, name: str) -> None:
        listener = self._listeners[name]
        listener.settimeout(0.2)
        talks = []
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                talk = threading.Thread(target=self._talk, args=(name, connection), daemon=True)
                talk.start()
                talks.append(talk)
        for talk in talks:
            talk.join(5)

    def _talk(self, name: str, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            RAW[name](connection, self._stop)
