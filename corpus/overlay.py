"""A town's own records laid over the pack: add, change whole or in some fields, switch off.

A town's row has the layout of ours. With an id of ours it replaces the fields it names; with
``off: true`` it takes the record away; with an id of its own it adds a record.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from corpus.errors import KnowledgeError
from corpus.yaml_records import Row

_OFF: tuple[object, ...] = ("off", False)
"""The key of ``off: true``; YAML 1.1 reads an unquoted ``off`` as no, that is False."""
DISABLED = "disabled.yaml"
_ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its Chinese name, where it lies, and the fields that identify it."""

    label: str
    identity: tuple[str, ...]
    folder: bool = False
    files: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "groups": Kind("大类", ("name",), files=("groups.yaml",)),
        "playbooks": Kind("处置指引", ("id",), folder=True),
        "statutes": Kind("法条要旨", ("title", "version"), folder=True),
        "cases": Kind("案例", ("id",), folder=True),
        "duties": Kind("权责", ("id",), folder=True),
        "lexicon": Kind("口语对照", ("term",), folder=True, files=("lexicon.yaml",)),
        "tellings": Kind("诉求样例", ("id",), folder=True),
        "signals": Kind("风险信号", ("risk",), files=("signals.yaml",)),
        "time_limits": Kind("期限", ("id",), files=("time_limits.yaml",)),
        "general": Kind("通用指引", (), files=("general.yaml",)),
        "successions": Kind("废止对照", ("old",), files=("successions.yaml",)),
        "revisions": Kind(
            "修订记录", ("law", "revised_on"), files=("revisions.yaml", "commencements.yaml")
        ),
        "unheld": Kind("未收录规定", ("title",), files=("unheld.yaml",)),
        "aliases": Kind("简称", (), files=("aliases.yaml",)),
    }
)
"""Every kind of record, by the folder or file it lies in."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patches:
    """A town's rows by kind, its short names, and what it switched off by list.

    ``version`` is the hash of the files they came from.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    aliases: Mapping[str, str | None] = field(default_factory=dict)
    disabled: Mapping[str, Sequence[str]] = field(default_factory=dict)
    version: str = ""
    files: int = 0
    notes: tuple[str, ...] = ()

    def names(self, shipped: Mapping[str, str], tally: "Tally") -> dict[str, str]:
        """Short names of ours with the town's; an empty title switches one off."""
        found = dict(shipped)
        gone = {name: None for name in self.disabled.get("aliases", ())}
        for short, full in {**self.aliases, **gone}.items():
            tally.count(known=short in found, off=full is None, what=f"简称“{short}”")
            if full is None:
                found.pop(short, None)
            else:
                found[short] = full
        return found


@dataclass(slots=True)
class Tally:
    """What laying a town's records over the pack did."""

    added: int = 0
    changed: int = 0
    off: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, *, known: bool, off: bool, what: str) -> None:
        """One record: whether ours has it, and whether it was switched off."""
        if off and not known:
            self.notes.append(f"{what}要停用，但自带知识里没有")
        elif off:
            self.off += 1
        elif known:
            self.changed += 1
        else:
            self.added += 1


def overlaid(rows: Sequence[Row], patches: Patches, kind: str, tally: Tally) -> tuple[Row, ...]:
    """The rows of one kind with the town's laid over them; ours that repeat an id stay repeated.

    Raises:
        KnowledgeError: two of the town's rows speak of the same record, or the general guide,
            which nothing can do without, is switched off.
    """
    own = _by_key(patches.rows.get(kind, ()), kind)
    if kind == "general" and any(_is_off(row) for row in own.values()):
        raise KnowledgeError("general.yaml：通用指引不能停用，只能修改")
    off = frozenset(patches.disabled.get(kind, ()))
    if not own and not off:
        return tuple(rows)
    found: list[Row] = []
    met: set[Key] = set()
    for row in rows:
        key = _key(row, kind)
        patch = own.get(key)
        met.add(key)
        if patch is not None and not _is_off(patch):
            found.append(_changed(row, patch, kind))
        elif patch is None and not _named_off(key, off):
            found.append(row)
    for key, patch in own.items():
        what = f"{KINDS[kind].label}“{'　'.join(key)}”"
        tally.count(known=key in met, off=_is_off(patch), what=what)
        if key not in met and not _is_off(patch):
            found.append(_added(patch))
    _count_listed(off, met, kind, tally)
    return tuple(found)


def _count_listed(off: frozenset[str], met: set[Key], kind: str, tally: Tally) -> None:
    for name in sorted(off):
        known = any(_named_off(key, frozenset((name,))) for key in met)
        tally.count(known=known, off=True, what=f"{KINDS[kind].label}“{name}”")


def _named_off(key: Key, off: frozenset[str]) -> bool:
    return bool(key) and key[0] in off


def _by_key(rows: Sequence[Row], kind: str) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for row in rows:
        other = found.setdefault(_key(row, kind), row)
        if other is not row:
            raise KnowledgeError(f"{row.label}：与{other.file}里的记录重复，同一条只能写一处")
    return found


def _key(row: Row, kind: str) -> Key:
    """What identifies a row; one that lacks it is told by its place and fails in validation."""
    fields = KINDS[kind].identity
    content = row.content
    if not isinstance(content, Mapping) or any(content.get(name) is None for name in fields):
        return (row.file, str(row.place)) if fields else ()
    return tuple(_plain(content[name]) for name in fields)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _is_off(row: Row) -> bool:
    return isinstance(row.content, Mapping) and _says_off(row.content)


def _says_off(content: Mapping[object, object]) -> bool:
    return any(content.get(key) is True for key in _OFF)


def _fields(content: Mapping[object, object]) -> dict[object, object]:
    return {name: value for name, value in content.items() if name not in _OFF}


def _added(patch: Row) -> Row:
    if not isinstance(patch.content, Mapping):
        return patch
    return replace(patch, content=_fields(patch.content))


def _changed(row: Row, patch: Row, kind: str) -> Row:
    if not isinstance(row.content, Mapping) or not isinstance(patch.content, Mapping):
        return patch
    fields = _fields(patch.content)
    own, ours = fields.get(_ARTICLES), row.content.get(_ARTICLES)
    if kind == "statutes" and isinstance(own, list):
        fields[_ARTICLES] = list(_merged(ours if isinstance(ours, list) else [], own))
    return replace(patch, content={**row.content, **fields})


def _merged(ours: Sequence[object], own: Sequence[object]) -> Iterator[object]:
    """Gists of one statute: the town's by the number of the article, the rest as they are."""
    named = {str(one.get("article")): one for one in own if isinstance(one, Mapping)}
    for gist in ours:
        patch = named.pop(str(gist.get("article")), None) if isinstance(gist, Mapping) else None
        if patch is None or not isinstance(gist, Mapping):
            yield gist
        elif not _says_off(patch):
            yield {**gist, **_fields(patch)}
    yield from (_fields(one) for one in named.values() if not _says_off(one))
    yield from (one for one in own if not isinstance(one, Mapping))
