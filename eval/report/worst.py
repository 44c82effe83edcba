"""The cases of a run that are furthest from right, with the texts a reader needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from pydantic import JsonValue, ValidationError

from advisor.model import Advice
from eval.judge.answers import as_text
from eval.measures.measure import Measure
from eval.measures.registry import BY_NAME
from eval.run_file import Run, RunRow

_MISSED = {
    "missed_points": "没有写到的要点",
    "missed_articles": "没有列出的核心法条",
    "untrue_citations": "不成立的引用",
    "sprung_traps": "落入的陷阱",
    "not_there": "缺少的部分",
    "empty_sentences": "空话",
    "leaked": "泄露的个人信息",
}
_KEYS = {"kind": "种类", "forbidden": "不该说", "required": "应该说", "within": "限于"}


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A case far from right.

    ``loss`` is the mean shortfall, 0 to 1, over the measures that run from 0 to 1 and have a
    direction; ``short`` names those that fall short, by how much, most first.
    """

    case: str
    loss: float
    short: tuple[tuple[str, float], ...]
    error: str | None
    complaint: str
    answer: str
    missed: tuple[tuple[str, tuple[str, ...]], ...]


def worst(run: Run, count: int = 12) -> tuple[WorstCase, ...]:
    """The cases with the largest loss, largest first; none that is right in everything."""
    found = sorted(map(_case, run.rows), key=lambda one: (-one.loss, one.case))
    return tuple(one for one in found[:count] if one.loss > 0)


def _case(row: RunRow) -> WorstCase:
    losses = _losses(row)
    short = sorted(((t, loss) for t, loss in losses.items() if loss > 0), key=_most_first)
    complaint = row.detail.get("complaint")
    missed = ((title, _texts(row.detail.get(key))) for key, title in _MISSED.items())
    return WorstCase(
        case=row.case,
        loss=fmean(losses.values()) if losses else float(row.error is not None),
        short=tuple(short),
        error=row.error,
        complaint=complaint if isinstance(complaint, str) else "",
        answer=_answer(row.detail),
        missed=tuple((title, texts) for title, texts in missed if texts),
    )


def _losses(row: RunRow) -> Mapping[str, float]:
    known = ((BY_NAME.get(name), value) for name, value in row.measures.items())
    return {
        one.title: 1 - value if one.direction == "up" else value
        for one, value in known
        if one is not None and value is not None and _is_share(one)
    }


def _is_share(measure: Measure) -> bool:
    return (measure.low, measure.high) == (0.0, 1.0) and measure.direction != "none"


def _most_first(one: tuple[str, float]) -> tuple[float, str]:
    return -one[1], one[0]


def _answer(detail: Mapping[str, JsonValue]) -> str:
    try:
        return as_text(Advice.model_validate(detail.get("advice")))
    except ValidationError:
        return ""


def _texts(value: JsonValue) -> tuple[str, ...]:
    return tuple(_text(one) for one in value) if isinstance(value, list) else ()


def _text(value: JsonValue) -> str:
    if isinstance(value, dict):
        told = (f"{_KEYS.get(key, key)} {_text(item)}" for key, item in value.items() if item)
        return "；".join(told)
    if isinstance(value, list):
        return "、".join(_text(one) for one in value)
    return str(value)
