"""A file as the rows of a batch: what is worked on and what cannot be, numbered from 1."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from advisor.batch.model import BatchRow, UnworkedRow
from advisor.batch.reading.objects import object_rows
from advisor.batch.reading.tables import table_rows
from corpus.errors import LedgerError, UnreadableDocument
from corpus.ledger_columns import OPEN_FIELDS, ColumnMap, read_map
from corpus.ledger_encoding import open_text
from corpus.ledger_stream import Streamed, stream_csv, stream_objects, stream_workbook
from corpus.limited_parser import LimitedParser, ParserLimits

MAX_BYTES = 512 << 20
"""Largest file taken; 100,000 rows of full texts stay below a tenth of it."""
BATCH_LIMITS = ParserLimits(seconds=300)
"""For the child: 100,000 rows open in 20 seconds where ten programs share two processors."""
_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
_WEB = re.compile(r"\s*<(?:!doctype|html|\?xml|table|meta|head)", re.IGNORECASE)
_KNOWN = "xlsx、xls、ods、csv、tsv、json、jsonl"
Format = Literal["workbook", "csv", "jsonl", "json"]


def open_batch(
    path: Path, parser: LimitedParser, mapping: ColumnMap | None = None
) -> Iterator[BatchRow | UnworkedRow]:
    """Every row of a file that is not empty, once, in the file's order.

    A row that cannot be read is an :class:`UnworkedRow`; so is, as one, a sheet that is hidden or
    has no column of complaints. Rows are read as they are asked for: no whole sheet stands in
    memory of this process, and a workbook is parsed in a limited child process.

    Args:
        path: xlsx, xls, ods, csv, tsv, json, jsonl; told by content, not by the ending.
        parser: whose limits a workbook is read under; :data:`BATCH_LIMITS` suit large ones.
        mapping: our field to the names its column has in this ledger, see :func:`read_mapping`.

    Raises:
        LedgerError: no ledger in it, no rows, a format that is none of these; at once where the
            file tells it, else by the iterator.
        UnreadableDocument: damaged, encrypted, binary, beyond the limits; by the iterator.
    """
    format_ = _format(path)
    return _numbered(_rows(path, format_, parser, mapping or {}), path.name)


def read_mapping(path: Path) -> ColumnMap:
    """A mapping file: YAML, one line for each of our fields, ``详情: 群众说了什么``.

    Raises:
        LedgerError: not such a map, or a field we do not know.
        KnowledgeError: not YAML.
    """
    return read_map(path, OPEN_FIELDS)


def _format(path: Path) -> Format:
    """The format a file has, whatever its name says."""
    size = path.stat().st_size
    if size == 0:
        raise LedgerError(f"{path.name}：文件是空的（0 字节）。")
    if size > MAX_BYTES:
        raise LedgerError(f"{path.name}：文件超过 {MAX_BYTES >> 20}MB，请拆分后再试。")
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith((_ZIP, _OLE)):
        if path.suffix.lower() in (".docx", ".doc", ".pptx", ".zip"):
            raise LedgerError(f"{path.name}：不是表格文件，可用：{_KNOWN}。")
        return "workbook"
    if start.startswith(_PDF):
        raise LedgerError(f"{path.name}：是 PDF 文件，不是表格，可用：{_KNOWN}。")
    return _text_format(path)


def _text_format(path: Path) -> Format:
    try:
        beginning = open_text(path).beginning.lstrip("\ufeff")
    except UnreadableDocument as error:
        raise LedgerError(f"{path.name}：{error}可用：{_KNOWN}。") from error
    if _WEB.match(beginning):
        raise LedgerError(
            f"{path.name}：内容实为网页或 XML，不是 Excel 文件；"
            "请用 Excel 或 WPS 打开后另存为 .xlsx。"
        )
    if path.suffix.lower() == ".json" and beginning.lstrip().startswith("["):
        return "json"
    return "jsonl" if beginning.lstrip().startswith("{") else "csv"


def _rows(
    path: Path, format_: Format, parser: LimitedParser, told: ColumnMap
) -> Iterator[BatchRow | UnworkedRow]:
    try:
        if format_ in ("json", "jsonl"):
            yield from object_rows(stream_objects(path, lines=format_ == "jsonl"), told)
        else:
            yield from table_rows(_streamed(path, format_, parser), told)
    except (LedgerError, UnreadableDocument) as error:
        raise type(error)(f"{path.name}：{error}") from error


def _streamed(path: Path, format_: Format, parser: LimitedParser) -> Iterator[Streamed]:
    return stream_workbook(path, parser) if format_ == "workbook" else stream_csv(path)


def _numbered(
    rows: Iterator[BatchRow | UnworkedRow], name: str
) -> Iterator[BatchRow | UnworkedRow]:
    number = 0
    for number, row in enumerate(rows, 1):
        yield row.model_copy(update={"number": number})
    if number == 0:
        raise LedgerError(f"{name}：没有可处理的行（只有表头或空表）。")
