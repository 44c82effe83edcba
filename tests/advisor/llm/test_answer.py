"""One call's pieces, and what its end means."""

import pytest

from advisor.errors import ModelGarbled, ModelRefusedRequest, ModelUnavailable
from advisor.llm.answer import Answer, is_loop
from advisor.llm.deadline import Deadline
from advisor.llm.faults import CallFailed
from advisor.llm.port import Usage
from advisor.llm.wire import Chunk


def answer(*chunks):
    return Answer(lambda: iter(chunks), Deadline.after(5), 1_000)


def failure(*chunks):
    with pytest.raises(CallFailed) as caught:
        list(answer(*chunks).pieces())
    return caught.value


def test_text_and_what_is_known_afterwards():
    call = answer(
        Chunk(model="m"),
        Chunk(text="甲"),
        Chunk(text="乙", finish_reason="stop"),
        Chunk(usage=Usage(1, 2)),
        Chunk(done=True),
        Chunk(text="之后的不算"),
    )
    assert list(call.pieces()) == ["甲", "乙"]
    assert (call.model, call.finish_reason, call.usage) == ("m", "stop", Usage(1, 2))


def test_thinking_gives_empty_pieces_so_that_the_caller_can_look_at_the_clock():
    call = answer(
        Chunk(reasoning=True),
        Chunk(text="<think>想"),
        Chunk(text="</think>答", done=False),
        Chunk(finish_reason="stop"),
    )
    assert list(call.pieces()) == ["", "", "答"]


@pytest.mark.parametrize(
    ("chunks", "kind", "error"),
    [
        ([], "garbled", ModelGarbled),
        ([Chunk(done=True)], "blank", ModelGarbled),
        ([Chunk(text=" \n"), Chunk(finish_reason="stop")], "blank", ModelGarbled),
        ([Chunk(reasoning=True), Chunk(finish_reason="length")], "garbled", ModelGarbled),
        ([Chunk(model="m")], "down", ModelUnavailable),
        ([Chunk(text="半")], "down", ModelUnavailable),
        ([Chunk(fault="boom")], "down", ModelUnavailable),
        ([Chunk(fault="context_length_exceeded")], "length", ModelRefusedRequest),
        ([Chunk(text="半"), Chunk(finish_reason="content_filter")], "refused", ModelRefusedRequest),
        ([Chunk(refused=True), Chunk(finish_reason="stop")], "refused", ModelRefusedRequest),
    ],
)
def test_how_a_call_ends_badly(chunks, kind, error):
    failed = failure(*chunks)
    assert failed.kind == kind
    assert type(failed.error) is error


def test_an_answer_cut_by_the_endpoint_is_an_answer():
    call = answer(Chunk(text="半"), Chunk(finish_reason="length"))
    assert list(call.pieces()) == ["半"]
    assert call.finish_reason == "length"


def test_a_mistake_of_ours_is_not_swallowed():
    def broken():
        raise KeyError("x")

    with pytest.raises(KeyError):
        list(Answer(broken, Deadline.after(5), 10).pieces())


@pytest.mark.parametrize("passage", ["。", "请尽快处理。", "一二三四五六七八九十" * 8])
def test_one_passage_over_and_over_is_a_loop(passage):
    text = (passage * 2_000)[:1_600]
    assert is_loop(text)
    assert not is_loop(text[:-1] + "x")
    assert not is_loop(text[:1_000])
