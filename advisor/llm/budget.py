"""Budget: how often, and after how long, a failed call may be repeated."""

import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 8.0


class RetryBudget:
    """Retries shared by every call of the process, so that an outage is not multiplied.

    A retry costs one; a successful call pays back a tenth, up to ``most``. When nothing succeeds,
    at most ``most`` retries are made, however many answers are asked for. (The scheme of the
    "retry budget" in Finagle and gRPC's retry throttling.)
    """

    def __init__(self, most: float = 3.0, refund: float = 0.1) -> None:
        self._most = most
        self._left = most
        self._refund = refund
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether one more retry may be made; it is counted."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def pay_back(self) -> None:
        """Note a call that succeeded."""
        with self._lock:
            self._left = min(self._most, self._left + self._refund)


def wait_before(attempt: int, asked: float | None, chance: float) -> float:
    """Seconds to wait before repeating a call that failed for the ``attempt``-th time.

    Twice as long each time, with full jitter: a random part of it, at least a tenth of a second,
    so that callers who failed together do not return together (``chance`` is 0 to 1). ``asked``
    (Retry-After) is a floor.
    """
    wait = max(0.1, min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (attempt - 1)) * chance)
    return wait if asked is None else asked + wait / 2


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds in a Retry-After field: a number or a date (RFC 9110, 10.2.3); None when neither."""
    if not value:
        return None
    text = value.strip()
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return min(float(text), 1e9)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())
