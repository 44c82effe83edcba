"""Questions to learn from: a JSONL file of lay questions with the articles that answer them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.numerals import parse_article
from indexer.errors import TrainingRefused
from indexer.training_material import LabelledQuestion

FOLDS = 5


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True)

    law: str
    article: str


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)

    question: str
    gold: Sequence[_Gold]
    as_of: date


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """The questions of a file that are learnt from; ``told`` names the file and what was left."""

    questions: tuple[LabelledQuestion, ...]
    told: str


def read_questions(path: Path, *, leave_out: int | None = None) -> QuestionFile:
    """The questions of a file.

    Args:
        path: JSONL with ``question``, ``gold`` (``law`` and ``article``) and ``as_of``.
        leave_out: 0 to 4: row ``n`` is left out where ``n % 5`` is this, so that a measurement on
            those rows is honest.

    Raises:
        TrainingRefused: the file cannot be read, or a row lacks a field.
    """
    try:
        raw = path.read_bytes()
        lines = [line for line in raw.decode("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingRefused(f"{path.name} 无法读取或不是 UTF-8 文本。") from error
    kept = [place for place in range(len(lines)) if place % FOLDS != leave_out]
    told = f"{path.name} sha256 {hashlib.sha256(raw).hexdigest()}, {len(kept)} of {len(lines)} rows"
    if leave_out is not None:
        told += f", without rows n % {FOLDS} == {leave_out}"
    return QuestionFile(tuple(_question(path, place, lines[place]) for place in kept), told)


def _question(path: Path, place: int, line: str) -> LabelledQuestion:
    try:
        row = _Row.model_validate_json(line)
        gold = tuple((one.law, parse_article(one.article)) for one in row.gold)
    except (ValidationError, ValueError) as error:
        raise TrainingRefused(f"{path.name} 第 {place + 1} 行缺少字段或格式不对。") from error
    return LabelledQuestion(row.question, gold, row.as_of)
