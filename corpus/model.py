"""Source records: what a statute, an article, a case, a playbook and a duty are, for every floor above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Level(StrEnum):
    """Rank of a rule in China's order of law 效力级别 (立法法 chapters 2 to 4)."""

    CONSTITUTION = "宪法"
    LAW = "法律"
    ADMINISTRATIVE_REGULATION = "行政法规"
    JUDICIAL_INTERPRETATION = "司法解释"
    LOCAL_REGULATION = "地方性法规"
    DEPARTMENT_RULE = "部门规章"
    LOCAL_GOVERNMENT_RULE = "地方政府规章"
    NORMATIVE_DOCUMENT = "规范性文件"
    VILLAGE_COVENANT = "村规民约"


class Status(StrEnum):
    """Whether a text holds at a date 时效."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"  # a later version of the same title holds
    REPEALED = "repealed"  # ended; another law may have taken its place
    NOT_YET_IN_FORCE = "not_yet_in_force"
    REVISED_SINCE = "revised_since"  # a revision is known whose text we do not hold


class TextKind(StrEnum):
    """Whether a text is the official wording or our own summary 要旨."""

    VERBATIM = "verbatim"
    GIST = "gist"


class VerdictKind(StrEnum):
    """What the gate says of one citation; only the first two are ever shown as law."""

    VERIFIED = "verified"
    REPAIRED = "repaired"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"
    NOT_IN_FORCE = "not_in_force"
    OUT_OF_REGION = "out_of_region"


Region = tuple[str, ...]
"""A place as its ladder below the state: () 全国, ("浙江省",), ("浙江省", "嘉兴市", "秀洲区")."""


@dataclass(frozen=True, slots=True, order=True)
class ArticleNumber:
    """Number of an article 条: 第一百二十条之一 is ``ArticleNumber(120, 1)``."""

    main: int
    sub: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph 款 of an article with its items 项 (each item keeps its own number)."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article 条 at its official wording.

    ``text`` excludes the number itself; its lines are the paragraphs and items in order.
    ``path`` is the 编/章/节 headings above it, outermost first.
    """

    statute_id: str
    number: ArticleNumber
    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statute:
    """One version of one rule (for 民法典, one 编 of it).

    ``title`` is the full official title; versions of one rule share it. ``part`` is the 编 when a
    rule is stored in several files. ``version`` is the day this wording was passed or published.
    """

    id: str
    title: str
    level: Level
    region: Region
    text_kind: TextKind
    part: str | None = None
    adopted_on: date | None = None
    version: date | None = None
    effective_from: date | None = None
    expired: bool = False
    file: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a text holds at a date, and what is known of its beginning and end.

    ``until`` is the first day it no longer holds; ``note`` says why, in Chinese, for the reader;
    ``successor`` is the title that took its place, where one did.
    """

    status: Status
    since: date | None = None
    until: date | None = None
    note: str = ""
    successor: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference to an article as somebody wrote it.

    ``text`` is the exact characters at ``[start, end)`` of the input; ``law`` is the name it is bound
    to (already resolved from 同法/本条例), as written, None when no law was named.
    ``quote`` is the wording the writer ascribes to the article, if any.
    """

    text: str
    start: int
    end: int
    law: str | None
    article: ArticleNumber
    paragraph: int | None = None
    item: int | None = None
    quote: str | None = None


class Record(BaseModel):
    """Base of everything written by hand in ``corpus/data``: frozen, and no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ArticleRef(Record):
    """A pointer from our knowledge to an article, by law and number."""

    law: str
    article: str = Field(pattern=r"^第[零一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?$")
    why: str = ""


class Gist(Record):
    """Our own summary 要旨 of one article, with lay phrasings that should lead to it."""

    article: str = Field(pattern=r"^第[零一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?$")
    gist: str = Field(min_length=6, max_length=120)
    phrasings: Sequence[str] = Field(min_length=2, max_length=8)
    topics: Sequence[str] = Field(min_length=1)
    conditions: str = ""


class GistStatute(Record):
    """The gists we wrote for one version of one statute; one YAML file each.

    ``effective_from`` is the day the version the gists speak of came into force.
    ``source`` says where the text was read; ``known_gaps`` what could not be verified.
    """

    title: str
    aliases: Sequence[str] = ()
    level: Level
    region: Sequence[str] = ()
    version: date
    effective_from: date
    source: str
    source_url: str | None = None
    known_gaps: Sequence[str] = ()
    articles: Sequence[Gist] = Field(min_length=1)


class Succession(Record):
    """An old rule that ended, and what took its place (empty when nothing did)."""

    old: str
    aliases: Sequence[str] = ()
    successors: Sequence[str] = ()
    ended_on: date
    kind: Literal["repealed", "renamed"]
    source: str


class Revision(Record):
    """A revision known to us that may be newer than the text at hand."""

    law: str
    revised_on: date
    in_force_from: date
    changes: str = ""
    source: str
    source_url: str | None = None


class Question(Record):
    """One fact an experienced official would make sure of before acting."""

    ask: str
    kind: Literal["ask", "photo", "lookup", "measure"]
    known_if: Sequence[str] = ()


class Signal(Record):
    """A risk: words that betray it, what it means, and what to do at once."""

    cues: Sequence[str] = Field(min_length=1)
    risk: str
    at_once: str
    urgency: Literal["一般", "较急", "紧急"] = "较急"
    track: Literal["即办", "联办", "督办"] | None = None


class Step(Record):
    """One action of a playbook: who does what, within how many days, on what basis."""

    action: str
    owner: str
    days: int = Field(ge=0, le=365)
    basis: Sequence[ArticleRef] = ()


class Route(Record):
    """A way to settle the matter, when it fits and when it is closed."""

    route: str
    when: str
    closed_when: str = ""


class Competence(Record):
    """A department that takes part and the duty record that makes it competent."""

    department: str
    duty: str
    role: str = ""


class Playbook(Record):
    """处置指引: what an experienced official knows of one kind of matter 事项类型."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    name: str
    group: str
    aliases: Sequence[str] = ()
    phrasings: Sequence[str] = Field(min_length=10)
    cues: Sequence[str] = Field(min_length=3)
    anti_cues: Sequence[str] = ()
    nature: str
    parties: Sequence[str] = Field(min_length=1)
    questions: Sequence[Question] = Field(min_length=3)
    disputes: Sequence[str] = Field(min_length=1)
    signals: Sequence[Signal] = ()
    track: Literal["即办", "联办", "督办"]
    urgency: Literal["一般", "较急", "紧急"] = "一般"
    lead: Competence
    support: Sequence[Competence] = ()
    steps: Sequence[Step] = Field(min_length=3, max_length=7)
    routes: Sequence[Route] = Field(min_length=1)
    traps: Sequence[str] = ()
    escalation: str
    script: str
    articles: Sequence[ArticleRef] = Field(min_length=2)
    related: Sequence[str] = ()


class Duty(Record):
    """权责: a power or duty of a department, with the law that gives it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    department: str
    aliases: Sequence[str] = ()
    power: str
    basis: Sequence[ArticleRef] = Field(min_length=1)
    region: Sequence[str] = ()
    note: str = ""


class CasePoint(Record):
    """One circumstance of a case that decides likeness: words that show it in a new complaint."""

    point: str
    cues: Sequence[str] = Field(min_length=1)


class CaseSource(Record):
    """Where a case comes from: our ledger, or a publication."""

    kind: Literal["ledger", "public"]
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None


class Case(Record):
    """A resolved case 案例: real, with its source."""

    id: str
    title: str
    matters: Sequence[str] = ()
    place: str
    region: Sequence[str] = ()
    closed_on: date | None = None
    days: int | None = None
    facts: str
    points: Sequence[CasePoint] = ()
    measures: Sequence[str] = Field(min_length=1)
    outcome: str
    articles: Sequence[ArticleRef] = ()
    source: CaseSource


class LexiconEntry(Record):
    """How people say a thing and the words statutes and officials use for it, for query expansion."""

    term: str = Field(min_length=1)
    official: Sequence[str] = Field(min_length=1)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text without articles (决定, 决议, 批复 …), kept so that nothing read is lost."""

    id: str
    title: str
    text: str
    level: Level | None
    region: Region
    published_on: date | None = None
    file: str | None = None


class GeneralGuide(Record):
    """What to do with a complaint whose kind we do not recognise: ask, look, then assign."""

    questions: Sequence[Question] = Field(min_length=3)
    steps: Sequence[Step] = Field(min_length=3, max_length=7)
    lead: Competence
    escalation: str
    script: str
    articles: Sequence[ArticleRef] = ()
