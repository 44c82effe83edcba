"""Cursors over a sorted sequence: opaque to the caller, and stable when items are added."""

import base64
import binascii
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from advisor.errors import BadCursor

Item = TypeVar("Item")


def slice_after(
    keyed: Sequence[tuple[str, Item]], cursor: str | None, limit: int
) -> tuple[tuple[Item, ...], str | None]:
    """The ``limit`` items after a cursor, and the cursor of the next page (None on the last).

    Args:
        keyed: Items with unique keys, sorted by key.
        cursor: As given with the page before, None for the first page.
        limit: Most items on a page.

    Raises:
        BadCursor: The cursor was not made here.
    """
    begin = bisect_right(keyed, _read(cursor), key=lambda pair: pair[0]) if cursor else 0
    page = keyed[begin : begin + limit]
    more = begin + limit < len(keyed)
    return tuple(item for _, item in page), _write(page[-1][0]) if more else None


def _write(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
