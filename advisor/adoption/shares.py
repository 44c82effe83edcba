"""Shares with how far they may be trusted, and quartiles."""

from collections.abc import Sequence
from math import sqrt
from statistics import quantiles

from advisor.model import Value

_Z = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""


class Share(Value):
    """``count`` of ``of``: the rate and its 95 % interval, 0 to 1; None where ``of`` is 0."""

    count: int
    of: int
    rate: float | None
    low: float | None
    high: float | None


class Quartiles(Value):
    """How a number is spread over ``n`` advices."""

    n: int
    low: float
    median: float
    high: float


def share(count: int, of: int) -> Share:
    """The share with Wilson's interval.

    E. B. Wilson: Probable inference, the law of succession, and statistical inference (JASA 22,
    1927): it stays within 0 to 1 and holds for small numbers, where the usual one does not.
    """
    if of == 0:
        return Share(count=count, of=of, rate=None, low=None, high=None)
    rate, square = count / of, _Z * _Z
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(rate * (1 - rate) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Share(count=count, of=of, rate=rate, low=low, high=high)


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """The quarter, the half and three quarters; None of nothing."""
    if not values:
        return None
    if len(values) == 1:
        return Quartiles(n=1, low=values[0], median=values[0], high=values[0])
    low, median, high = quantiles(values, n=4, method="inclusive")
    return Quartiles(n=len(values), low=low, median=median, high=high)
