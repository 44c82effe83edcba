"""Ports of the use cases: what they need from outside; only bootstrap names the adapters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

_DETAIL_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class StoredAdvice:
    """One advice as the store keeps it: its columns, and the whole of it as JSON.

    ``matter`` is the type of the matter 事项类型, None when recognition abstained.
    ``request_hash`` tells a repeated request from another one with the same ``idempotency_key``.
    ``payload`` is the Advice as JSON text, returned exactly as it was given.
    """

    id: str
    created_at: datetime
    idempotency_key: str | None
    request_hash: str
    region: str
    matter: str | None
    mode: str
    status: str
    payload: str
    schema_version: int = 1

    def __post_init__(self) -> None:
        if self.created_at.tzinfo is None:
            raise ValueError("created_at needs a time zone")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which advice, and when.

    ``detail`` holds short facts (codes, counts) and never the text of a complaint: a value longer
    than 200 characters is refused.
    """

    action: str
    advice_id: str
    actor: str = "system"
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    detail: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")
        for name, value in self.detail.items():
            if isinstance(value, str) and len(value) > _DETAIL_CHARACTERS:
                raise ValueError(f"audit detail {name!r} is too long for a fact")


@dataclass(frozen=True, slots=True)
class StoredCall:
    """One exchange with a language model, kept with the advice it was made for.

    ``text`` is what the model wrote, still masked; ``outcome`` "answered" or why not; ``tokens``
    counts by "input", "output", "cached"; ``cost`` is a decimal in the price table's currency.
    """

    prompt: str
    model: str
    outcome: str
    text: str
    form: str | None = None
    seconds: float | None = None
    upstream_calls: int | None = None
    from_cache: bool = False
    tokens: Mapping[str, int] = field(default_factory=dict)
    cost: str | None = None


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """One page of advice, newest first; ``next_cursor`` is None on the last page."""

    items: tuple[StoredAdvice, ...]
    next_cursor: str | None


class AdviceStore(Protocol):
    """Keeps every advice and the trail of what was done with it. Safe to share among threads."""

    def save(
        self, record: StoredAdvice, audit: AuditEntry, *, calls: Sequence[StoredCall] = ()
    ) -> None:
        """Store the advice, its idempotency key, audit row and model calls, all or nothing.

        When it returns, they are on disk. Saving an equal record again does nothing.

        Raises:
            IdempotencyConflict: Another advice holds the key; :meth:`find_by_key` gives it, and its
                ``request_hash`` says whether it answers the same request.
            AdviceExists: Another advice holds the id.
            StoreUnavailable: Nothing was stored; the message says why.
        """

    def get(self, advice_id: str) -> StoredAdvice | None:
        """The advice with this id.

        Raises:
            StoreUnavailable: The store cannot be read.
        """

    def list(self, cursor: str | None = None, limit: int = 50) -> AdvicePage:
        """One page, newest first; ``limit`` is 1 to 200, ``cursor`` the ``next_cursor`` before.

        Rows stored while one turns pages never appear twice and push none out.

        Raises:
            BadCursor: The cursor is none of ours.
            RefusedInput: The limit is out of bounds.
            StoreUnavailable: The store cannot be read.
        """

    def find_by_key(self, idempotency_key: str) -> StoredAdvice | None:
        """The advice that was stored with this idempotency key.

        Raises:
            StoreUnavailable: The store cannot be read.
        """


class Masked(Protocol):
    """A text whose personal data was replaced by tokens."""

    @property
    def masked(self) -> str:
        """The text as it may leave the machine."""
        ...

    def restore(self, text: str) -> str:
        """Any text with the tokens of this masking replaced by what they stand for."""
        ...


class Masking(Protocol):
    """Finds and replaces personal data 脱敏. Safe to share among threads."""

    def mask(self, text: str) -> Masked:
        """Replace the personal data of a text by numbered tokens."""
        ...

    def personal(self, text: str) -> Sequence[str]:
        """The personal data that stand in a text, as they are written there."""
        ...
