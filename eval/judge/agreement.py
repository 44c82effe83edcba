"""Agreement of the judge with people: weighted kappa of its grades and theirs."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import DatasetInvalid
from eval.judge.grading import GradeRow, scores
from eval.judge.rubric import HIGHEST, KEYS, LOWEST, RUBRIC
from eval.measures.kappa import weighted_kappa


class HumanGrade(BaseModel):
    """What one person gave an answer for one criterion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    criterion: str
    score: int = Field(ge=LOWEST, le=HIGHEST)
    by: str = ""


class Agreement(BaseModel):
    """One criterion: pairs compared, quadratic weighted kappa, share within one point."""

    model_config = ConfigDict(frozen=True)

    key: str
    name: str
    pairs: int
    kappa: float | None
    within_one: float | None


def read_human(path: Path) -> tuple[HumanGrade, ...]:
    """People's grades, one JSON object a line.

    Raises:
        DatasetInvalid: no such file, a broken row, or a criterion that is none of ours.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DatasetInvalid(path, "文件无法读取") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = HumanGrade.model_validate_json(line)
        except ValidationError:
            raise DatasetInvalid(path, f"第{number}行不是一条人工评分") from None
        if one.criterion not in KEYS:
            raise DatasetInvalid(path, f"第{number}行：没有评分项{one.criterion}")
        found.append(one)
    return tuple(found)


def agreement(rows: Sequence[GradeRow], human: Sequence[HumanGrade]) -> tuple[Agreement, ...]:
    """The judge's grade (rounded mean of its repeats) beside each person's, by criterion."""
    given = scores(rows)
    found = []
    for one in RUBRIC:
        pairs = [
            (round(given[h.case, one.key]), h.score)
            for h in human
            if h.criterion == one.key and (h.case, one.key) in given
        ]
        near = sum(abs(a - b) <= 1 for a, b in pairs) / len(pairs) if pairs else None
        found.append(
            Agreement(
                key=one.key,
                name=one.name,
                pairs=len(pairs),
                kappa=weighted_kappa(pairs),
                within_one=near,
            )
        )
    return tuple(found)
