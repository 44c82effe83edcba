"""A run of a measurement as a file: one header line, then one line for each case; JSON Lines.

The first line is ``{"run": {…}}`` (`RunHeader`), every further one a `RunRow`:
``{"case", "measures": {name: number or null}, "detail": {…}, "error"?, "seconds"}``.

* ``null`` says that a measure is not defined for a case; it takes no part in a mean.
* ``error`` is there only where the case crashed; every measure then holds its worst value.
* ``detail`` is what a reader needs to understand the numbers. In runs of advice it holds
  ``complaint``, ``advice`` (as served, design §3.1; its id is that of the case, its index is named
  in the header only) and what was missed.
* ``seconds`` is the only field that differs between two runs of the same thing without a model;
  `comparable` leaves it out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from eval.errors import RunInvalid

RunKind = Literal["advice", "retrieval", "citations", "redaction", "triage"]
Setting = str | int | float | bool | None


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CodeState(_Line):
    """The code that ran: version of the distribution, and the commit in a checkout.

    ``changed`` says that the checkout held changes which no commit holds.
    """

    version: str
    commit: str | None = None
    changed: bool = False


class Material(_Line):
    """What was measured on: a name, the SHA-256 of its bytes, how many cases of it took part."""

    name: str
    sha256: str
    cases: int


class RunHeader(_Line):
    """What is needed to tell two runs apart.

    ``prompts`` are the released prompts with their hashes (``prompts.lock``), ``settings`` those
    that change an answer, ``measures`` the names with the versions of their definitions.
    """

    kind: RunKind
    created: datetime
    command: str
    mode: Literal["llm", "extractive"] | None = None
    model: str | None = None
    code: CodeState
    material: Material
    corpus: str
    index: str
    prompts: Mapping[str, str] = Field(default_factory=dict)
    settings: Mapping[str, Setting] = Field(default_factory=dict)
    measures: Mapping[str, int] = Field(default_factory=dict)


class RunRow(_Line):
    """One case; see the module."""

    case: str
    measures: Mapping[str, float | None]
    detail: Mapping[str, JsonValue] = Field(default_factory=dict)
    error: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run."""

    header: RunHeader
    rows: tuple[RunRow, ...]

    def values(self, measure: str) -> Mapping[str, float]:
        """Case to value, for the cases for which the measure is defined, in the order of rows."""
        told = ((row.case, row.measures.get(measure)) for row in self.rows)
        return {case: value for case, value in told if value is not None}

    @property
    def crashed(self) -> tuple[RunRow, ...]:
        """The rows of the cases that crashed."""
        return tuple(row for row in self.rows if row.error is not None)


def header_line(header: RunHeader) -> str:
    """The first line of a file, without its end."""
    return _json({"run": header.model_dump(mode="json")})


def row_line(row: RunRow) -> str:
    """The line of a case, without its end."""
    return _json(row.model_dump(mode="json", exclude={"error"} if row.error is None else set()))


def comparable(row: RunRow) -> str:
    """The line of a case without its time: equal for two runs of the same thing."""
    return row_line(row.model_copy(update={"seconds": 0.0}))


def write_run(path: Path, header: RunHeader, rows: Iterable[RunRow]) -> Run:
    """Write a run row by row, so that what was measured before a breakdown stays; gives it whole.

    Raises:
        RunInvalid: The file cannot be written.
    """
    kept: list[RunRow] = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"{header_line(header)}\n")
            for row in rows:
                file.write(f"{row_line(row)}\n")
                file.flush()
                kept.append(row)
    except OSError as error:
        raise RunInvalid(path, "无法写入") from error
    return Run(header, tuple(kept))


def read_run(path: Path) -> Run:
    """A run as it was written.

    Raises:
        RunInvalid: It cannot be read, a line is not as it should be, or a case stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RunInvalid(path, "无法读取或不是 UTF-8 文本") from error
    if not lines:
        raise RunInvalid(path, "是空的")
    rows = tuple(_rows(path, lines[1:]))
    if len({row.case for row in rows}) < len(rows):
        raise RunInvalid(path, "同一案例出现不止一次")
    return Run(_header(path, lines[0]), rows)


def _header(path: Path, line: str) -> RunHeader:
    try:
        return RunHeader.model_validate(json.loads(line)["run"])
    except (ValueError, KeyError, TypeError) as error:
        raise RunInvalid(path, "第 1 行不是运行信息") from error


def _rows(path: Path, lines: Iterable[str]) -> Iterator[RunRow]:
    for place, line in enumerate(lines, start=2):
        try:
            yield RunRow.model_validate_json(line)
        except ValidationError as error:
            raise RunInvalid(path, f"第 {place} 行不是一个案例的结果") from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
