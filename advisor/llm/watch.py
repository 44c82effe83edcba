"""Watch: run a blocking exchange in a thread of its own, and leave it when time is up."""

import contextlib
import contextvars
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from advisor.errors import ModelGarbled, ModelTimeout

Item = TypeVar("Item")


class Line:
    """The connection of one exchange, so that another thread can cut it."""

    def __init__(self, most_bytes: int) -> None:
        self.is_cut = False
        self._left = most_bytes
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def attach(self, connection: socket.socket) -> None:
        """Remember a socket; it is shut at once when the line was cut before."""
        with self._lock:
            self._sockets.append(connection)
            late = self.is_cut
        if late:
            _shut(connection)

    def count(self, size: int) -> None:
        """Note received bytes.

        Raises:
            ModelGarbled: More came than any answer needs.
            ModelTimeout: The line was cut; whoever waited is gone.
        """
        if self.is_cut:
            raise ModelTimeout("模型调用已停止。")
        self._left -= size
        if self._left < 0:
            raise ModelGarbled("模型服务返回的内容过大，已停止接收。")

    def cut(self) -> None:
        """Shut the connection; a thread that reads from it wakes up."""
        with self._lock:
            self.is_cut = True
            sockets, self._sockets = self._sockets, []
        for connection in sockets:
            _shut(connection)


def _shut(connection: socket.socket) -> None:
    # The method of the plain socket: that of a TLS socket changes state another thread works with.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


current_line: contextvars.ContextVar[Line] = contextvars.ContextVar("current_line")


class _End(Generic[Item]):
    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def watched(
    exchange: Callable[[], Iterator[Item]],
    line: Line,
    patience: Callable[[], float],
) -> Iterator[Item]:
    """The items of a blocking exchange, never waiting longer than is allowed.

    Name resolution, a handshake and a server that sends one byte a second cannot be bounded by
    socket timeouts; a thread of its own can be left behind. Its socket is shut, and nothing is
    kept that comes after, so it ends too.

    Args:
        exchange: Run in the other thread, with ``line`` as :data:`current_line`.
        line: Cut when the time is up or the iterator is closed.
        patience: Seconds that the next item may take, asked anew for each.

    Raises:
        ModelTimeout: The time is up.
    """
    items: queue.SimpleQueue[Item | _End[Item]] = queue.SimpleQueue()

    def run() -> None:
        current_line.set(line)
        end: _End[Item] = _End()
        try:
            for item in exchange():
                if line.is_cut:  # nobody waits for what still comes
                    return
                items.put(item)
        except BaseException as error:  # handed to the thread that waits
            end = _End(error)
        items.put(end)

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(run,), name="llm-exchange", daemon=True)
    thread.start()
    try:
        while True:
            item = _next(items, patience())
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        line.cut()


def _next(items: "queue.SimpleQueue[Item | _End[Item]]", seconds: float) -> "Item | _End[Item]":
    # With no second left not even what lies ready is taken: a server that never stops sending would
    # hold the caller past the end.
    if seconds > 0:
        with contextlib.suppress(queue.Empty):
            return items.get(timeout=seconds)
    raise ModelTimeout("模型未在规定时间内完成回答。")
