"""What is judged: an advice as a reader sees it, with the complaint it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from advisor.model import Advice, Plan, Point, Precedent
from eval.cases_set import GrassrootsCase
from eval.errors import RunInvalid
from eval.run_file import read_run


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to one case; ``key_points`` are those a good answer has, in Chinese."""

    case: str
    complaint: str
    region: str
    as_of: str
    text: str
    key_points: tuple[str, ...] = ()


def read_answers(path: Path, cases: Iterable[GrassrootsCase] = ()) -> tuple[Answered, ...]:
    """The answers of a run, in the order they stand; a case that crashed has none.

    Args:
        path: a run file of ``advisor-eval advice``.
        cases: where the key points are taken from.

    Raises:
        RunInvalid: no such file, a broken row, or no answer at all.
    """
    known = {case.id: case for case in cases}
    found = []
    for row in read_run(path).rows:
        advice = row.detail.get("advice")
        if advice is None:
            continue
        try:
            found.append(answered(row.case, Advice.model_validate(advice), known.get(row.case)))
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise RunInvalid(path, f"案例{row.case}：建议的{where}不对") from None
    if not found:
        raise RunInvalid(path, "没有带建议的行")
    return tuple(found)


def answered(name: str, advice: Advice, case: GrassrootsCase | None) -> Answered:
    """One advice as it is judged."""
    echo = advice.complaint
    day = echo.occurred_on or advice.created_at.date()
    points = tuple(one.point for one in case.key_points) if case else ()
    return Answered(name, echo.text, echo.region, day.isoformat(), as_text(advice), points)


def as_text(advice: Advice) -> str:
    """The four parts in plain Chinese, without ids, labels and provenance.

    Nothing tells who or what wrote it, so that two runs are compared blind.
    """
    analysis = advice.analysis
    lines = ["一、盘账分析", analysis.summary]
    for name, points in (
        ("各方", analysis.parties),
        ("已知", analysis.facts),
        ("待查", analysis.missing_facts),
        ("争点", analysis.disputes),
        ("风险", analysis.risks),
    ):
        lines += _listed(name, points)
    lines += ["二、清账方案", *_plan(advice.plan), "三、法规支撑"]
    lines += [f"《{one.law}》{one.article}：{one.text}（{one.why}）" for one in advice.legal_basis]
    lines += ["四、案例参考", *(_precedent(one) for one in advice.precedents)]
    if advice.limits:
        lines += ["说明", *advice.limits]
    return "\n".join(line for line in lines if line)


def _listed(name: str, points: Iterable[Point]) -> list[str]:
    return [f"{name}：{point.text}" for point in points]


def _plan(plan: Plan) -> list[str]:
    steps = [
        f"{step.order}. {step.action}（{step.owner}，{step.deadline_days}天内）"
        for step in plan.steps
    ]
    led = f"牵头：{plan.lead_department}；配合：{'、'.join(plan.support_departments) or '无'}"
    return [*steps, led, f"升级：{plan.escalation}", f"群众告知口径：{plan.resident_script}"]


def _precedent(one: Precedent) -> str:
    same, different = "；".join(one.same), "；".join(one.different)
    return f"{one.title}：{one.outcome}。相同：{same}。不同：{different}"
