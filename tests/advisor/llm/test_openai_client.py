"""The adapter against a real server that behaves well, badly and very badly."""

import contextlib
import logging
import threading
import time
import traceback
from dataclasses import replace
from decimal import Decimal

import pytest
from hostile.modes import WHOLE
from hostile.server import ALL_MODES

from advisor.errors import (
    ModelError,
    ModelGarbled,
    ModelRefusedRequest,
    ModelTimeout,
    ModelUnavailable,
)
from advisor.llm import Deadline, ModelRequest
from advisor.llm.breaker import CircuitBreaker
from advisor.llm.endpoint import Endpoint
from advisor.llm.extraction import read_sections
from advisor.llm.openai_client import Limits, OpenAILLM
from advisor.llm.prices import Prices

KEY = "sk-secret-canary"
REQUEST = ModelRequest(
    "你是社区顾问，只回答 JSON。",
    "诉求：楼上漏水。证据：L1 L2 C1 P1 D1",
    "advice",
    {"type": "object"},
)
SLACK = 2.0


def open_model(server, mode, seed=0, **options):
    return OpenAILLM(Endpoint(server.url(mode, seed), KEY), "hostile-1", **options)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("mode", ALL_MODES)
def test_whatever_the_server_does_the_caller_is_answered_in_time(hostile_model, mode, seed):
    model = open_model(hostile_model, mode, seed, limits=Limits(concurrency=1))
    pieces, reply, error = [], None, None
    started = time.monotonic()
    try:
        for delta in model.stream(REQUEST, Deadline.after(1.2, first=0.9)):
            pieces.append(delta.text)
            reply = delta.reply
    except ModelError as raised:
        error = raised
    assert time.monotonic() - started < 1.2 + SLACK
    told = reply.text if reply else error.partial
    assert told == "".join(pieces)
    assert (reply or error).upstream_calls <= 8
    if error:
        shown = "".join(traceback.format_exception(error))
        assert KEY not in shown
        assert REQUEST.user not in shown
    assert model._places.acquire(blocking=False), "the place in the queue was not given back"


@pytest.mark.parametrize("mode", sorted(WHOLE))
def test_what_can_be_had_in_the_end_is_had(hostile_model, mode):
    model = open_model(hostile_model, mode, 7)
    sections, faults = read_sections(model.complete(REQUEST, Deadline.after(20)).text)
    assert list(sections) == ["analysis", "plan", "legal_basis", "precedents"]
    assert not faults


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("refused", ModelUnavailable),
        ("silence", ModelTimeout),
        ("stall", ModelTimeout),
        ("drip", ModelTimeout),
        ("endless_thinking", ModelTimeout),
        ("closed_midway", ModelUnavailable),
        ("cut_in_character", ModelUnavailable),
        ("error_event", ModelUnavailable),
        ("server_error", ModelUnavailable),
        ("rate_limited_huge", ModelUnavailable),
        ("unauthorized", ModelRefusedRequest),
        ("forbidden", ModelRefusedRequest),
        ("no_balance", ModelRefusedRequest),
        ("no_quota", ModelRefusedRequest),
        ("no_such_model", ModelRefusedRequest),
        ("redirect", ModelRefusedRequest),
        ("context_length", ModelRefusedRequest),
        ("content_filter", ModelRefusedRequest),
        ("filtered_midway", ModelRefusedRequest),
        ("html", ModelGarbled),
        ("html_as_stream", ModelGarbled),
        ("huge_body", ModelGarbled),
        ("huge_stream", ModelGarbled),
        ("compressed_bomb", ModelGarbled),
        ("closed_at_once", ModelUnavailable),
        ("not_http", ModelUnavailable),
        ("endless_headers", ModelUnavailable),
        ("drip_headers", ModelTimeout),
        ("never_reads", ModelTimeout),
        ("huge_error", ModelGarbled),
        ("endless", ModelGarbled),
        ("blank", ModelGarbled),
        ("reasoning_only", ModelGarbled),
        ("empty_choices", ModelGarbled),
        ("broken_event", ModelGarbled),
        ("invalid_utf8", ModelGarbled),
        ("deep_event", ModelGarbled),
    ],
)
def test_each_failure_is_called_by_its_name(hostile_model, mode, kind):
    # What fails by itself has all the time it needs, so that a busy machine changes no name.
    deadline = Deadline.after(1.5, first=1) if kind is ModelTimeout else Deadline.after(20)
    with pytest.raises(kind):
        open_model(hostile_model, mode, 11).complete(REQUEST, deadline)


def test_the_reply_says_what_it_took_and_what_it_cost(hostile_model):
    prices = Prices(Decimal(2), Decimal(8), Decimal("0.2"))
    reply = open_model(hostile_model, "good", prices=prices).complete(REQUEST, Deadline.after(20))
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (1200, 800)
    assert reply.usage.cached_tokens == 200
    assert reply.usage.cost == Decimal("0.00844")
    assert reply.model == "hostile-1"
    assert reply.seconds > 0


def test_what_an_endpoint_cannot_do_is_asked_once(hostile_model):
    model = open_model(hostile_model, "old_server", 21)
    assert model.complete(REQUEST, Deadline.after(20)).upstream_calls == 6
    again = model.complete(REQUEST, Deadline.after(20))
    assert (again.upstream_calls, again.form) == (1, "text")


def test_one_blank_answer_is_an_accident_two_are_a_habit(hostile_model):
    model = open_model(hostile_model, "blank_json", 22)
    calls = [model.complete(REQUEST, Deadline.after(20)).upstream_calls for _ in range(4)]
    assert calls == [3, 3, 1, 1]


def test_a_refused_length_is_tried_without_room_reserved_for_the_answer(hostile_model):
    model = open_model(hostile_model, "context_length", 23)
    with pytest.raises(ModelRefusedRequest):
        model.complete(REQUEST, Deadline.after(20))
    sent = [one.body for one in hostile_model.bodies("context_length", 23)]
    assert ["max_tokens" in body for body in sent] == [True, False]


def test_the_request_carries_schema_usage_and_bound(hostile_model):
    request = replace(REQUEST, max_output_tokens=777)
    open_model(hostile_model, "good", 24).complete(request, Deadline.after(20))
    (sent,) = hostile_model.bodies("good", 24)
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.body["max_tokens"] == 777
    assert sent.body["stream_options"] == {"include_usage": True}
    assert sent.body["response_format"]["json_schema"]["schema"] == {"type": "object"}


def test_without_a_key_no_header_is_sent(hostile_model, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    monkeypatch.setenv("OPENAI_ORG_ID", "another-organisation")
    OpenAILLM(Endpoint(hostile_model.url("good", 25), ""), "m").complete(
        REQUEST, Deadline.after(20)
    )
    (sent,) = hostile_model.bodies("good", 25)
    assert "authorization" not in sent.headers
    assert "another" not in str(sent.headers)


def test_after_the_first_piece_nothing_is_tried_again(hostile_model):
    model = open_model(hostile_model, "closed_midway", 26)
    with pytest.raises(ModelUnavailable) as caught:
        model.complete(REQUEST, Deadline.after(20))
    assert caught.value.partial
    assert hostile_model.asked("closed_midway", 26) == 1


def test_retry_after_is_waited_for_when_it_fits(hostile_model):
    model = open_model(hostile_model, "rate_limited_seconds", 27)
    started = time.monotonic()
    with pytest.raises(ModelUnavailable):
        model.complete(REQUEST, Deadline.after(20))
    assert time.monotonic() - started >= 2
    assert hostile_model.asked("rate_limited_seconds", 27) == 3


def test_retry_after_is_not_waited_for_when_it_does_not(hostile_model):
    model = open_model(hostile_model, "rate_limited_huge", 28)
    with pytest.raises(ModelUnavailable):
        model.complete(REQUEST, Deadline.after(20))
    assert hostile_model.asked("rate_limited_huge", 28) == 1


def test_ten_minutes_of_outage_cost_at_most_a_fifth_more_calls_than_items(hostile_model):
    now = [0.0]
    breaker = CircuitBreaker(clock=lambda: now[0])
    model = open_model(hostile_model, "server_error", 29, breaker=breaker)
    items = 60
    for _ in range(items):
        with pytest.raises(ModelUnavailable):
            model.complete(REQUEST, Deadline.after(5))
        now[0] += 10
    assert hostile_model.asked("server_error", 29) <= 1.2 * items


def test_an_outage_met_by_many_callers_at_once(hostile_model):
    model = open_model(hostile_model, "bad_gateway", 30, limits=Limits(concurrency=16))
    items = 64

    def ask():
        with pytest.raises(ModelUnavailable):
            model.complete(REQUEST, Deadline.after(10))

    threads = [threading.Thread(target=ask) for _ in range(items)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert hostile_model.asked("bad_gateway", 30) <= 1.2 * items


def test_when_the_endpoint_is_back_so_are_we(hostile_model):
    now = [0.0]
    breaker = CircuitBreaker(threshold=2, cooldown=20, clock=lambda: now[0])
    breaker.failed()
    breaker.failed()
    model = open_model(hostile_model, "good", 31, breaker=breaker)
    with pytest.raises(ModelUnavailable) as caught:
        model.complete(REQUEST, Deadline.after(5))
    assert caught.value.upstream_calls == 0
    now[0] += 20
    assert model.complete(REQUEST, Deadline.after(20)).text
    assert model.complete(REQUEST, Deadline.after(20)).text


def test_who_finds_no_place_is_told_in_time(hostile_model):
    model = open_model(hostile_model, "good", 32, limits=Limits(concurrency=1))
    first = model.stream(REQUEST, Deadline.after(30))
    next(first)
    with pytest.raises(ModelUnavailable, match="排队"):
        model.complete(REQUEST, Deadline.after(0.3))
    first.close()
    assert model.complete(REQUEST, Deadline.after(20)).text


@pytest.mark.parametrize("mode", ["silence", "stall", "drip", "drip_headers", "never_reads"])
def test_after_the_deadline_no_thread_and_no_connection_stay(hostile_model, mode):
    with pytest.raises(ModelTimeout):
        open_model(hostile_model, mode, 34).complete(REQUEST, Deadline.after(0.5))
    assert no_exchange_left()


@pytest.mark.parametrize("mode", ["good", "unauthorized", "server_error", "closed_midway"])
def test_no_log_holds_the_key_or_what_was_asked(hostile_model, mode, caplog):
    caplog.set_level(logging.DEBUG)
    with contextlib.suppress(ModelError):
        open_model(hostile_model, mode, 35).complete(REQUEST, Deadline.after(5))
    assert "POST" in caplog.text
    assert KEY not in caplog.text
    assert "漏水" not in caplog.text


def no_exchange_left():
    """Whether every thread of a call ends, given ten seconds."""
    for _ in range(200):
        if not [one for one in threading.enumerate() if one.name == "llm-exchange"]:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("mode", ["stall", "endless_thinking"])
def test_leaving_a_stream_hangs_up(hostile_model, mode):
    model = open_model(hostile_model, mode, 33)
    stream = model.stream(REQUEST, Deadline.after(60))
    next(stream)
    stream.close()
    assert no_exchange_left()


@pytest.mark.parametrize("url", ["", "ftp://x/v1", "127.0.0.1:8000/v1"])
def test_an_address_that_is_none_is_refused_at_once(url):
    with pytest.raises(ModelRefusedRequest, match="ADVISOR_LLM_BASE_URL"):
        Endpoint(url, "")
