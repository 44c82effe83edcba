"""Stories as people tell them, with the articles a lawyer for the grassroots would cite.

A row holds its own text, or the file and number of a real message whose text is not ours and stays
where it is. Rows of the second dataset tell nothing that any article applies to.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from corpus.numerals import parse_article
from eval.dataset import ArticleKey, article_key
from eval.errors import DatasetInvalid
from eval.matters import read_messages

_FOLDER = Path(__file__).parent / "datasets"
DEFAULT_STORIES = _FOLDER / "stories_dev.jsonl"
DEFAULT_UNANSWERABLE = _FOLDER / "unanswerable.jsonl"

OWN = "own"
"""The source of a story written for this dataset; others are named by their file."""


class CitedArticle(BaseModel):
    """An article by its law's full title and its number as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    article: str


class Story(BaseModel):
    """One complaint 诉求 and its articles; none at all where it is no matter of law.

    ``core`` are those surely cited, ``acceptable`` further ones that are right too. ``as_of`` is
    the day whose law applies, ``region`` the place ([] for national law only).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str | None = None
    file: str | None = None
    number: str | None = None
    region: tuple[str, ...] = ()
    as_of: date
    core: tuple[CitedArticle, ...]
    acceptable: tuple[CitedArticle, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _told_once(self) -> "Story":
        elsewhere = self.file is not None and self.number is not None
        if (self.text is not None) == elsewhere or (self.file is None) != (self.number is None):
            raise ValueError("要么有text，要么有file和number")
        if core_keys(self) & acceptable_keys(self):
            raise ValueError("core和acceptable有相同的条文")
        return self

    @property
    def source(self) -> str:
        """``own``, or the file of the message."""
        return self.file or OWN


class Unanswerable(BaseModel):
    """A text to which no article applies; ``kind`` says what it is instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    kind: str


class Told(NamedTuple):
    """A story with its text at hand."""

    story: Story
    text: str


@dataclass(frozen=True, slots=True)
class StorySet:
    """The stories of one file; ``sha256`` is that of its bytes."""

    name: str
    sha256: str
    stories: tuple[Story, ...]


_Row = TypeVar("_Row", Story, Unanswerable)


def core_keys(story: Story) -> frozenset[ArticleKey]:
    """The keys of the articles surely cited."""
    return _keys(story.core)


def acceptable_keys(story: Story) -> frozenset[ArticleKey]:
    """The keys of the further articles that are right too."""
    return _keys(story.acceptable)


def read_stories(path: Path) -> StorySet:
    """The stories of a JSONL file.

    Raises:
        DatasetInvalid: It cannot be read, a row is not a story, or two rows have one id.
    """
    raw, rows = _read(path, Story)
    return StorySet(path.name, hashlib.sha256(raw).hexdigest(), rows)


def read_unanswerable(path: Path) -> tuple[Unanswerable, ...]:
    """The texts without an article of a JSONL file.

    Raises:
        DatasetInvalid: It cannot be read, a row lacks a field, or two rows have one id.
    """
    return _read(path, Unanswerable)[1]


def tell(stories: Sequence[Story], messages: Path | None) -> tuple[Told, ...]:
    """Every story with its text, in order; real ones only where ``messages`` is their folder.

    Raises:
        DatasetInvalid: A message file cannot be read, or has no message of a story's number.
    """
    files = {one.file for one in stories if one.file is not None} if messages else set()
    texts = {name: read_messages(messages / name) for name in files} if messages else {}
    return tuple(
        Told(story, _text(story, texts, messages))
        for story in stories
        if story.text is not None or messages is not None
    )


def _text(story: Story, texts: Mapping[str, Mapping[str, str]], folder: Path | None) -> str:
    if story.text is not None:
        return story.text
    found = texts.get(story.file or "", {}).get(story.number or "")
    if found is None:
        raise DatasetInvalid((folder or Path()) / (story.file or ""), f"没有编号 {story.number}")
    return found


def _keys(articles: Iterable[CitedArticle]) -> frozenset[ArticleKey]:
    return frozenset(article_key(one.law, parse_article(one.article)) for one in articles)


def _read(path: Path, shape: type[_Row]) -> tuple[bytes, tuple[_Row, ...]]:
    try:
        raw = path.read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetInvalid(path, "无法读取或不是 UTF-8 文本") from error
    rows = tuple(
        _row(path, place, line, shape) for place, line in enumerate(lines, start=1) if line.strip()
    )
    if not rows:
        raise DatasetInvalid(path, "没有一行内容")
    twice = [id_ for id_, times in Counter(row.id for row in rows).items() if times > 1]
    if twice:
        raise DatasetInvalid(path, f"编号 {'、'.join(twice)} 出现不止一次")
    return raw, rows


def _row(path: Path, place: int, line: str, shape: type[_Row]) -> _Row:
    try:
        return shape.model_validate_json(line)
    except (ValidationError, ValueError) as error:
        raise DatasetInvalid(path, f"第 {place} 行缺少字段或格式不对") from error
