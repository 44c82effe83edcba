"""Grades: each answer against the rubric, several times, with the judge's own variance."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import fmean, pstdev
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.errors import ModelError
from eval.errors import DatasetInvalid
from eval.intervals import intervals
from eval.judge.answers import Answered
from eval.judge.asking import Judge, told
from eval.judge.rubric import HIGHEST, KEYS, LOWEST, RUBRIC

GRADE = "grade/v1"
_ONE: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "quote": {"type": "string"},
        "reason": {"type": "string"},
        "score": {"type": "integer", "minimum": LOWEST, "maximum": HIGHEST},
    },
    "required": ["quote", "reason", "score"],
    "additionalProperties": False,
}
_ALL: Mapping[str, object] = {
    "type": "object",
    "properties": {key: _ONE for key in KEYS},
    "required": list(KEYS),
    "additionalProperties": False,
}
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {"grades": _ALL},
    "required": ["grades"],
    "additionalProperties": False,
}


class Grade(BaseModel):
    """One criterion as graded once; ``quoted``: the quote stands in the answer, or is empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    score: Annotated[int, Field(strict=True, ge=LOWEST, le=HIGHEST)]
    quote: str = Field("", max_length=400)
    reason: str = Field("", max_length=400)
    quoted: bool = True


class GradeRow(BaseModel):
    """One answer graded once: a grade for every criterion, or an ``error`` and none."""

    model_config = ConfigDict(frozen=True)

    judge: str
    prompt: str = GRADE
    case: str
    repeat: int
    grades: dict[str, Grade] = {}
    error: str | None = None


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    grades: dict[str, Grade]


class CriterionFigures(BaseModel):
    """One criterion over all answers.

    ``mean`` 1 to 5, higher is better, over the means of the answers, with its 95 % bootstrap
    interval over answers; ``own_sd`` the judge's own standard deviation over the repeats of one
    answer, averaged; ``unquoted`` the share of grades whose quote does not stand in the answer.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    name: str
    mean: float
    low: float
    high: float
    own_sd: float | None
    unquoted: float


class GradeFigures(BaseModel):
    """A judge's view of one run; never to be added to deterministic measures."""

    model_config = ConfigDict(frozen=True)

    judge: str
    prompt: str
    answers: int
    graded: int
    repeats: int
    failed: int
    criteria: tuple[CriterionFigures, ...]


def grade_all(
    judge: Judge, answers: Sequence[Answered], *, repeats: int = 1, at_once: int = 1
) -> Iterator[GradeRow]:
    """Every answer graded ``repeats`` times; rows come in order, a failure is a row too."""
    work = [(one, repeat) for one in answers for repeat in range(repeats)]
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda pair: grade(judge, *pair), work)


def grade(judge: Judge, answer: Answered, repeat: int = 0) -> GradeRow:
    """One answer graded once."""
    empty = GradeRow(judge=judge.llm.name, case=answer.case, repeat=repeat)
    points = "\n".join(answer.key_points)
    complaint, text, hints = judge.masked((answer.complaint, answer.text, points))
    variables = {
        "criteria": RUBRIC,
        "complaint": complaint,
        "answer": text,
        "region": answer.region,
        "as_of": answer.as_of,
        "key_points": hints.splitlines(),
    }
    try:
        reply = _Reply.model_validate(judge.ask(GRADE, variables, SCHEMA))
    except ModelError as error:
        return empty.model_copy(update={"error": told(error)})
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return empty.model_copy(update={"error": f"回答不合要求：{where}"})
    missing = [key for key in KEYS if key not in reply.grades]
    if missing:
        return empty.model_copy(update={"error": f"回答缺少：{'、'.join(missing)}"})
    grades = {key: _checked(reply.grades[key], text) for key in KEYS}
    return empty.model_copy(update={"grades": grades})


def _checked(given: Grade, text: str) -> Grade:
    quote = "".join(given.quote.split())
    return given.model_copy(update={"quoted": quote in "".join(text.split())})


def read_grades(path: Path) -> tuple[GradeRow, ...]:
    """The rows that ``advisor-eval judge`` wrote.

    Raises:
        DatasetInvalid: It cannot be read, or a line is no such row.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DatasetInvalid(path, "文件无法读取") from None
    try:
        return tuple(GradeRow.model_validate_json(line) for line in lines)
    except ValidationError:
        raise DatasetInvalid(path, "有一行不是评分") from None


def figures(rows: Sequence[GradeRow]) -> GradeFigures | None:
    """The figures of a run's grades; None where nothing could be graded."""
    graded = _by_case(rows)
    if not graded:
        return None
    means = [[fmean(g[key].score for g in each) for key in KEYS] for each in graded.values()]
    bounds = intervals(means)
    criteria = []
    for place, one in enumerate(RUBRIC):
        low, high = bounds[place]
        all_of_it = [g[one.key] for each in graded.values() for g in each]
        criteria.append(
            CriterionFigures(
                key=one.key,
                name=one.name,
                mean=fmean(row[place] for row in means),
                low=low,
                high=high,
                own_sd=_own_sd(graded, one.key),
                unquoted=fmean(not g.quoted for g in all_of_it),
            )
        )
    return GradeFigures(
        judge="、".join(sorted({row.judge for row in rows})),
        prompt="、".join(sorted({row.prompt for row in rows})),
        answers=len({row.case for row in rows}),
        graded=len(graded),
        repeats=max(row.repeat for row in rows) + 1,
        failed=sum(row.error is not None for row in rows),
        criteria=tuple(criteria),
    )


def scores(rows: Sequence[GradeRow]) -> dict[tuple[str, str], float]:
    """(case, criterion) to the mean score over the repeats."""
    return {
        (case, key): fmean(g[key].score for g in each)
        for case, each in _by_case(rows).items()
        for key in KEYS
    }


def _by_case(rows: Sequence[GradeRow]) -> dict[str, list[dict[str, Grade]]]:
    graded: dict[str, list[dict[str, Grade]]] = {}
    for row in rows:
        if row.error is None:
            graded.setdefault(row.case, []).append(row.grades)
    return graded


def _own_sd(graded: Mapping[str, Sequence[Mapping[str, Grade]]], key: str) -> float | None:
    spreads = [pstdev(g[key].score for g in each) for each in graded.values() if len(each) > 1]
    return fmean(spreads) if spreads else None
