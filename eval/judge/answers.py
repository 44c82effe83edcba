"""What is judged: an advice as a reader sees it, with the complaint it answers."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from advisor.model import Advice, Plan, Point, Precedent
from eval.cases_set import GrassrootsCase
from eval.errors import DatasetInvalid


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
    """The answers of a run file: its rows that carry an advice, in the order they stand.

    Args:
        path: a run of advice (`eval.run_file`), or rows ``{"case", "advice"}``.
        cases: where the key points are taken from.

    Raises:
        DatasetInvalid: no such file, a broken row, a case twice, or no advice at all.
    """
    known = {case.id: case for case in cases}
    found: dict[str, Answered] = {}
    for number, row in _rows(path):
        name, advice = row.get("case"), _advice(row)
        if not isinstance(name, str) or advice is None:
            continue
        if name in found:
            raise DatasetInvalid(path, f"第{number}行：案例{name}重复")
        try:
            found[name] = answered(name, Advice.model_validate(advice), known.get(name))
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise DatasetInvalid(path, f"第{number}行：建议的{where}不对") from None
    if not found:
        raise DatasetInvalid(path, "没有带建议的行")
    return tuple(found.values())


def _advice(row: Mapping[str, object]) -> object:
    detail = row.get("detail")
    return detail.get("advice") if isinstance(detail, Mapping) else row.get("advice")


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


def _rows(path: Path) -> Iterable[tuple[int, Mapping[str, object]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DatasetInvalid(path, "文件无法读取") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise DatasetInvalid(path, f"第{number}行不是JSON") from None
        if not isinstance(row, dict):
            raise DatasetInvalid(path, f"第{number}行不是对象")
        yield number, row
