"""What ``advisor llm check`` found out, on the wire."""

from decimal import Decimal

from api.schemas.base import Outgoing


class SupportOut(Outgoing):
    """One way of asking for an answer."""

    supported: bool
    reason: str = ""


class CheckOut(Outgoing):
    """One thing asked of the sample answer."""

    name: str
    ok: bool


class SampleOut(Outgoing):
    """The sample answer and its grade."""

    grade: str
    points: int
    of: int
    checks: tuple[CheckOut, ...]
    text: str
    form: str
    input_tokens: int | None
    output_tokens: int | None
    cost: Decimal | None


class LlmCheckOut(Outgoing):
    """The endpoint: reachable, what it supports, how fast it is, how well it answers."""

    base_url: str
    model: str
    reachable: bool
    error: str
    models: tuple[str, ...] | None
    supports: dict[str, SupportOut]
    long_input: SupportOut
    streaming: bool
    usage: bool
    first_token_seconds: float | None
    total_seconds: float | None
    tokens_per_second: float | None
    sample: SampleOut | None
    notes: tuple[str, ...]
