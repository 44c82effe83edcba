"""The knowledge we ship, read from ``corpus/data`` and validated field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.errors import KnowledgeError
from corpus.model import (
    Case,
    Duty,
    GeneralGuide,
    GistStatute,
    Group,
    LexiconEntry,
    Playbook,
    Revision,
    Signal,
    Succession,
    Telling,
    TimeLimit,
    UnheldRule,
)
from corpus.overlay import KINDS, Patches, Tally, overlaid
from corpus.parsed import parsed_pack
from corpus.yaml_records import (
    Row,
    first_fault,
    read_records,
    read_rows,
    read_yaml,
    rows_of,
    to_record,
)

__all__ = [
    "DATA",
    "Knowledge",
    "TownKnowledge",
    "knowledge_faults",
    "load_knowledge",
    "read_records",
    "read_yaml",
]

DATA = Path(__file__).parent / "data"

_Record = TypeVar("_Record", bound=BaseModel)
_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TownKnowledge:
    """What a town changed in the pack, from ``ADVISOR_HOME/knowledge``.

    ``version`` is the hash of the files in use, empty when there are none; ``added``, ``changed``
    and ``off`` count records. ``faults`` say in Chinese why the files as they lie there are not in
    use; ``notes`` what in them has no effect.
    """

    version: str = ""
    files: int = 0
    added: int = 0
    changed: int = 0
    off: int = 0
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything we wrote ourselves, and what a town made of it.

    ``aliases`` leads from a short name to the full title. ``as_of`` is the day up to which the
    pack is known, from ``pack.yaml``. ``signals`` are the risks that hold for any matter,
    ``general`` what to do when the matter is not recognised, ``groups`` the first level of the
    tree of matters.
    """

    statutes: tuple[GistStatute, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    duties: tuple[Duty, ...] = ()
    cases: tuple[Case, ...] = ()
    successions: tuple[Succession, ...] = ()
    revisions: tuple[Revision, ...] = ()
    lexicon: tuple[LexiconEntry, ...] = ()
    tellings: tuple[Telling, ...] = ()
    signals: tuple[Signal, ...] = ()
    general: GeneralGuide | None = None
    unheld: tuple[UnheldRule, ...] = ()
    groups: tuple[Group, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: _NO_ALIASES)
    as_of: date | None = None
    town: TownKnowledge = field(default_factory=TownKnowledge)

    def playbook(self, id_: str) -> Playbook | None:
        """The playbook with this id."""
        return next((p for p in self.playbooks if p.id == id_), None)

    def group(self, name: str) -> Group | None:
        """The first-level group of this name, present or former."""
        return next((g for g in self.groups if name == g.name or name in g.formerly), None)


def load_knowledge(folder: Path | None = None, patches: Patches | None = None) -> Knowledge:
    """All YAML records under ``folder`` (the shipped ``corpus/data`` by default).

    A file of a sub-folder holds one record or a list of records; a folder or file that is absent
    counts as empty. ``patches`` are a town's own records, see `corpus.overlay`.

    Raises:
        KnowledgeError: a file that is not YAML, or a record with a wrong, missing or unknown
            field; the message names the file, the record and the field.
    """
    reading = _Reading(folder or DATA, patches or Patches())
    knowledge = reading.knowledge()
    if reading.faults:
        raise KnowledgeError(reading.faults[0])
    return knowledge


def knowledge_faults(folder: Path | None = None, patches: Patches | None = None) -> tuple[str, ...]:
    """Everything that keeps the knowledge from being read, each file and record named."""
    reading = _Reading(folder or DATA, patches or Patches())
    reading.knowledge()
    return tuple(reading.faults)


class _Reading:
    """One reading of a folder: what is sound becomes records, what is not becomes ``faults``."""

    def __init__(self, root: Path, patches: Patches) -> None:
        if not root.is_dir():
            raise KnowledgeError(f"知识目录不存在：{root}")
        self._root = root
        self._parsed = parsed_pack(root) if root == DATA else {}
        self._patches = patches
        self._tally = Tally()
        self.faults: list[str] = []

    def knowledge(self) -> Knowledge:
        """The records of every kind."""
        found = Knowledge(
            statutes=self._all("statutes", GistStatute),
            playbooks=self._all("playbooks", Playbook),
            duties=self._all("duties", Duty),
            cases=self._all("cases", Case),
            successions=self._all("successions", Succession),
            revisions=self._all("revisions", Revision),
            lexicon=self._all("lexicon", LexiconEntry),
            tellings=self._all("tellings", Telling),
            signals=self._all("signals", Signal),
            general=next(iter(self._all("general", GeneralGuide)), None),
            unheld=self._all("unheld", UnheldRule),
            groups=self._all("groups", Group),
            time_limits=self._all("time_limits", TimeLimit),
            aliases=self._aliases(),
            as_of=self._pack_date(),
        )
        tally = self._tally
        town = TownKnowledge(
            version=self._patches.version,
            files=self._patches.files,
            added=tally.added,
            changed=tally.changed,
            off=tally.off,
            notes=(*self._patches.notes, *tally.notes),
        )
        return replace(found, town=town)

    def _all(self, kind: str, model: type[_Record]) -> tuple[_Record, ...]:
        rows = tuple(row for path in self._files(kind) for row in self._rows(path))
        try:
            rows = overlaid(rows, self._patches, kind, self._tally)
        except KnowledgeError as error:
            self.faults.append(str(error))
        return tuple(self._records(rows, model))

    def _files(self, kind: str) -> Sequence[Path]:
        place = KINDS[kind]
        inside = sorted((self._root / kind).glob("**/*.yaml")) if place.folder else ()
        return [*(self._root / name for name in place.files), *inside]

    def _rows(self, path: Path) -> tuple[Row, ...]:
        name = path.relative_to(self._root).as_posix()
        if name in self._parsed:
            return rows_of(self._parsed[name], path.name)
        try:
            return read_rows(path)
        except KnowledgeError as error:
            self.faults.append(str(error))
            return ()

    def _records(self, rows: Sequence[Row], model: type[_Record]) -> Iterator[_Record]:
        for row in rows:
            try:
                yield to_record(row, model)
            except KnowledgeError as error:
                self.faults.append(str(error))

    def _aliases(self) -> Mapping[str, str]:
        path = self._root / "aliases.yaml"
        try:
            content = read_yaml(path) if path.is_file() else {}
            shipped = TypeAdapter(dict[str, str]).validate_python(content or {})
        except ValidationError as error:
            told = first_fault(error)
            self.faults.append(f"{path.name}：应为“简称：全称”的映射{told}")
            return _NO_ALIASES
        except KnowledgeError as error:
            self.faults.append(str(error))
            return _NO_ALIASES
        return MappingProxyType(self._patches.names(shipped, self._tally))

    def _pack_date(self) -> date | None:
        path = self._root / "pack.yaml"
        if not path.is_file():
            return None
        try:
            content = read_yaml(path)
        except KnowledgeError as error:
            self.faults.append(str(error))
            return None
        as_of = content.get("as_of") if isinstance(content, Mapping) else None
        if not isinstance(as_of, date):
            self.faults.append(f"{path.name}的字段as_of：应为日期，如2026-01-01")
            return None
        return as_of
