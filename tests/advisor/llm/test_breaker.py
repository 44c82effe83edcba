"""The circuit breaker, on a clock of its own."""

import pytest

from advisor.llm.breaker import CircuitBreaker


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return CircuitBreaker(threshold=3, cooldown=20, clock=clock)


def fail(breaker, times):
    for _ in range(times):
        assert breaker.allow()
        breaker.failed()


def test_it_opens_after_failures_in_a_row(breaker):
    fail(breaker, 3)
    assert not breaker.allow()


def test_a_success_between_starts_the_count_again(breaker):
    fail(breaker, 2)
    assert breaker.allow()
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.allow()


def test_one_probe_at_a_time_when_the_pause_is_over(breaker, clock):
    fail(breaker, 3)
    clock.now += 20
    assert breaker.allow()
    assert not breaker.allow()
    breaker.succeeded()
    assert breaker.allow()
    assert breaker.allow()


def test_a_failed_probe_opens_it_again(breaker, clock):
    fail(breaker, 3)
    clock.now += 20
    fail(breaker, 1)
    clock.now += 19
    assert not breaker.allow()
    clock.now += 1
    assert breaker.allow()


def test_a_probe_whose_caller_left_makes_room_for_the_next(breaker, clock):
    fail(breaker, 3)
    clock.now += 20
    assert breaker.allow()
    breaker.abandoned()
    assert breaker.allow()


def test_an_endpoint_that_asks_to_be_left_alone_is(breaker, clock):
    assert breaker.allow()
    breaker.failed(5)
    assert breaker.rest() == 5
    assert not breaker.allow()
    clock.now += 5
    assert breaker.rest() == 0
    assert breaker.allow()


def test_not_for_longer_than_three_pauses(breaker, clock):
    assert breaker.allow()
    breaker.failed(86_400)
    clock.now += 60
    assert breaker.allow()


def test_an_open_circuit_is_no_rest_to_wait_out(breaker):
    fail(breaker, 3)
    assert breaker.rest() is None


def test_an_outage_of_ten_minutes_with_a_caller_every_second(breaker, clock):
    calls = 0
    for _ in range(600):
        if breaker.allow():
            calls += 1
            breaker.failed()
        clock.now += 1
    assert calls == 3 + 29
