"""Datasets of lay questions with the articles that answer them (rows as in STARD, JSONL)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.model import ArticleNumber
from corpus.numerals import parse_article
from eval.errors import DatasetInvalid

_STATE = "中华人民共和国"

ArticleKey = tuple[str, ArticleNumber]
"""What decides a hit: the law's name without 中华人民共和国, and the number of the article."""


class GoldArticle(BaseModel):
    """An article that answers a question."""

    model_config = ConfigDict(frozen=True)

    law: str
    article: str
    part: str | None = None
    file: str | None = None


class Question(BaseModel):
    """One lay question; ``as_of`` is the day on which its answer was written."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    question: str
    gold: Sequence[GoldArticle]
    as_of: date


@dataclass(frozen=True, slots=True)
class Dataset:
    """The questions of one file; ``sha256`` is that of its bytes."""

    name: str
    sha256: str
    questions: tuple[Question, ...]


def article_key(law: str, number: ArticleNumber) -> ArticleKey:
    """The key of an article, the same for a law's full and short official title."""
    return law.strip("《》").removeprefix(_STATE), number


def gold_keys(question: Question) -> frozenset[ArticleKey]:
    """The keys of the articles that answer a question."""
    return frozenset(article_key(gold.law, parse_article(gold.article)) for gold in question.gold)


def load_dataset(path: Path) -> Dataset:
    """The dataset in a JSONL file.

    Raises:
        DatasetInvalid: it cannot be read, or a row lacks what a question needs.
    """
    try:
        raw = path.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetInvalid(path, "无法读取或不是 UTF-8 文本") from error
    questions = tuple(
        _question(path, place, line) for place, line in enumerate(lines, start=1) if line.strip()
    )
    if not questions:
        raise DatasetInvalid(path, "没有一行问题")
    return Dataset(path.name, hashlib.sha256(raw).hexdigest(), questions)


def _question(path: Path, place: int, line: str) -> Question:
    try:
        question = Question.model_validate_json(line)
        gold = gold_keys(question)
    except (ValidationError, ValueError) as error:
        raise DatasetInvalid(path, f"第 {place} 行缺少字段或格式不对") from error
    if not gold:
        raise DatasetInvalid(path, f"第 {place} 行没有给出答案条文")
    return question
