"""Two versions on live traffic: who gets which, and when the comparison may be ended."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from advisor.adoption.model import AdoptionEntry, Feedback, Standing
from advisor.adoption.shares import Share, share
from advisor.model import Value

Arm = Literal["A", "B"]

ALPHA = 0.05
"""Chance of telling a difference where there is none, over the whole run of a trial."""
MOST_PAIRS = 1000
"""A trial that told no difference by then is ended as undecided."""


class TrialState(Value):
    """Where a trial stands.

    ``a`` and ``b`` are the advices used of those judged; ``pairs`` the judged pairs; ``evidence``
    the largest e-value so far (20 is what α = 0.05 asks for).
    """

    name: str
    a: Share
    b: Share
    pairs: int
    evidence: float
    decision: Literal["differ", "go_on", "no_difference_shown"]


def arm_of(trial: str, key: str, share_of_b: float = 0.5) -> Arm:
    """Which version a matter gets: always the same one for the same key of the same trial."""
    digest = hashlib.sha256(f"{trial}\0{key}".encode()).digest()
    return "B" if int.from_bytes(digest[:8]) / 2**64 < share_of_b else "A"


def mark(trial: str, arm: Arm) -> str:
    """How the arm stands in the provenance of an advice."""
    return f"{trial}:{arm}"


def trials(standings: Sequence[Standing], trail: Iterable[AdoptionEntry]) -> tuple[TrialState, ...]:
    """Where each trial stands, by the first verdict on each advice, in the order they came in.

    Later corrections change the counters, not the trial: evidence that was counted stays counted,
    else the bound on false alarms would not hold. Withdrawn feedback counts as none.
    """
    marks = {one.advice_id: one.trial for one in standings if one.trial is not None}
    found: dict[str, dict[Arm, list[bool]]] = {}
    seen: set[str] = set()
    for entry in trail:
        said, told = entry.said, marks.get(entry.advice_id)
        if told is None or entry.advice_id in seen:
            continue
        if isinstance(said, Feedback) and said.verdict is not None:
            seen.add(entry.advice_id)
            name, _, arm = told.rpartition(":")
            arms = found.setdefault(name, {"A": [], "B": []})
            arms["B" if arm == "B" else "A"].append(said.verdict != "rejected")
    return tuple(_state(name, arms["A"], arms["B"]) for name, arms in sorted(found.items()))


def _state(name: str, a: Sequence[bool], b: Sequence[bool]) -> TrialState:
    pairs = list(zip(a, b, strict=False))[:MOST_PAIRS]
    evidence = e_value(pairs)
    decision: Literal["differ", "go_on", "no_difference_shown"] = "go_on"
    if evidence >= 1 / ALPHA:
        decision = "differ"
    elif len(pairs) == MOST_PAIRS:
        decision = "no_difference_shown"
    return TrialState(
        name=name,
        a=share(sum(a), len(a)),
        b=share(sum(b), len(b)),
        pairs=len(pairs),
        evidence=evidence,
        decision=decision,
    )


def e_value(pairs: Iterable[tuple[bool, bool]]) -> float:
    """The largest evidence against "both are used equally often" met on the way.

    An e-process of the two-sample test in R. J. Turner, A. Ly, P. D. Grünwald: Generic E-variables
    for exact sequential k-sample tests that allow for optional stopping (2024), blocks of one and
    one. Each pair multiplies it by p_a(x)·p_b(y) / (p_m(x)·p_m(y)), where a and b are estimated
    from the pairs before only and m is their mean. Where both rates are equal the expected factor
    is 1 − ((a−b)/2)²·k² ≤ 1, so by Ville's inequality the chance that it *ever* reaches 1/α is at
    most α, however often one looks.
    """
    now = most = 1.0
    used_a = used_b = 1.0  # the two arms begin from one half, as if one of two had been used
    for count, (in_a, in_b) in enumerate(pairs):
        a, b = used_a / (count + 2), used_b / (count + 2)
        mean = (a + b) / 2
        now *= _chance(a, in_a) / _chance(mean, in_a) * _chance(b, in_b) / _chance(mean, in_b)
        most = max(most, now)
        used_a += in_a
        used_b += in_b
    return most


def _chance(rate: float, used: bool) -> float:
    return rate if used else 1 - rate
