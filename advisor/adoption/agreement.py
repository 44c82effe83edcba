"""Do two people judge alike: blind second opinions 复评, drawn by lot, and Cohen's κ."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt

from advisor.adoption.model import AdoptionEntry, Review, Standing, Verdict
from advisor.model import Value

_Z = 1.959963984540054


class Agreement(Value):
    """How far first and second verdicts agree on ``pairs`` advices.

    ``kappa`` is 1 where they always agree, 0 where as often as by chance; None of no pair, or where
    all verdicts are one. ``used`` is the same for the two answers "used" and "not used".
    """

    pairs: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None
    used: float | None


def sample(
    standings: Iterable[Standing], *, size: int, seed: str, reviewer: str
) -> tuple[str, ...]:
    """The advices a reviewer is to judge, by lot among those judged by somebody else.

    The same seed draws the same; whoever gave the first verdict never gets it.
    """
    open_to = [
        one.advice_id
        for one in standings
        if one.verdict is not None and one.judged_by != reviewer and one.origin == "service"
    ]
    return tuple(sorted(open_to, key=lambda one: _lot(seed, one))[:size])


def _lot(seed: str, advice_id: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{advice_id}".encode()).digest()


def agreement(standings: Iterable[Standing], entries: Iterable[AdoptionEntry]) -> Agreement:
    """First verdicts beside the last review of each advice; reviews by the first judge are left."""
    second = {entry.advice_id: entry.said for entry in entries if isinstance(entry.said, Review)}
    pairs = [
        (one.verdict, review.verdict)
        for one in standings
        if one.verdict is not None
        and (review := second.get(one.advice_id)) is not None
        and review.by != one.judged_by
    ]
    return _agreement(pairs)


def _agreement(pairs: Sequence[tuple[Verdict, Verdict]]) -> Agreement:
    agreed = sum(first == second for first, second in pairs)
    kappa, half = _kappa(pairs)
    used, _ = _kappa([(first != "rejected", second != "rejected") for first, second in pairs])
    return Agreement(
        pairs=len(pairs),
        agreed=agreed,
        kappa=kappa,
        low=None if kappa is None or half is None else max(-1.0, kappa - half),
        high=None if kappa is None or half is None else min(1.0, kappa + half),
        used=used,
    )


def _kappa(pairs: Sequence[tuple[object, object]]) -> tuple[float | None, float | None]:
    """κ and half its 95 % interval, both as in J. Cohen: A coefficient of agreement (1960)."""
    if not pairs:
        return None, None
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / n
    by_chance = sum(first[name] * second[name] for name in first) / (n * n)
    if by_chance == 1:
        return None, None
    half = _Z * sqrt(observed * (1 - observed) / (n * (1 - by_chance) ** 2))
    return (observed - by_chance) / (1 - by_chance), half
