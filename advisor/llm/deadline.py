"""Deadline: the seconds that one answer may still take."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Two moments on a monotonic clock: the end, and when the first text must have come.

    Every wait on behalf of an answer — for a place in the queue, before a retry, for the next
    piece — takes its seconds from the same deadline.
    """

    ends_at: float
    first_by: float
    clock: Clock = time.monotonic

    @classmethod
    def after(
        cls, seconds: float, *, first: float | None = None, clock: Clock = time.monotonic
    ) -> "Deadline":
        """A deadline ``seconds`` from now; the first text within ``first`` seconds if given."""
        now = clock()
        ends_at = now + seconds
        return cls(ends_at, ends_at if first is None else min(ends_at, now + first), clock)

    def left(self) -> float:
        """Seconds until the end; 0 when it has passed."""
        return max(0.0, self.ends_at - self.clock())

    def first_left(self) -> float:
        """Seconds in which the first text must come; 0 when that moment has passed."""
        return max(0.0, self.first_by - self.clock())

    @property
    def passed(self) -> bool:
        """Whether the end has come."""
        return self.left() == 0.0
