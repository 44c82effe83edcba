"""Breaker: stop asking an endpoint that keeps failing, and find out when it is back."""

import threading
import time

from advisor.llm.deadline import Clock


class CircuitBreaker:
    """Opens after ``threshold`` failures in a row; then one call per ``cooldown`` is a probe.

    Every call that :meth:`allow` lets through must be followed by exactly one of
    :meth:`succeeded`, :meth:`failed` or :meth:`abandoned`.
    """

    def __init__(
        self, threshold: int = 5, cooldown: float = 20.0, clock: Clock = time.monotonic
    ) -> None:
        self._threshold = threshold
        self._cooldown = cooldown
        self._clock = clock
        self._failures = 0
        self._resting_until = 0.0
        self._probing = False
        self._lock = threading.Lock()

    def allow(self) -> bool:
        """Whether a call may be made now."""
        with self._lock:
            if self._clock() < self._resting_until or self._probing:
                return False
            self._probing = self._failures >= self._threshold
            return True

    def rest(self) -> float | None:
        """Seconds until an endpoint that asked to be left alone may be called; None when open."""
        with self._lock:
            if self._failures >= self._threshold:
                return None
            return max(0.0, self._resting_until - self._clock())

    def succeeded(self) -> None:
        """The endpoint answered, be it to refuse the request."""
        with self._lock:
            self._failures = 0
            self._resting_until = 0.0
            self._probing = False

    def failed(self, rest: float = 0.0) -> None:
        """The endpoint did not answer, or asked to be left alone for ``rest`` seconds."""
        with self._lock:
            self._failures += 1
            self._probing = False
            pause = self._cooldown if self._failures >= self._threshold else 0.0
            self._resting_until = max(
                self._resting_until, self._clock() + max(pause, min(rest, 3 * self._cooldown))
            )

    def abandoned(self) -> None:
        """The caller left before the endpoint showed how it is."""
        with self._lock:
            self._probing = False
