"""What a batch speaks of: the rows read, the item made of each, and the groups among them."""

from datetime import date, datetime
from typing import Literal

from advisor.model import DepartmentCompetence, LeadChoice, Matter, Triage, Value
from corpus.model import Level, TextKind


class BatchRow(Value):
    """One row of a backlog as it was written.

    ``number`` counts the rows of the whole batch from 1, unread ones included; ``sheet`` and
    ``line`` are where the user finds it (line as the spreadsheet counts; "" for csv and jsonl).
    ``ref`` is the ledger's own number 编号, ``extra`` its other columns by their names, that of
    ``category`` 类别 too.
    """

    number: int
    sheet: str
    line: int
    text: str
    subject: str = ""
    ref: str = ""
    received_at: datetime | None = None
    place: str = ""
    region: str = ""
    caller: str = ""
    category: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """Subject and text as one complaint."""
        return f"{self.subject}\n{self.text}" if self.subject else self.text


class UnworkedRow(Value):
    """A row nothing was made of: where it stands and why, in Chinese. It never vanishes.

    ``code`` is stable for programs: "empty", "too_short", "too_long", "unreadable", "failed",
    "cancelled".
    """

    number: int
    sheet: str
    line: int
    code: str
    reason: str
    ref: str = ""
    excerpt: str = ""


class RiskFlag(Value):
    """A risk 风险 the text shows: what it is, the words that betray it, what to do at once."""

    kind: str
    risk: str
    quote: str
    at_once: str
    owner: str
    people_first: bool = False


class Deadline(Value):
    """A day by which something is due, and the rule it comes from.

    ``law`` and ``article`` are empty where the rule is a working practice, as ``basis`` then says;
    ``overdue``: the day had gone by when the item was worked on.
    """

    what: str
    due_on: date
    basis: str
    law: str = ""
    article: str = ""
    overdue: bool = False

    @property
    def told_day(self) -> str:
        """The day as papers show it, with a word where it has gone by."""
        return f"{self.due_on}{'，已逾期' if self.overdue else ''}"


class Place(Value):
    """A place found in a text: as written, and its ``key``, equal for spellings of one place."""

    kind: Literal["estate", "village", "road", "crossing", "school", "project", "unit", "area"]
    name: str
    key: str


class ItemArticle(Value):
    """An article for one item, short: which, and its title line or gist."""

    law: str
    article: str
    text: str
    text_kind: TextKind
    level: Level


class ItemCase(Value):
    """A resolved case for one item, short."""

    case_id: str
    title: str
    outcome: str
    days: int | None = None


class ItemCategory(Value):
    """The category 类别 of an item in its ledger's own scheme; ``name`` is "" where unsure.

    ``confidence`` is that of the likeliest, 0 to 1; None where the ledger gives the category.
    """

    name: str
    source: Literal["ledger", "learnt"]
    confidence: float | None = None


class Item(Value):
    """What was made of one row: enough to decide who does what by when, and on what basis.

    ``lead_candidates`` are at most three, the likeliest first. ``first_step`` is what to do now.
    ``advice_id`` is the stored advice a model wrote for the row, "" where none was asked.
    ``reminders`` tell limits of the resident's own rights, whose first day the text does not give.

    ``places`` are those found in the text; grouping reads them. ``category`` is None where nobody
    asked for it.
    """

    row: BatchRow
    matter: Matter
    triage: Triage
    flags: tuple[RiskFlag, ...] = ()
    lead_department: str
    lead_candidates: tuple[LeadChoice, ...] = ()
    support_departments: tuple[str, ...] = ()
    competence: tuple[DepartmentCompetence, ...] = ()
    missing_facts: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    reminders: tuple[str, ...] = ()
    first_step: str = ""
    summary: str
    articles: tuple[ItemArticle, ...] = ()
    cases: tuple[ItemCase, ...] = ()
    places: tuple[Place, ...] = ()
    limits: tuple[str, ...] = ()
    advice_id: str = ""
    category: ItemCategory | None = None


class GroupInput(Value):
    """What grouping needs of an item; small, so that 100,000 fit in memory.

    ``likes`` counts those who said in the ledger that it concerns them too 点赞.
    ``likeness`` is the vector of the text (float32, unit length, base64 of its bytes); where it is
    empty, grouping makes it.
    """

    number: int
    ref: str = ""
    subject: str = ""
    text: str
    caller: str = ""
    received_on: date | None = None
    matter: str | None = None
    matter_name: str = ""
    priority: int = 0
    places: tuple[Place, ...] = ()
    likes: int = 0
    likeness: str = ""


class Duplicate(Value):
    """Row ``number`` reports the event of row ``of`` again; ``score`` 0 to 1, with its reasons."""

    number: int
    of: int
    score: float
    reasons: tuple[str, ...]


class Brief(Value):
    """The 一类事 brief of a cluster: what is common, and what would settle the kind."""

    common_cause: str
    articles: tuple[ItemArticle, ...] = ()
    worked_before: tuple[ItemCase, ...] = ()
    root_measures: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


class Cluster(Value):
    """Items of one matter at one place in one time: one kind of thing.

    ``id`` depends on the members only. ``people`` counts distinct callers, ``events`` distinct
    events (duplicates counted once). ``heat`` ranks hot topics; ``heat_reasons`` say why.
    """

    id: str
    title: str
    matter: str | None
    matter_name: str
    place: str
    first_on: date | None
    last_on: date | None
    members: tuple[int, ...]
    events: int
    people: int
    heat: float
    heat_reasons: tuple[str, ...] = ()
    brief: Brief | None = None


class EarlyWarning(Value):
    """A spike 预警: more of one group in the last days than its own past makes likely."""

    cluster: str
    title: str
    window_days: int
    count: int
    usual: float
    reason: str


class Groups(Value):
    """All that belongs together in a batch; the same for every order of the input."""

    duplicates: tuple[Duplicate, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    warnings: tuple[EarlyWarning, ...] = ()


class BatchSummary(Value):
    """A batch as counts: in = worked + unworked, always."""

    id: str
    source: str
    created_at: datetime
    rows: int
    worked: int
    unworked: int
    mode: Literal["llm", "extractive"]
    ai_label: str
    corpus_as_of: date
    notes: tuple[str, ...] = ()
