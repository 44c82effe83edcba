"""The read view of everything known: collection, gists, successions and revisions as one."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from corpus.cross_references import DefinedTerm, defined_terms
from corpus.knowledge import Knowledge
from corpus.model import (
    ArticleNumber,
    Case,
    Document,
    Gist,
    Status,
    Statute,
    Succession,
    TextKind,
    Validity,
)
from corpus.naming import name_key
from corpus.shelf import Shelf, Volume, build_shelf
from corpus.store import CorpusStore
from corpus.validity import validity

_HOLDING = frozenset({Status.IN_FORCE, Status.REVISED_SINCE})
_FIRST_DAY = date(1949, 10, 1)  # of the state; stands where nothing at all is known
_REMEMBERED = 65_536

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article as it is shown: verbatim where we hold the text, else our gist 要旨.

    ``gist`` is our summary of the same wording; it stays a key for retrieval beside the text.
    """

    statute: Statute
    number: ArticleNumber
    path: tuple[str, ...]
    text: str
    text_kind: TextKind
    gist: Gist | None


_Table = Mapping[ArticleNumber, tuple[ArticleView, ...]]
_Defined = tuple[tuple[DefinedTerm, ArticleView], ...]


class Library:
    """Statutes by name, version and date. Safe to share between threads.

    Args:
        store: the collection; None where nothing was added.
        knowledge: the pack we ship.
        cached_titles: of how many rules the articles stay in memory.

    ``edition`` grows with every refresh, so that others know when what they kept is stale.
    """

    def __init__(
        self, store: CorpusStore | None, knowledge: Knowledge, *, cached_titles: int = 4096
    ) -> None:
        self.store = store
        self.knowledge = knowledge
        self.as_of = _FIRST_DAY
        self.edition = 0
        self._cached_titles = cached_titles
        self._lock = threading.Lock()
        self._case_changes: int | None = None
        self._stored_cases: dict[bytes, Case] = {}
        self._cases: tuple[Case, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the store again, after texts were added to it."""
        stored = self.store.statutes() if self.store is not None else ()
        shelf = build_shelf(stored, self.knowledge)
        with self._lock:
            self._shelf: Shelf = shelf
            self._tables: dict[str, _Table] = {}
            self._defined: dict[str, _Defined] = {}
            self._resolved: dict[str, str | None] = {}
            self._judged: dict[tuple[str, date], Validity] = {}
            self._by_id = {v.statute.id: v for vs in shelf.volumes.values() for v in vs}
            self.as_of = self._known_until()
            self.edition += 1
        self.refresh_cases()

    def refresh_cases(self) -> bool:
        """Read the cases again; whether any came, went or changed.

        Costs nothing while nothing was stored; then, only records not seen before are parsed.
        """
        with self._lock:
            changes = self.store.changes() if self.store is not None else 0
            if changes == self._case_changes:
                return False
            known, self._stored_cases = self._stored_cases, {}
            for record in self.store.case_records() if self.store is not None else ():
                mark = hashlib.blake2b(record.encode(), digest_size=16).digest()
                case = known.get(mark) or Case.model_validate_json(record)
                self._stored_cases[mark] = case
            self._case_changes = changes
            before = self._cases
            self._cases = (*self.knowledge.cases, *self._stored_cases.values())
            return self._cases != before

    def _known_until(self) -> date:
        """The newest promulgation among the texts; the pack's date while it holds the more.

        A village's covenant dropped in says nothing of how far the law is known.
        """
        texts = [
            one.statute.version
            for one in self._by_id.values()
            if one.statute.text_kind is TextKind.VERBATIM and one.statute.version is not None
        ]
        if texts and (len(texts) > len(self.knowledge.statutes) or self.knowledge.as_of is None):
            return max(texts)
        written = [one.version for one in self.knowledge.statutes]
        return self.knowledge.as_of or max(written, default=_FIRST_DAY)

    def resolve(self, name: str) -> str | None:
        """The full official title for any way to write it; None when unknown.

        Brackets, spaces, width, 中华人民共和国, aliases, the usual short names of judicial
        interpretations, and a part (民法典物权编) are understood. An old name known only through
        the succession table resolves to the old title.
        """
        try:
            return self._resolved[name]
        except KeyError:
            found = self._shelf.names.find(name)
            _make_room(self._resolved)
            self._resolved[name] = found
            return found

    def successor(self, title: str) -> Succession | None:
        """What took the place of a rule that ended, by any of its names; None if none is known."""
        key = name_key(title)
        found = self._shelf.successions.get(key)
        if found is None and (full := self.resolve(title)) is not None:
            found = self._shelf.successions.get(name_key(full))
        return found

    def versions(self, title: str) -> tuple[Statute, ...]:
        """Every version at hand, oldest first, every part of each; empty when none is."""
        return tuple(volume.statute for volume in self._volumes(title))

    def _volumes(self, title: str) -> tuple[Volume, ...]:
        return self._shelf.volumes.get(name_key(title), ())

    def validity(self, statute: Statute, on: date) -> Validity:
        """Status of one version at a date; see `corpus.validity.validity`."""
        key = (statute.id, on)
        known = self._judged.get(key)
        if known is None:
            volume = self._by_id.get(statute.id)
            if volume is None:
                raise KeyError(f"no such statute: {statute.id}")
            known = validity(volume.statute, on, volume.around)
            _make_room(self._judged)
            self._judged[key] = known
        return known

    def article(self, title: str, number: ArticleNumber, *, on: date) -> ArticleView | None:
        """The article in the version that holds on ``on``.

        If none holds, the newest that had begun by then, else the first to begin; None if no
        version has the number.
        ``title`` is a full title as `resolve` gives it.
        """
        views = self._table(title).get(number)
        if views is None:
            return None
        for view in reversed(views):
            if self.validity(view.statute, on).status in _HOLDING:
                return view
        begun = [view for view in views if not self._ahead(view.statute, on)]
        return begun[-1] if begun else views[0]

    def _ahead(self, statute: Statute, on: date) -> bool:
        return self.validity(statute, on).status is Status.NOT_YET_IN_FORCE

    def article_in(self, statute: Statute, number: ArticleNumber) -> ArticleView | None:
        """The article in exactly this version."""
        for view in self._table(statute.title).get(number, ()):
            if view.statute.id == statute.id:
                return view
        return None

    def definitions(self, title: str) -> tuple[tuple[DefinedTerm, ArticleView], ...]:
        """The terms that a rule defines, each with the article that does, of every version."""
        found = self._defined.get(title)
        if found is None:
            views = (view for views in self._table(title).values() for view in views)
            found = tuple((term, view) for view in views for term in defined_terms(view.text))
            _make_room(self._defined)
            self._defined[title] = found
        return found

    def _table(self, title: str) -> _Table:
        table = self._tables.get(title)
        if table is None:
            table = self._read_table(title)
            with self._lock:
                while len(self._tables) >= self._cached_titles:
                    self._tables.pop(next(iter(self._tables)))
                self._tables[title] = table
        return table

    def _read_table(self, title: str) -> _Table:
        table: dict[ArticleNumber, list[ArticleView]] = {}
        for volume in self._volumes(title):
            for view in self._read(volume):
                table.setdefault(view.number, []).append(view)
        return {number: tuple(views) for number, views in table.items()}

    def _read(self, volume: Volume) -> Iterator[ArticleView]:
        statute, gists = volume.statute, volume.gists
        if statute.text_kind is TextKind.GIST or self.store is None:
            for number, gist in gists.items():
                yield ArticleView(statute, number, (), gist.gist, TextKind.GIST, gist)
            return
        for one in self.store.articles(statute.id):
            gist_of = gists.get(one.number)
            yield ArticleView(statute, one.number, one.path, one.text, TextKind.VERBATIM, gist_of)

    def articles(self) -> Iterator[ArticleView]:
        """Every article of every version, statute by statute; identical copies only once."""
        for volume in tuple(self._by_id.values()):
            yield from self._read(volume)

    def statutes(self) -> tuple[Statute, ...]:
        """Every version at hand."""
        return tuple(volume.statute for volume in self._by_id.values())

    def articles_of(self, statute: Statute) -> tuple[ArticleView, ...]:
        """The articles of one version in their order; empty when it is unknown."""
        volume = self._by_id.get(statute.id)
        return tuple(self._read(volume)) if volume is not None else ()

    def cases(self) -> tuple[Case, ...]:
        """The pack's cases, then those read or added."""
        return self._cases

    def documents(self) -> tuple[Document, ...]:
        """Texts without articles, such as 决定, 批复 and 修正案."""
        return self.store.documents() if self.store is not None else ()

    def attachments(self, statute: Statute) -> tuple[Document, ...]:
        """What stands before the first and after the last article of one version."""
        if self.store is None:
            return ()
        return self.store.attachments(statute.id)

    def fingerprint(self, pool: Literal["statute", "case"]) -> str:
        """Changes whenever an article at hand, its statute or its gist does, or a case.

        Reads the rows of the statutes, not the articles: their text is known by its hash.
        """
        digest = hashlib.sha256()
        if pool == "case":
            for case in self._cases:
                digest.update(case.model_dump_json().encode())
            return digest.hexdigest()
        for stored in self.store.statutes() if self.store is not None else ():
            digest.update(repr(stored).encode())
        for gists in self.knowledge.statutes:
            digest.update(gists.model_dump_json().encode())
        return digest.hexdigest()

    def counts(self) -> Mapping[str, int]:
        """How many statutes, articles, documents and cases are at hand."""
        volumes = self._by_id.values()
        return {
            "statutes": len(volumes),
            "articles": sum(volume.articles for volume in volumes),
            "documents": self.store.counts()["documents"] if self.store is not None else 0,
            "cases": len(self._cases),
        }

    @property
    def shelf(self) -> Shelf:
        """Versions in their order, for lint and for account."""
        return self._shelf


def _make_room(remembered: dict[_Key, _Value]) -> None:
    if len(remembered) >= _REMEMBERED:
        remembered.clear()
