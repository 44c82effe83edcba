"""Rules as they are: a statute, its articles, citations of them, and whether a text holds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


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


class Citation(NamedTuple):
    """One reference to an article as somebody wrote it.

    ``text`` is the exact characters at ``[start, end)`` of the input; ``law`` is the name it is
    bound to (already resolved from 同法/本条例), as written, None when no law was named.
    ``quote`` is the wording the writer ascribes to the article, if any; ``division`` the 编, 章
    or 节 written between law and article.
    """

    text: str
    start: int
    end: int
    law: str | None
    article: ArticleNumber
    paragraph: int | None = None
    item: int | None = None
    quote: str | None = None
    division: str = ""


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
