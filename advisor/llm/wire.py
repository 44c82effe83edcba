"""Wire: the chat-completions protocol as it really comes, from bytes to pieces of an answer."""

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.errors import ModelGarbled
from advisor.llm.port import Usage

_DONE = "[DONE]"
_LONGEST_LINE = 500_000
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one event says. ``reasoning`` is that the model thought aloud; its words are dropped."""

    text: str = ""
    reasoning: bool = False
    refused: bool = False
    finish_reason: str = ""
    usage: Usage | None = None
    model: str = ""
    fault: str = ""
    done: bool = False


class Decoder:
    """Decodes a response body: a stream of events, or one JSON document from a server that ignored
    that a stream was asked for.
    """

    def __init__(self, content_type: str) -> None:
        """Take the declared type.

        Raises:
            ModelGarbled: It is a page, or something else that is no answer.
        """
        kind = content_type.split(";", maxsplit=1)[0].strip().lower()
        if kind in ("text/html", "application/xhtml+xml") or kind.startswith(("image/", "audio/")):
            raise ModelGarbled("模型服务返回的是网页或文件，不是回答，请检查服务地址。")
        self._room = _MOST_BYTES
        self._utf8 = codecs.getincrementaldecoder("utf-8")("strict")
        self._events = kind == "text/event-stream"
        self._decided = self._events
        self._text: list[str] = []
        self._line = ""

    def feed(self, content: bytes) -> Iterator[Chunk]:
        """The chunks that became complete.

        Raises:
            ModelGarbled: Too much, not UTF-8, or an event that is no JSON object.
        """
        # Counted here too: a body may have come compressed.
        self._room -= len(content)
        if self._room < 0:
            raise ModelGarbled("模型服务返回的内容过大，已停止接收。")
        try:
            text = self._utf8.decode(content)
        except UnicodeDecodeError as error:
            raise ModelGarbled("模型服务返回的内容不是有效的 UTF-8 文本。") from error
        if not self._decided:
            self._text.append(text)
            head = "".join(self._text).lstrip("\ufeff\r\n\t ")
            if len(head) < 6:
                return
            self._decided = True
            self._events = head.startswith(("data:", "event:", ":", "id:", "retry:"))
            text = head
            self._text = []
        if self._events:
            yield from self._lines(text)
        else:
            self._text.append(text)

    def close(self) -> Iterator[Chunk]:
        """What the end of the body completes: one document, or an event without its line end.

        Raises:
            ModelGarbled: It is no JSON object.
        """
        if self._events:
            if self._line.endswith(("}", _DONE)):
                yield from _event(self._line)
        else:
            document = "".join(self._text).strip()
            if document:
                yield read_chunk(_object(document))
                yield Chunk(done=True)

    def _lines(self, text: str) -> Iterator[Chunk]:
        lines = (self._line + text).replace("\r\n", "\n").split("\n")
        self._line = lines.pop()
        if len(self._line) > _LONGEST_LINE:
            raise ModelGarbled("模型服务返回的内容不符合接口格式。")
        for line in lines:
            yield from _event(line)


def _event(line: str) -> Iterator[Chunk]:
    value = line[5:].strip() if line.startswith("data:") else ""
    if value == _DONE:
        yield Chunk(done=True)
    elif value:
        yield read_chunk(_object(value))


def _object(text: str) -> Mapping[str, object]:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        # A lost event may have held a "not"; what is left must not be taken for the answer.
        raise ModelGarbled("模型服务返回的内容不符合接口格式。") from error
    if not isinstance(value, dict):
        raise ModelGarbled("模型服务返回的内容不符合接口格式。")
    return value


def read_chunk(event: Mapping[str, object]) -> Chunk:
    """What one event or one whole answer says; fields of a wrong type count as absent."""
    error = event.get("error")
    if error:
        return Chunk(fault=str(error)[:500])
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    choice = _mapping(first)
    delta = _mapping(choice.get("delta")) or _mapping(choice.get("message"))
    return Chunk(
        text=_text(delta.get("content")),
        reasoning=bool(_text(delta.get("reasoning_content")) or _text(delta.get("reasoning"))),
        refused=bool(_text(delta.get("refusal"))),
        finish_reason=_text(choice.get("finish_reason")),
        usage=_usage(_mapping(event.get("usage"))),
        model=_text(event.get("model"))[:200],
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(_text(_mapping(part).get("text")) for part in value)
    return value if isinstance(value, str) else ""


def _usage(value: Mapping[str, object]) -> Usage | None:
    sent, written = _count(value.get("prompt_tokens")), _count(value.get("completion_tokens"))
    if sent is None or written is None:
        return None
    details = _mapping(value.get("prompt_tokens_details"))
    # OpenAI, DashScope and vLLM use the first name, DeepSeek the second.
    cached = _count(details.get("cached_tokens")) or _count(value.get("prompt_cache_hit_tokens"))
    return Usage(sent, written, min(cached or 0, sent))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
