"""Probe: what a configured endpoint can do, how fast it is, and how good a sample answer is."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from urllib.parse import urlsplit

from advisor.errors import ModelError
from advisor.llm.answer import Answer
from advisor.llm.deadline import Deadline
from advisor.llm.endpoint import Endpoint
from advisor.llm.faults import CallFailed, judge
from advisor.llm.ladder import Shape, body
from advisor.llm.port import LLM, Form, ModelReply, ModelRequest
from advisor.llm.sample import Grade, grade, sample_request
from advisor.llm.watch import Line, watched

_MOST_BYTES = 500_000
_MOST_TOKENS = 1_500
_FORM_SECONDS = 30.0
# The prompt does not name the keys: only an endpoint that holds to the schema can know them.
_QUESTION = ModelRequest(
    "用 JSON 回答，只输出一个 JSON 对象。",
    "把“秀洲区有人反映楼道堆物”归纳成 JSON。",
    "probe",
    {
        "type": "object",
        "properties": {"di_dian": {"type": "string"}, "shi_xiang": {"type": "string"}},
        "required": ["di_dian", "shi_xiang"],
        "additionalProperties": False,
    },
)
_KEYS = {"di_dian", "shi_xiang"}
_WORD = "石桥3721"
_LONG_CHARACTERS = 12_000


@dataclass(frozen=True, slots=True)
class Support:
    """What one way of asking gave; ``reason`` says in Chinese why it is not supported.

    ``dead`` is that nobody answered, so that asking in another way would be no use.
    """

    ok: bool
    reason: str = ""
    pieces: int = 0
    counted: bool = False
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found out.

    ``models`` is None where the endpoint gives no list. ``long_input`` is that the beginning of
    12,000 characters still counts. ``first_token`` and ``total`` are seconds,
    ``speed`` is output tokens a second after the first piece. ``notes`` are for the operator.
    """

    reachable: bool
    error: str = ""
    models: tuple[str, ...] | None = None
    forms: tuple[tuple[Form, Support], ...] = ()
    streaming: bool = False
    usage: bool = False
    long_input: Support = Support(False)
    first_token: float | None = None
    total: float | None = None
    speed: float | None = None
    reply: ModelReply | None = None
    grade: Grade | None = None
    notes: tuple[str, ...] = ()


def probe(
    endpoint: Endpoint,
    llm: LLM,
    seconds: float,
    *,
    base_url: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> Probe:
    """Try an endpoint; sends five requests of our own text and nothing of anybody's.

    Args:
        endpoint: The server.
        llm: The model at that server, as the application would use it.
        seconds: Bound on the sample answer.
        base_url: For the notes about the way there.
        tell: Told in Chinese what is being tried.
    """
    tell("查询模型列表……")
    models = _models(endpoint)
    forms: list[tuple[Form, Support]] = []
    names: tuple[Form, ...] = ("json_schema", "json_object", "text")
    for form in names:
        tell(f"尝试 {form} 方式……")
        forms.append((form, _ask(endpoint, llm.name, _QUESTION, form, partial(_fits, form))))
        if forms[-1][1].dead:
            break
    if not any(support.ok for _, support in forms):
        return Probe(False, forms[-1][1].reason, models, tuple(forms))
    tell("尝试长输入……")
    long_input = _ask(endpoint, llm.name, _long_question(), "text", _remembers)
    tell("请模型试答一件样例……")
    found = _with_sample(models, tuple(forms), llm, seconds)
    return replace(found, long_input=long_input, notes=_notes(base_url, llm.name, models))


def _with_sample(
    models: tuple[str, ...] | None,
    forms: tuple[tuple[Form, Support], ...],
    llm: LLM,
    seconds: float,
) -> Probe:
    started, first, reply = time.monotonic(), None, None
    error = ""
    try:
        for delta in llm.stream(sample_request(), Deadline.after(seconds)):
            first = time.monotonic() if first is None and delta.text else first
            reply = delta.reply
    except ModelError as failure:
        error = str(failure)
    supports = [support for _, support in forms]
    ended = time.monotonic()
    return Probe(
        reachable=reply is not None or any(support.ok for support in supports),
        error=error,
        models=models,
        forms=forms,
        streaming=any(support.pieces > 1 for support in supports),
        usage=any(support.counted for support in supports),
        first_token=None if first is None else first - started,
        total=None if reply is None else ended - started,
        speed=None if reply is None or first is None else _speed(reply, ended - first),
        reply=reply,
        grade=None if reply is None else grade(reply.text),
    )


def _speed(reply: ModelReply, seconds: float) -> float:
    # Without a count by the endpoint: about 1.6 Chinese characters to a token.
    written = reply.usage.output_tokens if reply.usage else len(reply.text) / 1.6
    return written / max(seconds, 0.001)


def _models(endpoint: Endpoint) -> tuple[str, ...] | None:
    deadline = Deadline.after(_FORM_SECONDS / 2)
    line = Line(_MOST_BYTES)
    try:
        return tuple(watched(lambda: iter(endpoint.models(deadline)), line, deadline.left))
    except Exception as error:
        if judge(error) is None:
            raise
        return None


def _ask(
    endpoint: Endpoint,
    model: str,
    request: ModelRequest,
    form: Form,
    fits: Callable[[str], bool],
) -> Support:
    """Ask in one form, leaving out parameters that the endpoint names as unknown."""
    deadline = Deadline.after(_FORM_SECONDS)
    shape: Shape | None = Shape(form)
    while shape is not None and shape.form == form:
        extra = body(request, shape, _MOST_TOKENS)
        call = partial(endpoint.chat, model, request, extra, deadline)
        answer = Answer(call, deadline, _MOST_BYTES)
        try:
            pieces = [piece for piece in answer.pieces() if piece]
        except CallFailed as failed:
            shape = shape.after_refusal(failed.said) if failed.kind == "shape" else None
            reason = str(failed.error)
            dead = failed.kind in ("down", "timeout")
            continue
        ok = fits("".join(pieces))
        told = "" if ok else "接受了请求，但回答不合要求"
        return Support(ok, told, len(pieces), answer.usage is not None)
    return Support(False, reason, dead=dead)


def _long_question() -> ModelRequest:
    # Ollama drops the beginning of what exceeds its window, and says nothing.
    lines = "".join(f"第{n}件：某户反映某处有一件小事，已经登记。\n" for n in range(1, 1_000))
    told = f"先记住一个词：{_WORD}。\n{lines}"[:_LONG_CHARACTERS]
    return ModelRequest(told, "开头要你记住的词是什么？只回答这个词。")


def _remembers(text: str) -> bool:
    return _WORD in text


def _fits(form: Form, text: str) -> bool:
    if form == "text":
        return bool(text.strip())
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and (form == "json_object" or set(value) == _KEYS)


def _notes(base_url: str, model: str, models: tuple[str, ...] | None) -> tuple[str, ...]:
    notes = []
    if models and model not in models:
        notes.append(f"模型列表里没有 {model}，请核对名称。")
    parts = urlsplit(base_url)
    if parts.scheme == "http" and not _is_near(parts.hostname or ""):
        notes.append("地址是明文 http，内容和密钥在途中可被读取，请改用 https 或内网专线。")
    if not _is_near(parts.hostname or ""):
        notes.append("看不出模型在本机或内网：脱敏后的诉求会发送到外部服务。")
    return tuple(notes)


def _is_near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
