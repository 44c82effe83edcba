"""Resolved matters of a town's ledger 台账 as cases: checked, redacted, recognised, stored once.

Names, numbers and addresses are masked before anything is written, and what they stood for is not
kept: a case at rest cannot be led back to a person.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from advisor.intake import strip_invisible, to_simplified
from advisor.matter import MatterRecognizer
from advisor.redaction import redact
from advisor.sentences import mentions, split_clauses
from corpus.errors import UnknownRegion
from corpus.ledger_reply import no_outcome, read_reply
from corpus.ledger_rows import LedgerItem
from corpus.model import Case, CasePoint, CaseSource, Playbook, Region
from corpus.region import format_region, parse_region
from corpus.store import CorpusStore
from corpus.store_rows import Contents, FileRecord

ROOT = "ledger:"
"""Where imported cases stand in the store's account of files; no folder of this name exists."""
LEAST_TEXT = 8
"""Characters of subject and text together below which nothing can be compared."""
LONGEST_FACTS = 2_000
_TITLE = 60
_MOST_POINTS = 4
_PARTS = "\n\x1e\n"
_UNPLACED = "台账未写明地点"
_OPEN = re.compile(r"[办处进][理行]中|待办|待处理|待答复|退回|不予受理|^否$|^[未没]")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")
_NO_NAME = re.compile(
    r"公司|单位|物业|社区|村|局|店|厂|居民|业主|群众|网友|匿名|先生$|女士$|不详|保密|[无未]"
)
_NUMBER = re.compile(r"[0-9A-Za-z@._-]{5,}")
_BETWEEN = re.compile(r"[\s、，,;；/]+")
_EARLIEST = date(1990, 1, 1)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row nothing was kept of: where it stands, and why, in Chinese."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import did; every row is ``added``, ``changed``, ``unchanged`` or ``skipped``.

    ``matters`` counts the cases by matter, under the empty id those left open.
    """

    rows: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    matters: Mapping[str, int]

    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why rows were skipped, the most frequent first."""
        counts = Counter(one.reason.partition("：")[0] for one in self.skipped)
        return tuple(counts.most_common())


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The items of one file with what tells it from others: its name and the hash of its bytes."""

    name: str
    sha256: str
    size: int
    items: tuple[LedgerItem, ...]


@dataclass(slots=True)
class _Sifted:
    """The rows of a file, sifted: cases to keep by id, and why others are not kept."""

    cases: dict[str, Case] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseWriter:
    """Makes cases of ledger items.

    Args:
        recognizer: names the matter where the ledger names none we know.
        playbooks: whose words decide in what a case is like another.
        region: the place assumed for a row that names none; () for none.
        today: nothing was closed later.
    """

    recognizer: MatterRecognizer
    playbooks: Sequence[Playbook]
    region: Region
    today: date

    def case_of(self, item: LedgerItem) -> Case:
        """The case of an item that tells of an outcome, without any particular of a person."""
        told = read_reply(_clean(item.reply), _clean(item.measures))
        parts = (item.title, item.text, told.outcome, item.region, item.unit, item.number)
        masked = _masked((*parts, *told.measures), item.personal)
        title, text, outcome, place, unit, number, *measures = masked
        story = f"{_clean(item.title)}。{_clean(item.text)}"
        matter = self._matter(item, story)
        region = _region(item.region) or self.region
        closed = self._closed(item)
        return Case(
            id=case_id(item),
            title=_title(title, text),
            matters=[matter.id] if matter else [],
            place=place or (format_region(self.region) if self.region else _UNPLACED),
            region=region,
            closed_on=closed,
            days=self._days(item),
            facts=(text or title)[:LONGEST_FACTS],
            points=_points(matter, story),
            measures=[one for one in measures if one] or ["书面答复反映人"],
            outcome=outcome,
            source=CaseSource(
                kind="ledger",
                publisher=unit or None,
                title=f"台账编号{number}" if number else None,
                date=closed.isoformat() if closed else None,
            ),
        )

    def _matter(self, item: LedgerItem, story: str) -> Playbook | None:
        """The matter the ledger names, else the one recognised; None when it stays open."""
        if item.matter:
            for book in self.playbooks:
                if item.matter in (book.id, book.name, *book.aliases):
                    return book
        found = self.recognizer.recognise(story).type
        return next((book for book in self.playbooks if book.id == found), None)

    def _closed(self, item: LedgerItem) -> date | None:
        day = item.closed_on
        return day if day is not None and _EARLIEST <= day <= self.today else None

    def _days(self, item: LedgerItem) -> int | None:
        closed = self._closed(item)
        if closed is None or item.received_on is None or item.received_on > closed:
            return None
        return (closed - item.received_on).days


def import_ledger(
    store: CorpusStore,
    ledger: LedgerFile,
    writer: CaseWriter,
    on_progress: Progress = lambda _done, _all: None,
) -> Imported:
    """Store the resolved matters of one file as cases, in one transaction.

    A matter told in the same words is stored once: an import done again changes nothing, one with
    a newer reply replaces the case. Nothing that stood in the store is lost by an import.

    Raises:
        StoreError: The store cannot be written; it is as it was.
    """
    sifted = _sift(ledger.items, writer, on_progress)
    with store.writing() as writing:
        held = writing.cases(sifted.cases)
        added = [id_ for id_ in sifted.cases if id_ not in held]
        changed = [id_ for id_, one in sifted.cases.items() if _differs(held.get(id_), one)]
        kept = tuple(sifted.cases[id_] for id_ in (*added, *changed))
        if kept:
            writing.put(_record(ledger, kept), Contents(cases=kept))
    return Imported(
        rows=len(ledger.items),
        added=tuple(added),
        changed=tuple(changed),
        unchanged=len(sifted.cases) - len(kept),
        skipped=tuple(sifted.skipped),
        matters=Counter(one.matters[0] if one.matters else "" for one in sifted.cases.values()),
    )


def _differs(held: Case | None, fresh: Case) -> bool:
    return held is not None and held.model_dump_json() != fresh.model_dump_json()


def _sift(items: Sequence[LedgerItem], writer: CaseWriter, on_progress: Progress) -> _Sifted:
    sifted = _Sifted()
    for count, item in enumerate(items, 1):
        id_ = case_id(item)
        reason = refusal(item)
        if reason is None and id_ in sifted.cases:
            reason = f"与前面的内容相同：{sifted.places[id_]}"
        if reason is None:
            sifted.cases[id_] = writer.case_of(item)
            sifted.places[id_] = item.place
        else:
            sifted.skipped.append(Skipped(_named(item), reason))
        on_progress(count, len(items))
    return sifted


def refusal(item: LedgerItem) -> str | None:
    """Why a row is no resolved case, in Chinese; None when it is one."""
    story = _clean(item.title) + _clean(item.text)
    if len(story) < LEAST_TEXT:
        return "没有写明诉求内容"
    if item.status and _OPEN.search(item.status):
        return f"台账写明尚未办结：{item.status[:20]}"
    return no_outcome("。".join(one for one in (item.reply, item.measures) if one.strip()))


def case_id(item: LedgerItem) -> str:
    """What a matter is known by: a hash of its subject and text, whatever the file is called."""
    told = re.sub(r"\W", "", _clean(item.title) + _clean(item.text))
    return f"ledger_{hashlib.blake2b(told.encode(), digest_size=10).hexdigest()}"


def _named(item: LedgerItem) -> str:
    return f"{item.place}（编号{item.number[:40]}）" if item.number else item.place


def _clean(text: str) -> str:
    return " ".join(to_simplified(strip_invisible(text)).split())


def _masked(parts: Sequence[str], personal: Sequence[str]) -> list[str]:
    """The parts without particulars; one person bears one token in all of them."""
    whole = _PARTS.join(_clean(one) for one in parts)
    for value in sorted(_particulars(personal), key=len, reverse=True):
        whole = whole.replace(value, "[当事人]")
    masked = redact(whole).masked.split(_PARTS)
    if len(masked) != len(parts):  # a token swallowed a mark: each part alone, then
        return [redact(one).masked for one in whole.split(_PARTS)]
    return masked


def _particulars(personal: Sequence[str]) -> set[str]:
    """Names and numbers among the values of personal columns; a company's name is no particular."""
    values = {one for cell in personal for one in _BETWEEN.split(_clean(cell))}
    return {
        one
        for one in values
        if _NUMBER.fullmatch(one) or (_NAME.fullmatch(one) and not _NO_NAME.search(one))
    }


def _title(title: str, text: str) -> str:
    told = title or next(iter(split_clauses(text)), text)
    return told if len(told) <= _TITLE else f"{told[: _TITLE - 1]}…"


def _points(matter: Playbook | None, story: str) -> list[CasePoint]:
    """The matter's own words in the story, the longest first: they tell most."""
    kept: list[str] = []
    for cue in sorted(mentions(story, matter.cues), key=len, reverse=True) if matter else ():
        if not any(cue in longer for longer in kept):
            kept.append(cue)
    return [CasePoint(point=f"提到“{cue}”", cues=[cue]) for cue in kept[:_MOST_POINTS]]


def _region(named: str) -> Region:
    try:
        return parse_region(named) if named else ()
    except UnknownRegion:
        return ()


def _record(ledger: LedgerFile, kept: Sequence[Case]) -> FileRecord:
    """The account of one import; its name holds what was stored, so that none replaces another."""
    digest = hashlib.sha256(ledger.sha256.encode())
    for case in kept:
        digest.update(case.id.encode())
    name = f"{redact(ledger.name).masked}@{digest.hexdigest()[:12]}"
    return FileRecord(
        root=ROOT,
        name=name,
        container=name,
        size=ledger.size,
        mtime_ns=0,
        sha256=ledger.sha256,
        container_sha256=ledger.sha256,
        outcome="case",
    )
