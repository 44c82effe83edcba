"""Knowledge as written by hand in ``corpus/data``: gists, playbooks, duties, cases, tables."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from corpus.conditional import Conditional, FirstFitting, Line, Prose, Record
from corpus.law import Level

Festival = Literal["春节", "国庆节"]


class ArticleRef(Conditional):
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


class UnheldRule(Record):
    """A rule known to exist whose text we neither hold nor could check: named, never cited."""

    title: str
    source: str


class Question(Conditional):
    """One fact an experienced official would make sure of before acting.

    It is known when one of the words ``known_if`` stands in the complaint.
    """

    ask: str
    kind: Literal["ask", "photo", "lookup", "measure"]
    known_if: Sequence[str] = ()


class Signal(Record):
    """A risk: words that betray it, what it means, what to do at once, and who does it.

    What an urgent signal asks opens the plan; with ``always`` so does that of one less urgent.
    ``kind`` is its name for programs; ``people_first`` tells that somebody's life, body or safety
    comes before the matter. ``unless`` are turns of speech in which a cue means nothing, and
    ``not_after`` words that make a mere supposition of it in the same clause. A signal
    ``before`` holidays counts only on the ``within_days`` days before one of them.
    """

    cues: Sequence[str] = Field(min_length=1)
    risk: str
    at_once: str
    owner: str = Field(default="首接村（社区）干部", min_length=2)
    urgency: Literal["一般", "较急", "紧急"] = "较急"
    track: Literal["即办", "联办", "督办"] | None = None
    always: bool = False
    kind: str = Field(default="", pattern=r"^([a-z][a-z0-9_]+)?$")
    people_first: bool = False
    unless: Sequence[str] = ()
    not_after: Sequence[str] = ()
    before: Sequence[Festival] = ()
    within_days: int = Field(default=0, ge=0, le=90)


class Step(Conditional):
    """One action of a playbook: who does what, within how many days, on what basis."""

    action: str
    owner: str
    days: int = Field(ge=0, le=365)
    basis: Sequence[ArticleRef] = ()


class Route(Conditional):
    """A way to settle the matter, when it fits and when it is closed."""

    route: str
    when: str
    closed_when: str = ""


class Competence(Conditional):
    """A department that takes part and the duty record that makes it competent."""

    department: str
    duty: str
    role: str = ""


class Group(Record):
    """A first-level group 大类 of matters, in the order of ``groups.yaml``.

    ``scope`` says in a line what belongs to it; ``formerly`` are names it had, still understood.
    """

    name: str = Field(min_length=2)
    scope: str = Field(min_length=6)
    formerly: Sequence[str] = ()


class Playbook(Record):
    """处置指引: what an experienced official knows of one kind of matter 事项类型.

    ``lead`` is one department, or several of which the first that fits the complaint leads.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    name: str
    group: str
    aliases: Sequence[str] = ()
    phrasings: Sequence[str] = Field(min_length=10)
    cues: Sequence[str] = Field(min_length=3)
    anti_cues: Sequence[str] = ()
    nature: str
    parties: Sequence[Line] = Field(min_length=1)
    questions: Sequence[Question] = Field(min_length=3)
    disputes: Sequence[Line] = Field(min_length=1)
    signals: Sequence[Signal] = ()
    track: Literal["即办", "联办", "督办"]
    urgency: Literal["一般", "较急", "紧急"] = "一般"
    lead: FirstFitting[Competence]
    support: Sequence[Competence] = ()
    steps: Sequence[Step] = Field(min_length=3, max_length=7)
    routes: Sequence[Route] = Field(min_length=1)
    traps: Sequence[Line] = ()
    escalation: Prose
    script: Prose
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


class TimeLimit(Conditional):
    """期限: by when something is due, by law or by a working practice.

    ``runs`` for the ``office`` from the day the complaint came in, or for the ``resident``, whose
    first day a complaint seldom tells: such a limit is a reminder, its days stand in ``what``.
    Without ``matters`` it holds for all. ``practice`` says where a rule comes from that is no law.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    what: str = Field(min_length=6)
    days: int = Field(default=0, ge=0, le=365)
    working: bool = False
    runs: Literal["office", "resident"]
    matters: Sequence[str] = ()
    law: str = ""
    article: str = ""
    practice: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _grounded(self) -> "TimeLimit":
        """A limit of the office has days, and every limit a law or a practice behind it."""
        if self.runs == "office" and not self.days:
            raise PydanticCustomError("days", "受理一方的期限要写days")
        if bool(self.law and self.article) == bool(self.practice):
            raise PydanticCustomError("basis", "要么写law和article，要么写practice")
        return self


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
    """A resolved case 案例: real, with its source.

    ``dispute`` is what the parties were at odds about, ``lessons`` what somebody with a like case
    should take from it; both only as far as the source, or the law it rests on, bears them out.
    """

    id: str
    title: str
    matters: Sequence[str] = ()
    place: str
    region: Sequence[str] = ()
    closed_on: date | None = None
    days: int | None = None
    facts: str
    dispute: str = ""
    points: Sequence[CasePoint] = ()
    measures: Sequence[str] = Field(min_length=1)
    outcome: str
    lessons: Sequence[str] = ()
    articles: Sequence[ArticleRef] = ()
    source: CaseSource


class LexiconEntry(Record):
    """How people say a thing, and the words statutes and officials use for it."""

    term: str = Field(min_length=1)
    official: Sequence[str] = Field(min_length=1)
    note: str = ""


class GeneralGuide(Record):
    """What to do with a complaint whose kind we do not recognise: ask, look, then assign."""

    questions: Sequence[Question] = Field(min_length=3)
    steps: Sequence[Step] = Field(min_length=3, max_length=7)
    lead: FirstFitting[Competence]
    escalation: Prose
    script: Prose
    articles: Sequence[ArticleRef] = ()
