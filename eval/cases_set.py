"""The open evaluation set: complaints with what a good advice on each must hold and must not.

Held out: nothing in it was written after a run of the service, and nothing of the service may be
chosen on it. How a row is compared with an advice stands in `eval.cases_match`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from advisor.model import Track, Urgency
from corpus.numerals import parse_article
from eval.dataset import ArticleKey, article_key
from eval.errors import DatasetInvalid
from eval.stories import CitedArticle, Story, StorySet

DEFAULT_CASES = Path(__file__).parent / "datasets" / "cases"
"""The shipped set: one JSONL file for each theme."""

AnswerPart = Literal["analysis", "plan"]
"""Where a key point belongs: 盘账分析 or 清账方案."""

TrapKind = Literal[
    "already_judged",
    "criminal",
    "other_province_rule",
    "repealed_law",
    "false_premise",
    "no_applicable_law",
    "informant",
    "minor_privacy",
]
"""What an advice may fall into."""

Telling = Literal[
    "plain",
    "short",
    "rambling",
    "several",
    "traditional",
    "dialect",
    "personal",
    "injected",
    "angry",
    "visit",
    "voice",
    "typos",
]
"""How a complaint is told: ``several`` matters in one, ``visit`` noted by an official."""

TRAP_KINDS: tuple[TrapKind, ...] = get_args(TrapKind)
TELLINGS: tuple[Telling, ...] = get_args(Telling)

_FEWEST_CORE, _MOST_CORE = 2, 5
_IN_CHINESE = {"missing": "缺少", "extra_forbidden": "不是字段", "json_invalid": "不是JSON"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_min_length=1)


class KeyPoint(_Part):
    """What a good answer says in one part: any group of ``any_of`` whose words all stand there."""

    part: AnswerPart
    point: str
    any_of: tuple[tuple[str, ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_empty_group(self) -> "KeyPoint":
        if not all(self.any_of):
            raise ValueError("any_of里有空的一组")
        return self


class Trap(_Part):
    """A mistake that this complaint invites.

    It is made when a ``forbidden`` claim stands in the answer, or none of the ``required`` words.
    ``within`` are the parts where a forbidden claim counts, all where it is empty: a name may
    stand in the analysis for the official, not in the plan with the words to say to others.
    """

    kind: TrapKind
    forbidden: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    within: tuple[AnswerPart, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Trap":
        if not self.forbidden and not self.required:
            raise ValueError("陷阱既没有forbidden也没有required")
        return self


class GrassrootsCase(_Part):
    """One complaint 诉求 and its labels; what is accepted stands best first.

    ``core`` are the articles surely cited, ``acceptable`` further ones that are right too.
    ``region`` is the place, outermost first; [] where it is not told. ``as_of`` is the day whose
    law applies. No matter at all means that only leaving it open is right. ``private`` are the
    names, numbers and house addresses of persons as they stand in the text.
    """

    id: str
    text: str
    ways: tuple[Telling, ...] = Field(min_length=1)
    region: tuple[str, ...]
    as_of: date
    matters: tuple[str, ...]
    may_abstain: bool
    track: tuple[Track, ...] = Field(min_length=1)
    urgency: tuple[Urgency, ...] = Field(min_length=1)
    departments: tuple[str, ...]
    core: tuple[CitedArticle, ...]
    acceptable: tuple[CitedArticle, ...]
    key_points: tuple[KeyPoint, ...] = Field(min_length=3)
    traps: tuple[Trap, ...]
    private: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "GrassrootsCase":
        for said in _contradictions(self):
            raise ValueError(said)
        return self

    def has_trap(self, kind: TrapKind) -> bool:
        """Whether one of the traps is of this kind."""
        return any(trap.kind == kind for trap in self.traps)

    @property
    def core_keys(self) -> frozenset[ArticleKey]:
        """The keys of the articles surely cited."""
        return _keys(self.core)

    @property
    def acceptable_keys(self) -> frozenset[ArticleKey]:
        """The keys of the further articles that are right too."""
        return _keys(self.acceptable)


@dataclass(frozen=True, slots=True)
class CaseSet:
    """All rows in the order of the file names; ``sha256`` is that of the files joined."""

    sha256: str
    cases: tuple[GrassrootsCase, ...]


def read_cases(folder: Path = DEFAULT_CASES) -> CaseSet:
    """Every row of every JSONL file of a folder, or of one such file.

    Raises:
        DatasetInvalid: There is no such file, one cannot be read, a row is not a case, or two rows
            have one id.
    """
    files = [folder] if folder.is_file() else sorted(folder.glob("*.jsonl"))
    if not files:
        raise DatasetInvalid(folder, "没有jsonl文件")
    bytes_of = {path: _bytes(path) for path in files}
    cases = tuple(case for path in files for case in _cases(path, bytes_of[path]))
    twice = [id_ for id_, times in Counter(case.id for case in cases).items() if times > 1]
    if twice:
        raise DatasetInvalid(folder, f"编号 {'、'.join(twice)} 出现不止一次")
    return CaseSet(hashlib.sha256(b"".join(bytes_of.values())).hexdigest(), cases)


def as_stories(given: CaseSet) -> StorySet:
    """The same complaints with their articles alone, to be measured as stories are."""
    stories = tuple(
        Story(
            id=case.id,
            text=case.text,
            region=case.region,
            as_of=case.as_of,
            core=case.core,
            acceptable=case.acceptable,
        )
        for case in given.cases
    )
    return StorySet(DEFAULT_CASES.name, given.sha256, stories)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetInvalid(path, "无法读取") from error


def _cases(path: Path, raw: bytes) -> Iterable[GrassrootsCase]:
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise DatasetInvalid(path, "不是 UTF-8 文本") from error
    for place, line in enumerate(lines, start=1):
        if line.strip():
            yield _case(path, place, line)


def _case(path: Path, place: int, line: str) -> GrassrootsCase:
    try:
        return GrassrootsCase.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise DatasetInvalid(path, f"第 {place} 行{where}{_said(first)}") from error


def _said(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return f"：{error['msg'].removeprefix('Value error, ')}"
    return _IN_CHINESE.get(error["type"], "的值不合要求")


def _contradictions(case: GrassrootsCase) -> Iterable[str]:
    if not case.matters and not case.may_abstain:
        yield "没有事项的一行应当允许不认定"
    if case.core_keys & case.acceptable_keys:
        yield "core和acceptable有相同的条文"
    if len(case.core) > _MOST_CORE:
        yield f"core多于{_MOST_CORE}条"
    if len(case.core) < _FEWEST_CORE and not case.has_trap("no_applicable_law"):
        yield f"core少于{_FEWEST_CORE}条，又不是没有法律可用的一行"
    if any(particular not in case.text for particular in case.private):
        yield "private里有原文没有的内容"


def _keys(articles: Iterable[CitedArticle]) -> frozenset[ArticleKey]:
    return frozenset(article_key(one.law, parse_article(one.article)) for one in articles)
