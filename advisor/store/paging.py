"""Cursors: where the next page of a list begins, written so that nobody builds on their inside."""

import base64
import binascii
from datetime import UTC, datetime

from advisor.errors import BadCursor, RefusedInput
from advisor.ports import AdvicePage, StoredAdvice

MAX_LIMIT = 200

Position = tuple[datetime, str]
"""The last row of a page: its time (UTC) and its id, which breaks ties."""


def encode_cursor(position: Position) -> str:
    """The position as an opaque text that is safe in a URL."""
    at, advice_id = position
    return base64.urlsafe_b64encode(
        f"{at.astimezone(UTC).isoformat()}|{advice_id}".encode()
    ).decode()


def decode_cursor(cursor: str) -> Position:
    """The position a cursor stands for.

    Raises:
        BadCursor: It was not made by :func:`encode_cursor`.
    """
    try:
        raw = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True).decode()
        at, separator, advice_id = raw.partition("|")
        moment = datetime.fromisoformat(at)
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not separator or moment.tzinfo is None:
        raise BadCursor
    return moment, advice_id


def check_limit(limit: int) -> int:
    """The limit itself.

    Raises:
        RefusedInput: It is not 1 to 200.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise RefusedInput("bad_limit", f"每页条数应在 1 到 {MAX_LIMIT} 之间。")
    return limit


def page_of(rows: tuple[StoredAdvice, ...], limit: int) -> AdvicePage:
    """A page from up to ``limit + 1`` rows: the one too many tells that there is a next page."""
    if len(rows) <= limit:
        return AdvicePage(rows, None)
    kept = rows[:limit]
    return AdvicePage(kept, encode_cursor((kept[-1].created_at, kept[-1].id)))


def encode_place(place: tuple[int, int]) -> str:
    """A place in a list sorted by two whole numbers, as an opaque text that is safe in a URL."""
    return base64.urlsafe_b64encode(f"{place[0]}|{place[1]}".encode()).decode()


def decode_place(cursor: str | None) -> tuple[int, int]:
    """The place a cursor stands for; the one before the beginning for none.

    Raises:
        BadCursor: It was not made by :func:`encode_place`.
    """
    if cursor is None:
        return -1, -1
    try:
        first, second = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True).split(b"|")
        return int(first), int(second)
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
