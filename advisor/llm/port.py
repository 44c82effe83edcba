"""The port to a language model: one request, its answer piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from advisor.llm.deadline import Deadline

Form = Literal["json_schema", "json_object", "text"]


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What is asked: two messages, and the shape the answer should have.

    ``schema`` is a JSON Schema. An endpoint that cannot hold to it is asked for a JSON object, then
    for text; the prompt must describe the shape in any case, and contain the word JSON.
    ``nonce`` is what is random in the messages (the marks around the complaint); two requests that
    differ in it alone are the same question to the cache.
    """

    system: str
    user: str
    schema_name: str | None = None
    schema: Mapping[str, object] | None = None
    max_output_tokens: int | None = None
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the endpoint counted them; ``cached_tokens`` are a part of ``input_tokens``.

    ``cost`` is in the currency of the price table, None when no price is set.
    """

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ModelReply:
    """A whole answer. ``finish_reason`` "length" means that it was cut by the endpoint.

    ``form`` is the rung of the ladder it was asked in, ``seconds`` the time the caller waited,
    ``upstream_calls`` the requests sent for it, refused and failed ones included.
    """

    text: str
    usage: Usage | None
    finish_reason: str
    form: Form
    model: str
    seconds: float
    upstream_calls: int
    from_cache: bool = False


@dataclass(frozen=True, slots=True)
class ModelDelta:
    """A piece of the text; the last one of a stream carries the reply (its ``text`` may be "")."""

    text: str
    reply: ModelReply | None = None


class LLM(Protocol):
    """A language model. Safe to share among threads."""

    name: str

    def stream(self, request: ModelRequest, deadline: Deadline) -> Iterator[ModelDelta]:
        """The answer as it is written. The pieces joined are the reply's text.

        A piece once given is never taken back: retries and lower rungs of the ladder happen only
        before the first piece; afterwards a failure ends the stream, and the error's ``partial`` is
        the text that was given. The iterator is never held longer than the deadline plus a second.
        Closing it early frees the connection and the place in the queue.

        Raises:
            ModelError: No usable answer; one of its four kinds.
        """

    def complete(self, request: ModelRequest, deadline: Deadline) -> ModelReply:
        """The whole answer at once.

        Raises:
            ModelError: As for :meth:`stream`.
        """


def gather(pieces: Iterator[ModelDelta]) -> ModelReply:
    """The reply at the end of a stream.

    Raises:
        ValueError: The stream ended without one, against the contract.
    """
    for piece in pieces:
        if piece.reply is not None:
            return piece.reply
    raise ValueError("the stream ended without a reply")
