"""A blocking exchange is left in time, and its thread ends."""

import itertools
import socket
import threading
import time

import pytest

from advisor.errors import ModelGarbled, ModelTimeout
from advisor.llm.watch import Line, current_line, watched


def exchanges():
    return [thread for thread in threading.enumerate() if thread.name == "llm-exchange"]


def soon_no_exchange_runs():
    for _ in range(100):
        if not exchanges():
            return True
        time.sleep(0.02)
    return False


def test_items_and_errors_come_through():
    def exchange():
        yield 1
        yield 2
        raise OSError("gone")

    items = watched(exchange, Line(10), lambda: 5)
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(OSError, match="gone"):
        next(items)


def test_the_thread_knows_its_line():
    line = Line(10)
    assert list(watched(lambda: iter([current_line.get()]), line, lambda: 5)) == [line]
    assert current_line.get(None) is None


def test_a_thread_that_reads_from_a_silent_peer_is_left_and_ends():
    ours, theirs = socket.socketpair()
    line = Line(100)
    line.attach(ours)

    def exchange():
        yield ours.recv(10)

    with theirs, ours:
        with pytest.raises(ModelTimeout):
            list(watched(exchange, line, lambda: 0.2))
        assert soon_no_exchange_runs()


def test_a_line_cut_before_it_had_a_socket_shuts_it_at_once():
    ours, theirs = socket.socketpair()
    line = Line(100)
    line.cut()
    line.attach(ours)
    with ours, theirs:
        assert ours.recv(1) == b""


def test_with_no_time_left_nothing_is_taken_not_even_what_is_there():
    with pytest.raises(ModelTimeout):
        list(watched(lambda: iter(range(10**9)), Line(1), lambda: 0))


def test_an_exchange_that_never_ends_ends_when_nobody_waits_for_it():
    items = watched(itertools.count, Line(1), lambda: 5)
    assert next(items) == 0
    items.close()
    assert soon_no_exchange_runs()


def test_more_bytes_than_allowed_are_garbled():
    line = Line(100)
    line.count(100)
    with pytest.raises(ModelGarbled):
        line.count(1)


def test_a_cut_line_receives_no_more():
    line = Line(100)
    line.cut()
    with pytest.raises(ModelTimeout):
        line.count(1)
