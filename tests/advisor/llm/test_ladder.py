"""The ladder of forms, and what it remembers."""

from dataclasses import replace

import pytest

from advisor.llm.ladder import Ladder, Shape, body
from advisor.llm.port import ModelRequest

REQUEST = ModelRequest("系统", "问题", "answer", {"type": "object"})
PLAIN = ModelRequest("系统", "问题")


def test_the_form_of_each_rung():
    formats = [
        body(REQUEST, Shape(form), 100).get("response_format")
        for form in ("json_schema", "json_object", "text")
    ]
    schema = {"name": "answer", "schema": {"type": "object"}, "strict": True}
    assert formats == [
        {"type": "json_schema", "json_schema": schema},
        {"type": "json_object"},
        None,
    ]


@pytest.mark.parametrize(
    ("said", "dropped"),
    [
        ("Unknown parameter: stream_options", {"stream_options"}),
        ("temperature does not support 0.2 with this model", {"temperature"}),
        ("'max_tokens' is not supported, use 'max_completion_tokens'", {"max_tokens"}),
        ("stream must be false", {"stream", "stream_options"}),
    ],
)
def test_a_parameter_that_is_named_is_left_out(said, dropped):
    shape = Shape("json_schema").after_refusal(said)
    assert shape == Shape("json_schema", frozenset(dropped))
    assert not dropped & set(body(REQUEST, shape, 100))


def test_the_newer_name_of_the_bound_then_none():
    said = "'max_tokens' is not supported, use 'max_completion_tokens'"
    first = Shape("text").after_refusal(said)
    assert body(PLAIN, first, 100)["max_completion_tokens"] == 100
    second = first.after_refusal(said)
    assert not {"max_tokens", "max_completion_tokens"} & set(body(PLAIN, second, 100))


@pytest.mark.parametrize("said", ["response_format is unavailable, not even with stream", "bad"])
def test_else_the_form_is_one_rung_lower(said):
    assert Shape("json_schema").after_refusal(said) == Shape("json_object")
    assert Shape("text").after_refusal(said) is None


def test_every_refusal_leads_down_so_that_it_ends():
    shape, steps = Shape("json_schema"), 0
    while shape is not None:
        shape = shape.after_refusal("stream_options temperature max_tokens max_completion_tokens")
        steps += 1
    assert steps == 8


def test_what_was_answered_after_a_refusal_is_remembered():
    ladder = Ladder()
    ladder.settle(REQUEST, Shape("json_object", frozenset({"temperature"})))
    assert ladder.start(REQUEST) == Shape("json_object", frozenset({"temperature"}))


def test_it_never_climbs_up_again():
    ladder = Ladder()
    ladder.settle(REQUEST, Shape("text"))
    ladder.settle(REQUEST, Shape("json_object"))
    assert ladder.start(REQUEST).form == "text"


def test_a_request_without_schema_teaches_nothing_of_forms():
    ladder = Ladder()
    ladder.settle(PLAIN, Shape("text", frozenset({"stream"})))
    assert ladder.start(REQUEST) == Shape("json_schema", frozenset({"stream"}))
    assert ladder.start(PLAIN).form == "text"


def test_the_request_may_ask_for_less_or_more_than_the_usual_bound():
    assert body(REQUEST, Shape("text"), 100)["max_tokens"] == 100
    assert body(replace(REQUEST, max_output_tokens=7), Shape("text"), 100)["max_tokens"] == 7
