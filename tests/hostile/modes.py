"""The modes of the hostile model: what it does to whoever asks, by name."""

import gzip

from hostile import spoken
from hostile.drafts import CONTENT
from hostile.registry import MODES, Call, mode, refusing, saying
from hostile.replies import (
    END,
    event,
    events,
    refusal,
    repeated,
    reset,
    resplit,
    says,
    silent,
    streamed,
)
from starlette.responses import HTMLResponse, RedirectResponse, Response

__all__ = ["CONTENT_MODES", "MODES", "WHOLE", "Call", "spoken"]

saying("good", lambda call: call.good)


@mode
async def good_resplit(call: Call) -> Response:
    parts = resplit([*events(call.good, call.rng), END], call.rng)
    return streamed(parts)


@mode
async def good_not_streamed(call: Call) -> Response:
    return says(call.good, call.rng, stream=False)


@mode
async def silence(call: Call) -> Response:
    await silent(call.request)
    return Response(status_code=504)


@mode
async def stall(call: Call) -> Response:
    """A good beginning, then nothing."""
    parts = events(call.cut(call.good), call.rng)[:-2]
    return streamed(
        [*parts, b": wait\n\n"] + [b": wait\n\n"] * 300, pause=0.0 if not parts else 0.1
    )


@mode
async def drip(call: Call) -> Response:
    whole = b"".join(events(call.good, call.rng))
    return streamed([whole[i : i + 1] for i in range(min(len(whole), 60))], pause=1.0)


@mode
async def forgets_to_hang_up(call: Call) -> Response:
    return streamed([*events(call.good, call.rng), *[b": still here\n\n"] * 100], pause=0.02)


@mode
async def reset_midway(call: Call) -> Response:
    parts = events(call.good, call.rng)
    return reset(parts[: call.rng.randint(0, len(parts) - 3)], call.request)


@mode
async def closed_midway(call: Call) -> Response:
    parts = events(call.good, call.rng)
    return streamed(parts[: call.rng.randint(1, len(parts) - 3)])


@mode
async def cut_in_character(call: Call) -> Response:
    whole = b"".join(events(call.good, call.rng)[:-2])
    inner = [i for i, byte in enumerate(whole) if 0x80 <= byte < 0xC0]
    return streamed([whole[: call.rng.choice(inner)]])


@mode
async def html(call: Call) -> Response:
    return HTMLResponse(
        "<html><body><h1>请登录上网认证</h1><script>alert(1)</script></body></html>"
    )


@mode
async def html_as_stream(call: Call) -> Response:
    return streamed([b"<html><body>Bad gateway</body></html>"])


@mode
async def huge_body(call: Call) -> Response:
    return repeated(b"x" * 1_000_000, call.request, pause=0, most=100, kind="application/json")


@mode
async def compressed_bomb(call: Call) -> Response:
    """A small body that becomes a hundred megabytes; nobody asked for compression."""
    body = gzip.compress(b'{"choices": [' + b" " * 100_000_000, 1)
    return Response(body, media_type="application/json", headers={"Content-Encoding": "gzip"})


@mode
async def huge_stream(call: Call) -> Response:
    text = "".join(chr(0x4E00 + call.rng.randrange(20_000)) for _ in range(20_000))
    return repeated(event({"content": text}), call.request, pause=0, most=1_700)


@mode
async def huge_error(call: Call) -> Response:
    response = repeated(b"x" * 1_000_000, call.request, pause=0, most=100, kind="text/plain")
    response.status_code = 500
    return response


@mode
async def endless(call: Call) -> Response:
    part = event({"content": "请社区尽快上门处理。"})
    return repeated(part, call.request, pause=0.001, most=20_000)


@mode
async def endless_thinking(call: Call) -> Response:
    return repeated(event({"reasoning_content": "再想想。"}), call.request, pause=0.05, most=2_000)


@mode
async def redirect(call: Call) -> Response:
    return RedirectResponse("http://beacon.invalid/v1/chat/completions", 307)


@mode
async def flaky(call: Call) -> Response:
    if call.number % 2:
        return refusal(503, "overloaded")
    return says(call.good, call.rng)


refusing("rate_limited", 429, "Rate limit reached", "rate_limit_exceeded")
refusing("rate_limited_seconds", 429, "Rate limit reached", "rate_limit_exceeded", "1")
refusing("rate_limited_date", 429, "Rate limit reached", "rate_limit_exceeded", "date")
refusing("rate_limited_huge", 429, "Rate limit reached", "rate_limit_exceeded", "86400")
refusing("rate_limited_nonsense", 429, "Rate limit reached", "", "soon; maybe")
refusing("no_quota", 429, "You exceeded your current quota", "insufficient_quota")
refusing("server_error", 500, "internal error")
refusing("bad_gateway", 502, "bad gateway")
refusing("unavailable", 503, "overloaded", "", "1")
refusing("unauthorized", 401, "Incorrect API key provided: sk-secret-canary")
refusing("forbidden", 403, "not allowed")
refusing("no_balance", 402, "Insufficient Balance")
refusing("no_such_model", 404, "The model `x` does not exist", "model_not_found")
refusing("context_length", 400, "This model's maximum context length is 4096 tokens.")
refusing("content_filter", 400, "Content Exists Risk")
refusing("vague_refusal", 422, "invalid request")


@mode
async def no_json_schema(call: Call) -> Response:
    if call.format() == "json_schema":
        return refusal(400, "This response_format type is unavailable now")
    return says(call.good, call.rng)


@mode
async def no_response_format(call: Call) -> Response:
    if call.format() is not None:
        return refusal(400, "Unrecognized request argument supplied: response_format")
    return says(call.good, call.rng)


@mode
async def old_server(call: Call) -> Response:
    """Knows none of the newer parameters and complains of one at a time."""
    for name in ("stream_options", "response_format", "temperature", "max_tokens"):
        if name in call.body:
            return refusal(422, f"Extra inputs are not permitted: {name}")
    return says(call.good, call.rng)


@mode
async def blank_json(call: Call) -> Response:
    """As DeepSeek at times: blank content when asked for JSON."""
    return says("" if call.format() else call.good, call.rng)


@mode
async def empty_choices(call: Call) -> Response:
    parts = [b'data: {"id":"c","object":"chat.completion.chunk","choices":[]}\n\n'] * 3
    return streamed([*parts, END])


saying("blank", lambda call: call.rng.choice(("", "   \n\n", "\u3000\n", "<think>想</think>\n")))


@mode
async def reasoning_only(call: Call) -> Response:
    parts = events("先分析一下双方的主张。" * 20, call.rng, field="reasoning_content")
    return streamed([*parts, END])


@mode
async def reasoning_first(call: Call) -> Response:
    thought = events("先分析一下双方的主张。" * 20, call.rng, field="reasoning_content")[:-2]
    return streamed([*thought, *events(call.good, call.rng), END])


saying("think_marks", lambda call: f'<think>用户说 {{"a": 1}}，先想想</think>\n\n{call.good}')
saying("finish_length", lambda call: call.cut(call.good), "length")
saying("filtered_midway", lambda call: call.cut(call.good), "content_filter")


@mode
async def error_event(call: Call) -> Response:
    parts = events(call.good, call.rng)
    at = call.rng.randint(0, len(parts) // 2)
    return streamed([*parts[:at], b'data: {"error":{"message":"boom","code":500}}\n\n'])


@mode
async def broken_event(call: Call) -> Response:
    parts = events(call.good, call.rng)
    at = call.rng.randint(1, len(parts) - 3)
    return streamed([*parts[:at], b'data: {"choices": [{\n\n', *parts[at + 1 :], END])


@mode
async def invalid_utf8(call: Call) -> Response:
    parts = events(call.good, call.rng)
    at = call.rng.randint(1, len(parts) - 3)
    spoilt = parts[at].replace(b'"content": "', b'"content": "\xff\xfe\xc3')
    return streamed([*parts[:at], spoilt, *parts[at + 1 :], END])


@mode
async def deep_event(call: Call) -> Response:
    return streamed([b"data: " + b"[" * 100_000 + b"\n\n", END])


# Modes whose answer is a good one in the end, whatever happens on the way.
WHOLE = frozenset(
    {
        "good",
        "good_resplit",
        "good_not_streamed",
        "forgets_to_hang_up",
        "flaky",
        "no_json_schema",
        "no_response_format",
        "old_server",
        "blank_json",
        "reasoning_first",
        "think_marks",
    }
)
CONTENT_MODES = tuple(CONTENT)
