"""The protocol as it comes over the wire."""

import json

import pytest

from advisor.errors import ModelGarbled
from advisor.llm.port import Usage
from advisor.llm.wire import Chunk, Decoder, read_chunk

SSE = "text/event-stream; charset=utf-8"


def decode(content, kind=SSE, size=1):
    decoder = Decoder(kind)
    chunks = []
    for start in range(0, len(content), size):
        chunks += decoder.feed(content[start : start + size])
    return [*chunks, *decoder.close()]


def said(chunks):
    return "".join(chunk.text for chunk in chunks)


def event(**delta):
    body = {"choices": [{"delta": delta}]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_characters_cut_between_two_reads_are_whole_again(size):
    content = event(content="楼道堆物😀") + event(content="，请清理") + b"data: [DONE]\n\n"
    chunks = decode(content, size=size)
    assert said(chunks) == "楼道堆物😀，请清理"
    assert chunks[-1].done


@pytest.mark.parametrize("kind", ["", "text/plain", "application/octet-stream", SSE])
def test_a_stream_is_known_whatever_it_calls_itself(kind):
    assert said(decode(b": hello\r\n\r\n" + event(content="好"), kind)) == "好"


def test_line_ends_comments_and_other_fields():
    content = b"event: x\r\nid: 1\r\nretry: 5\r\n" + event(content="a").replace(b"\n", b"\r\n")
    assert said(decode(content)) == "a"


def test_the_last_event_may_lack_its_line_end():
    assert said(decode(event(content="末").rstrip())) == "末"
    assert decode(b"data: [DONE]")[-1].done


def test_a_document_instead_of_a_stream():
    body = {"choices": [{"message": {"content": "整篇"}, "finish_reason": "stop"}], "model": "m"}
    chunks = decode(json.dumps(body, indent=1).encode(), "application/json")
    assert (said(chunks), chunks[0].finish_reason, chunks[0].model) == ("整篇", "stop", "m")
    assert chunks[-1].done


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"data: {\n\n", SSE),
        (b"data: [1]\n\n", SSE),
        (b"data: " + b"[" * 100_000 + b"\n\n", SSE),
        (b"data: " + b"9" * 5_000 + b"\n\n", SSE),
        (b'data: {"a": "\xff"}\n\n', SSE),
        (b"data: " + b"x" * 600_000, SSE),
        (b"Internal Server Error", "text/plain"),
        (b'["a"]', "application/json"),
        (b"{" * 50_000, "application/json"),
    ],
)
def test_what_is_no_answer_is_garbled(content, kind):
    with pytest.raises(ModelGarbled):
        decode(content, kind, size=4096)


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML; charset=gbk", "image/png"])
def test_a_page_is_refused_before_it_is_read(kind):
    with pytest.raises(ModelGarbled, match="地址"):
        Decoder(kind)


def test_an_empty_body_says_nothing():
    assert decode(b"", "application/json") == []


@pytest.mark.parametrize(
    "event_",
    [
        {},
        {"choices": None},
        {"choices": []},
        {"choices": "x"},
        {"choices": [None]},
        {"choices": [{"delta": None}]},
        {"choices": [{"delta": {"content": None}}]},
        {"choices": [{"delta": {"content": 7}, "finish_reason": 3}]},
        {"usage": {"prompt_tokens": -1, "completion_tokens": True}},
        {"usage": [], "model": 5},
    ],
)
def test_fields_of_a_wrong_type_count_as_absent(event_):
    assert read_chunk(event_) == Chunk()


def test_reasoning_is_progress_and_no_text():
    for name in ("reasoning_content", "reasoning"):
        chunk = read_chunk({"choices": [{"delta": {name: "想", "content": None}}]})
        assert (chunk.reasoning, chunk.text) == (True, "")


def test_content_in_parts_and_refusals():
    parts = [{"type": "text", "text": "甲"}, {"type": "text", "text": "乙"}, 3]
    assert read_chunk({"choices": [{"delta": {"content": parts}}]}).text == "甲乙"
    assert read_chunk({"choices": [{"delta": {"refusal": "不"}}]}).refused
    assert "boom" in read_chunk({"error": {"message": "boom"}}).fault


@pytest.mark.parametrize(
    ("more", "cached"),
    [
        ({}, 0),
        ({"prompt_tokens_details": {"cached_tokens": 6}}, 6),
        ({"prompt_cache_hit_tokens": 7}, 7),
        ({"prompt_cache_hit_tokens": 70}, 10),
        ({"prompt_tokens_details": None}, 0),
    ],
)
def test_cached_tokens_are_a_part_of_those_sent(more, cached):
    usage = {"prompt_tokens": 10, "completion_tokens": 4, **more}
    assert read_chunk({"usage": usage}).usage == Usage(10, 4, cached)
