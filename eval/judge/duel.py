"""Duels: two runs compared pair by pair, each pair shown to the judge in both orders."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import comb
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.errors import ModelError
from eval.errors import EvalError
from eval.judge.answers import Answered
from eval.judge.asking import Judge, told

COMPARE = "compare/v1"
Verdict = Literal["甲", "乙", "相当"]
Outcome = Literal["a", "b", "tie", "split"]
"""``split``: the judge changed its mind with the order; it prefers a place, not an answer."""
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "reason": {"type": "string"},
        "better": {"type": "string", "enum": ["甲", "乙", "相当"]},
    },
    "required": ["reason", "better"],
    "additionalProperties": False,
}
_TURNED: Mapping[Verdict, Verdict] = {"甲": "乙", "乙": "甲", "相当": "相当"}
_OUTCOMES: Mapping[Verdict, Outcome] = {"甲": "a", "乙": "b", "相当": "tie"}


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    better: Verdict
    reason: str = Field("", max_length=600)


class DuelRow(BaseModel):
    """One case: the outcome over both orders, or an ``error``; ``reasons`` in the orders asked."""

    model_config = ConfigDict(frozen=True)

    case: str
    outcome: Outcome | None = None
    reasons: tuple[str, ...] = ()
    error: str | None = None


class DuelFigures(BaseModel):
    """Two runs against each other over the cases both have.

    ``p`` is that of the two-sided exact sign test over the decided cases (Dixon and Mood, *JASA*
    41, 1946), None where none is decided. ``split`` counts the cases lost to the judge's
    preference for a place.
    """

    model_config = ConfigDict(frozen=True)

    judge: str
    prompt: str
    cases: int
    a: int
    b: int
    tie: int
    split: int
    failed: int
    p: float | None


def paired(a: Sequence[Answered], b: Sequence[Answered]) -> tuple[tuple[Answered, Answered], ...]:
    """The answers of both runs to the same case and the same complaint.

    Raises:
        EvalError: they share no case.
    """
    others = {one.case: one for one in b}
    found = tuple(
        (one, others[one.case])
        for one in a
        if one.case in others and others[one.case].complaint == one.complaint
    )
    if not found:
        raise EvalError("两次运行没有相同的案例，无法比较。")
    return found


def duels(
    judge: Judge, pairs: Sequence[tuple[Answered, Answered]], *, at_once: int = 1
) -> Iterator[DuelRow]:
    """Every pair in both orders; rows come in order, a failure is a row too."""
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda pair: duel(judge, *pair), pairs)


def duel(judge: Judge, a: Answered, b: Answered) -> DuelRow:
    """One pair in both orders."""
    complaint, first, second = judge.masked((a.complaint, a.text, b.text))
    around = {"complaint": complaint, "region": a.region, "as_of": a.as_of}
    try:
        one = _asked(judge, {**around, "first": first, "second": second})
        two = _asked(judge, {**around, "first": second, "second": first})
    except ModelError as error:
        return DuelRow(case=a.case, error=told(error))
    except ValidationError:
        return DuelRow(case=a.case, error="回答不合要求")
    agreed = one.better == _TURNED[two.better]
    outcome: Outcome = _OUTCOMES[one.better] if agreed else "split"
    return DuelRow(case=a.case, outcome=outcome, reasons=(one.reason, two.reason))


def duel_figures(rows: Sequence[DuelRow], *, judge: str) -> DuelFigures:
    """The count of outcomes and the sign test."""
    counts = {kind: sum(row.outcome == kind for row in rows) for kind in ("a", "b", "tie", "split")}
    return DuelFigures(
        judge=judge,
        prompt=COMPARE,
        cases=len(rows),
        failed=sum(row.error is not None for row in rows),
        p=sign_test(counts["a"], counts["b"]),
        **counts,
    )


def sign_test(wins: int, losses: int) -> float | None:
    """Two-sided exact probability of a split as uneven as this by chance alone, 0 to 1."""
    decided = wins + losses
    if not decided:
        return None
    ways = sum(comb(decided, k) for k in range(min(wins, losses) + 1))
    return min(1.0, 2 * ways / float(2**decided))


def _asked(judge: Judge, variables: Mapping[str, object]) -> _Reply:
    return _Reply.model_validate(judge.ask(COMPARE, variables, SCHEMA))
