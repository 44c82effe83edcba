"""The knowledge we ship, read from ``corpus/data`` and validated field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.errors import KnowledgeError
from corpus.model import (
    Case,
    Duty,
    GeneralGuide,
    GistStatute,
    LexiconEntry,
    Playbook,
    Revision,
    Signal,
    Succession,
    UnheldRule,
)

DATA = Path(__file__).parent / "data"

_Record = TypeVar("_Record", bound=BaseModel)
_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything we wrote ourselves.

    ``aliases`` leads from a short name to the full title. ``as_of`` is the day up to which the
    pack is known, from ``pack.yaml``. ``signals`` are the risks that hold for any matter,
    ``general`` what to do when the matter is not recognised.
    """

    statutes: tuple[GistStatute, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    duties: tuple[Duty, ...] = ()
    cases: tuple[Case, ...] = ()
    successions: tuple[Succession, ...] = ()
    revisions: tuple[Revision, ...] = ()
    lexicon: tuple[LexiconEntry, ...] = ()
    signals: tuple[Signal, ...] = ()
    general: GeneralGuide | None = None
    unheld: tuple[UnheldRule, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: _NO_ALIASES)
    as_of: date | None = None

    def playbook(self, id_: str) -> Playbook | None:
        """The playbook with this id."""
        return next((p for p in self.playbooks if p.id == id_), None)


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """All YAML records under ``folder`` (the shipped ``corpus/data`` by default).

    A file of a sub-folder holds one record or a list of records; a folder or file that is absent
    counts as empty.

    Raises:
        KnowledgeError: a file that is not YAML, or a record with a wrong, missing or unknown
            field; the message names the file, the record and the field.
    """
    root = folder if folder is not None else DATA
    if not root.is_dir():
        raise KnowledgeError(f"知识目录不存在：{root}")
    return Knowledge(
        statutes=_folder(root / "statutes", GistStatute),
        playbooks=_folder(root / "playbooks", Playbook),
        duties=_folder(root / "duties", Duty),
        cases=_folder(root / "cases", Case),
        successions=_records(root / "successions.yaml", Succession),
        revisions=(
            *_records(root / "revisions.yaml", Revision),
            *_records(root / "commencements.yaml", Revision),
        ),
        lexicon=_records(root / "lexicon.yaml", LexiconEntry),
        signals=_records(root / "signals.yaml", Signal),
        general=next(iter(_records(root / "general.yaml", GeneralGuide)), None),
        unheld=_records(root / "unheld.yaml", UnheldRule),
        aliases=_aliases(root / "aliases.yaml"),
        as_of=_pack_date(root / "pack.yaml"),
    )


def read_records(path: Path, model: type[_Record]) -> tuple[_Record, ...]:
    """Records of one YAML or JSON file, which holds one record or a list of them.

    Raises:
        KnowledgeError: as for `load_knowledge`.
    """
    content = read_yaml(path)
    rows = content if isinstance(content, list) else [] if content is None else [content]
    return tuple(_record(row, model, path, place) for place, row in enumerate(rows, 1))


def read_yaml(path: Path) -> object:
    """Content of a YAML file as plain values.

    Raises:
        KnowledgeError: the file cannot be read or is not YAML.
    """
    try:
        with path.open("rb") as stream:
            content: object = yaml.load(stream, Loader=yaml.CSafeLoader)
    except OSError as error:
        raise KnowledgeError(f"{path.name}：无法读取（{error.strerror}）") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}：不是有效的YAML：{_where(error)}") from error
    return content


def _folder(folder: Path, model: type[_Record]) -> tuple[_Record, ...]:
    files: Iterable[Path] = sorted(folder.glob("**/*.yaml")) if folder.is_dir() else ()
    return tuple(record for path in files for record in read_records(path, model))


def _records(path: Path, model: type[_Record]) -> tuple[_Record, ...]:
    return read_records(path, model) if path.is_file() else ()


def _record(row: object, model: type[_Record], path: Path, place: int) -> _Record:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        raise KnowledgeError(f"{path.name}{_name_of(row, place)}{_first_fault(error)}") from error


def _name_of(row: object, place: int) -> str:
    if isinstance(row, Mapping):
        for key in ("id", "title", "old", "law"):
            if isinstance(row.get(key), str):
                return f"“{row[key]}”"
    return f"第{place}条记录"


_FAULTS = {
    "missing": "缺少这个字段",
    "extra_forbidden": "不认识的字段",
    "string_too_short": "太短",
    "string_too_long": "太长",
    "too_short": "条目太少",
    "too_long": "条目太多",
    "string_pattern_mismatch": "写法不合规定",
    "enum": "不在允许的取值之内",
    "literal_error": "不在允许的取值之内",
    "model_type": "应为“字段：内容”的映射",
}


def _first_fault(error: ValidationError) -> str:
    faults = error.errors(include_url=False)
    first = faults[0]
    where = ".".join(str(step) for step in first["loc"]) or "整条记录"
    what = _FAULTS.get(first["type"], first["msg"])
    shown = "" if first["type"] == "missing" else f"（现为：{str(first['input'])[:40]}）"
    more = f"；另有{len(faults) - 1}处错误" if len(faults) > 1 else ""
    return f"的字段{where}：{what}{shown}{more}"


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "格式错误"
    return f"第{mark.line + 1}行，{problem}" if mark is not None else str(problem)


def _aliases(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return _NO_ALIASES
    content = read_yaml(path)
    try:
        names = TypeAdapter(dict[str, str]).validate_python(content or {})
    except ValidationError as error:
        raise KnowledgeError(f"{path.name}：应为“简称：全称”的映射{_first_fault(error)}") from error
    return MappingProxyType(names)


def _pack_date(path: Path) -> date | None:
    if not path.is_file():
        return None
    content = read_yaml(path)
    as_of = content.get("as_of") if isinstance(content, Mapping) else None
    if not isinstance(as_of, date):
        raise KnowledgeError(f"{path.name}的字段as_of：应为日期，如2026-01-01")
    return as_of
