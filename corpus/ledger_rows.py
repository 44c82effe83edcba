"""A ledger file as items: Excel, CSV, Word, JSON; every row is an item or a reason why not."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from corpus.decoding import decode_text
from corpus.errors import LedgerError, UnreadableDocument
from corpus.ledger_columns import PERSONAL, ColumnMap, Columns, columns_of, enough, find_header
from corpus.limited_parser import LimitedParser, Sheets

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
ENDINGS = (*WORKBOOKS, *TEXTS, ".docx", ".json", ".jsonl")
MAX_BYTES = 64 << 20
MAX_CELL = 20_000
_DAY = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")  # a day as Excel counts: 20000 is in 1954
_EXCEL_ZERO = date(1899, 12, 30)
_LABELLED = re.compile(r"^\s*([^\s：:]{1,12})\s*[：:]\s*(.+)$")
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class LedgerItem:
    """One row of a ledger as it was written; nothing in it is redacted yet.

    ``place`` says where it stands, for the report. ``personal`` are the values of columns such as
    姓名 and 电话, which must not stand in any text that is kept.
    """

    place: str
    number: str = ""
    title: str = ""
    text: str = ""
    received_on: date | None = None
    reply: str = ""
    measures: str = ""
    closed_on: date | None = None
    unit: str = ""
    region: str = ""
    matter: str = ""
    status: str = ""
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The items of one file; ``unread`` are tables without the columns of a ledger."""

    items: tuple[LedgerItem, ...]
    unread: tuple[str, ...] = ()


def read_ledger(path: Path, parser: LimitedParser, told: ColumnMap | None = None) -> Ledger:
    """Every item of a file.

    Args:
        path: .xlsx .xls .ods .csv .docx .json .jsonl
        parser: reads the risky formats.
        told: names of columns that are not recognised by themselves.

    Raises:
        LedgerError: an unknown format, an empty file, or no table with the columns needed.
        UnreadableDocument: damaged, encrypted, too large, binary.
    """
    raw = _bytes(path)
    ending = path.suffix.lower()
    if ending in (".json", ".jsonl"):
        return _in_full(Ledger(tuple(_of_objects(_objects(raw, path.name), told or {}))), path, ())
    sheets = _sheets(raw, ending, path.name, parser)
    items: list[LedgerItem] = []
    unread: list[str] = []
    for name, rows in sheets:
        found = list(_of_table(name, rows, told or {}))
        items.extend(found)
        if not found and any(any(row) for row in rows):
            unread.append(name)
    return _in_full(Ledger(tuple(items), tuple(unread)), path, sheets)


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() not in ENDINGS:
        known = " ".join(ENDINGS)
        raise LedgerError(f"{path.name}：不支持的格式，可用：{known}")
    size = path.stat().st_size
    if size == 0:
        raise LedgerError(f"{path.name}：文件是空的（0 字节）。")
    if size > MAX_BYTES:
        raise LedgerError(f"{path.name}：文件超过 {MAX_BYTES >> 20}MB，请拆分后再试。")
    return path.read_bytes()


def _sheets(raw: bytes, ending: str, name: str, parser: LimitedParser) -> Sheets:
    try:
        if ending in WORKBOOKS:
            return parser.sheets(raw)
        if ending == ".docx":
            return tuple(_word_tables(parser.parse(raw, "docx").text))
        return (("表", csv_rows(decode_text(raw))),)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{name}：{error}") from error


def _in_full(ledger: Ledger, path: Path, sheets: Sheets) -> Ledger:
    if ledger.items:
        return ledger
    heads = [name for _, rows in sheets for row in rows[:1] for name in row if name][:12]
    seen = f"读到的列：{'、'.join(heads)}。" if heads else ""
    raise LedgerError(
        f"{path.name}：没有找到办结事项。需要“详情”或“主题”列，以及“答复”或“措施”列；{seen}"
        "列名不同的，请用 --map 写明对应关系。"
    )


def csv_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a text with a comma, tab or semicolon between them.

    Raises:
        UnreadableDocument: The quotes do not match.
    """
    csv.field_size_limit(MAX_BYTES)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        return tuple(tuple(cell.strip() for cell in row) for row in rows)
    except csv.Error as error:
        raise UnreadableDocument(f"不是有效的 CSV 文件（{error}）。") from error


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that has any."""
    for line in text[:_SAMPLE].split("\n"):
        counts = {mark: line.count(mark) for mark in ",\t;，"}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","


def _word_tables(text: str) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Runs of table rows, which are lines with tabs; then the labelled lines outside them."""
    table: list[tuple[str, ...]] = []
    labelled: list[tuple[str, ...]] = []
    count = 0
    for line in (*text.split("\n"), ""):
        if "\t" in line:
            table.append(tuple(cell.strip() for cell in line.split("\t")))
            continue
        if table:
            count += 1
            yield f"表{count}", tuple(table)
            table = []
        if match := _LABELLED.match(line):
            labelled.append((match[1], match[2].strip()))
        elif labelled and line.strip():
            labelled[-1] = (labelled[-1][0], f"{labelled[-1][1]}\n{line.strip()}")
    if labelled:
        yield "正文", tuple(labelled)


def _of_table(name: str, rows: Sequence[Sequence[str]], told: ColumnMap) -> Iterator[LedgerItem]:
    header = find_header(rows, told)
    if header is None or _is_form(rows, told):
        yield from _of_form(name, rows, told)
        return
    for number, row in enumerate(rows[header.row + 1 :], header.row + 2):
        if any(cell.strip() for cell in row):
            personal = tuple(row[n] for n in header.personal if n < len(row))
            yield _item(f"{name}第{number}行", header.columns, row, personal)


def _of_form(name: str, rows: Sequence[Sequence[str]], told: ColumnMap) -> Iterator[LedgerItem]:
    """Forms of labels and values side by side."""
    for number, form in enumerate(_forms(rows), 1):
        columns = columns_of(list(form), told)
        if enough(columns):
            personal = tuple(value for label, value in form.items() if PERSONAL.search(label))
            yield _item(f"{name}第{number}份", columns, list(form.values()), personal)


def _is_form(rows: Sequence[Sequence[str]], told: ColumnMap) -> bool:
    """Whether names of fields stand one below the other."""
    return len(columns_of([row[0] if row else "" for row in rows], told)) > 1


def _forms(rows: Sequence[Sequence[str]]) -> Iterator[Mapping[str, str]]:
    """Labels with their values; a label that comes again begins the next form."""
    form: dict[str, str] = {}
    for row in rows:
        for at in range(0, len(row) - 1, 2):
            if row[at] in form:
                yield form
                form = {}
            if row[at]:
                form[row[at]] = row[at + 1]
    if form:
        yield form


def _objects(raw: bytes, name: str) -> Sequence[Mapping[str, object]]:
    text = decode_text(raw)
    try:
        content = (
            [json.loads(line) for line in text.split("\n") if line.strip()]
            if name.lower().endswith(".jsonl")
            else json.loads(text)
        )
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"{name}：不是有效的 JSON。") from error
    rows = content if isinstance(content, list) else [content]
    if not all(isinstance(row, dict) for row in rows):
        raise LedgerError(f"{name}：应为一组对象，每个对象是一件办结事项。")
    return rows


def _of_objects(rows: Sequence[Mapping[str, object]], told: ColumnMap) -> Iterator[LedgerItem]:
    for number, row in enumerate(rows, 1):
        names = list(row)
        values = ["" if value is None else str(value) for value in row.values()]
        personal = tuple(v for k, v in zip(names, values, strict=True) if PERSONAL.search(k))
        columns = columns_of(names, told)
        if columns:
            yield _item(f"第{number}件", columns, values, personal)


def _item(place: str, columns: Columns, row: Sequence[str], personal: Sequence[str]) -> LedgerItem:
    def cell(field: str) -> str:
        at = columns.get(field)
        return row[at].strip()[:MAX_CELL] if at is not None and at < len(row) else ""

    return LedgerItem(
        place=place,
        number=cell("编号").removesuffix(".0"),
        title=cell("主题"),
        text=cell("详情"),
        received_on=parse_day(cell("时间")),
        reply=cell("答复"),
        measures=cell("措施"),
        closed_on=parse_day(cell("答复时间")),
        unit=cell("单位"),
        region=cell("属地"),
        matter=cell("事项"),
        status=cell("状态"),
        personal=tuple(one.strip() for one in personal if one.strip()),
    )


def parse_day(text: str) -> date | None:
    """The day a cell tells, in any usual way to write it; None when it tells none."""
    if match := _DAY.search(text) or _COMPACT_DAY.fullmatch(text.strip()):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    if _SERIAL.fullmatch(text.strip()):
        return _EXCEL_ZERO + timedelta(days=int(float(text)))
    return None
