"""YAML as people write it, into validated records; every fault names file, record and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from corpus.decoding import decode_text
from corpus.errors import KnowledgeError, UnreadableDocument

_Record = TypeVar("_Record", bound=BaseModel)
_NAMING = ("id", "title", "old", "law", "term", "name", "risk")


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it was written, before validation: its file and its place there, from 1."""

    content: object
    file: str
    place: int

    @property
    def label(self) -> str:
        """File and record as a fault names them."""
        if isinstance(self.content, Mapping):
            for key in _NAMING:
                if isinstance(self.content.get(key), str):
                    return f"{self.file}“{self.content[key]}”"
        return f"{self.file}第{self.place}条记录"


def read_yaml(path: Path) -> object:
    """Content of a YAML file as plain values.

    Raises:
        KnowledgeError: the file cannot be read or is not YAML.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path.name}：无法读取（{error.strerror}）") from error
    return parse_yaml(raw, path.name)


def parse_yaml(raw: bytes, name: str) -> object:
    """Content of YAML bytes in UTF-8, UTF-16 or GB18030.

    Raises:
        KnowledgeError: not text, or not YAML; the message names the file and the line.
    """
    try:
        content: object = yaml.load(decode_text(raw) if raw else "", Loader=yaml.CSafeLoader)
    except UnreadableDocument as error:
        raise KnowledgeError(f"{name}：{error}") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}：不是有效的YAML：{_where(error)}") from error
    except (ValueError, RecursionError) as error:
        # A day that does not exist, such as 2026-02-30; brackets nested a thousand deep.
        told = str(error) if isinstance(error, ValueError) else "括号嵌套过深"
        raise KnowledgeError(f"{name}：不是有效的YAML：{told}") from error
    return content


def rows_of(content: object, name: str) -> tuple[Row, ...]:
    """The records of one file, which holds one record or a list of them."""
    rows = content if isinstance(content, list) else [] if content is None else [content]
    return tuple(Row(row, name, place) for place, row in enumerate(rows, 1))


def read_rows(path: Path) -> tuple[Row, ...]:
    """The records of a file that may be absent.

    Raises:
        KnowledgeError: the file cannot be read or is not YAML.
    """
    return rows_of(read_yaml(path), path.name) if path.is_file() else ()


def read_records(path: Path, model: type[_Record]) -> tuple[_Record, ...]:
    """Records of one YAML or JSON file, which holds one record or a list of them.

    Raises:
        KnowledgeError: the file is not YAML, or a record has a wrong, missing or unknown field.
    """
    return tuple(to_record(row, model) for row in rows_of(read_yaml(path), path.name))


def to_record(row: Row, model: type[_Record]) -> _Record:
    """The validated record.

    Raises:
        KnowledgeError: a wrong, missing or unknown field.
    """
    try:
        return model.model_validate(row.content)
    except ValidationError as error:
        raise KnowledgeError(f"{row.label}{first_fault(error)}") from error


_FAULTS = {
    "missing": "缺少这个字段",
    "extra_forbidden": "不认识的字段",
    "string_too_short": "太短",
    "string_too_long": "太长",
    "string_type": "应为文字",
    "too_short": "条目太少",
    "too_long": "条目太多",
    "string_pattern_mismatch": "写法不合规定",
    "enum": "不在允许的取值之内",
    "literal_error": "不在允许的取值之内",
    "model_type": "应为“字段：内容”的映射",
}


def first_fault(error: ValidationError) -> str:
    """The first of the faults in Chinese, and how many more there are."""
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
