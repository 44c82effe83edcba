"""Statutes, articles, search hits and citation verdicts on the wire."""

from datetime import date

from pydantic import Field

from api.schemas.base import Incoming, Outgoing, WholeText
from corpus.model import Level, Status, TextKind, VerdictKind


class ValidityOut(Outgoing):
    """Whether a text holds at the date asked for, and why not where it does not."""

    status: Status
    since: date | None
    until: date | None
    note: str
    successor: str | None
    source: str | None


class StatuteOut(Outgoing):
    """One version of one rule (or one 编 of it)."""

    id: str
    title: str
    part: str | None
    level: Level
    region: str
    text_kind: TextKind
    adopted_on: date | None
    version: date | None
    effective_from: date | None
    source_url: str | None
    validity: ValidityOut


class StatutePageOut(Outgoing):
    """One page of titles; ``next_cursor`` is null on the last."""

    items: tuple[StatuteOut, ...]
    next_cursor: str | None
    corpus_as_of: date


class StatuteVersionsOut(Outgoing):
    """Every version of one rule, oldest first."""

    title: str
    on: date
    versions: tuple[StatuteOut, ...]
    corpus_as_of: date


class ArticleOut(Outgoing):
    """One article 条 at a date: official wording, or our gist where we do not hold it."""

    law: str
    article: str
    path: tuple[str, ...]
    text: str
    text_kind: TextKind
    gist: str | None
    on: date
    statute: StatuteOut
    corpus_as_of: date


class HitOut(Outgoing):
    """One search hit; ``score`` orders hits of one query and means nothing across queries."""

    rank: int
    score: float
    kind: str
    title: str
    article: str | None
    text: str
    text_kind: TextKind | None = None
    status: Status | None = None
    region: str | None = None
    case_id: str | None = None


class SearchOut(Outgoing):
    """The hits of one query, best first; an empty list means nothing was found.

    ``note`` is there when none of the articles found likely applies.
    """

    query: str
    kind: str
    as_of: date
    region: str
    hits: tuple[HitOut, ...]
    corpus_as_of: date
    note: str | None = None


class CitationsIn(Incoming):
    """A text whose citations are to be checked."""

    text: WholeText = Field(min_length=1, max_length=200_000)
    date_: date | None = Field(default=None, alias="date", description="按哪一天的法律核对")
    region: WholeText | None = Field(default=None, max_length=100)


class CitationOut(Outgoing):
    """The verdict on one citation."""

    text: str
    law: str | None
    article: str
    paragraph: int | None
    verdict: VerdictKind
    reason: str
    suggestion: str | None


class CitationsOut(Outgoing):
    """A verdict for each citation found, in the order of the text."""

    citations: tuple[CitationOut, ...]
