"""A ledger in any format gives the same items; what is none is refused with a reason."""

import csv
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from corpus.errors import CorpusError, LedgerError, UnreadableDocument
from corpus.ledger_columns import read_map
from corpus.ledger_rows import parse_day, read_ledger
from corpus.limited_parser import LimitedParser, ParserLimits

HEAD = ("编号", "主题", "详情", "受理时间", "答复意见", "办结时间", "联系人", "电话", "承办单位")
ROWS = (
    (
        "1",
        "路灯不亮",
        "村口路灯坏了半个月。",
        "2025/3/1",
        "已更换电缆。",
        "2025-03-04",
        "甲",
        "",
        "",
    ),
    (
        "2",
        "井盖缺失",
        "小区门口井盖没了。",
        "2025年3月2日",
        "当天补装。",
        "20250302",
        "",
        "1",
        "物业",
    ),
)


def workbook(path: Path, *, title: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append(["示例镇办结台账"])
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    book.create_sheet("说明").append(["填表说明"])
    book.save(path)
    return path


def comma_separated(path: Path, encoding: str, delimiter: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows((HEAD, *ROWS))
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def word_table(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("示例镇办结台账")
    table = document.add_table(rows=len(ROWS) + 1, cols=len(HEAD))
    for cells, row in zip(table.rows, (HEAD, *ROWS), strict=True):
        for cell, words in zip(cells.cells, row, strict=True):
            cell.text = words
    document.save(str(path))
    return path


def objects(path: Path, *, lines: bool = False) -> Path:
    rows = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    if lines:
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    else:
        text = json.dumps(rows, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


FORMATS = {
    "xlsx": lambda folder: workbook(folder / "a.xlsx"),
    "xlsx with a title": lambda folder: workbook(folder / "a.xlsx", title=True),
    "csv": lambda folder: comma_separated(folder / "a.csv", "utf-8"),
    "csv of Excel": lambda folder: comma_separated(folder / "a.csv", "utf-8-sig"),
    "csv in GB18030": lambda folder: comma_separated(folder / "a.csv", "gb18030"),
    "semicolons": lambda folder: comma_separated(folder / "a.csv", "utf-8", ";"),
    "tabs": lambda folder: comma_separated(folder / "a.tsv", "utf-8", "\t"),
    "docx": lambda folder: word_table(folder / "a.docx"),
    "json": lambda folder: objects(folder / "a.json"),
    "jsonl": lambda folder: objects(folder / "a.jsonl", lines=True),
}


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS.keys())
def test_every_format_gives_the_same_items(tmp_path: Path, parser: LimitedParser, make) -> None:
    first, second = read_ledger(make(tmp_path), parser).items
    assert (first.number, first.title, first.text) == ("1", "路灯不亮", "村口路灯坏了半个月。")
    assert (first.received_on, first.closed_on) == (date(2025, 3, 1), date(2025, 3, 4))
    assert first.reply == "已更换电缆。"
    assert first.personal == ("甲",)
    assert (second.received_on, second.closed_on) == (date(2025, 3, 2), date(2025, 3, 2))
    assert (second.unit, second.personal) == ("物业", ("1",))


def test_a_form_of_labels_and_values_is_one_item(tmp_path: Path, parser: LimitedParser) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    words = ("编号", "7", "联系人", "甲某", "主题", "井盖缺失", "受理时间", "2025年1月2日")
    words += ("详情", "小区门口井盖没了。", "办理结果", "物业当天补装新井盖。")
    for place, one in enumerate(words):
        table.cell(place // 4, place % 4).text = one
    document.save(str(tmp_path / "a.docx"))
    (item,) = read_ledger(tmp_path / "a.docx", parser).items
    assert (item.number, item.text) == ("7", "小区门口井盖没了。")
    assert (item.reply, item.personal) == ("物业当天补装新井盖。", ("甲某",))


def test_labelled_lines_are_items(tmp_path: Path, parser: LimitedParser) -> None:
    document = docx.Document()
    for n in (1, 2):
        document.add_paragraph(f"编号：{n}")
        document.add_paragraph("详情：村口路灯坏了。")
        document.add_paragraph("晚上看不见路。")
        document.add_paragraph("办理结果：已更换电缆。")
    document.save(str(tmp_path / "a.docx"))
    items = read_ledger(tmp_path / "a.docx", parser).items
    assert [(one.number, one.text) for one in items] == [
        ("1", "村口路灯坏了。\n晚上看不见路。"),
        ("2", "村口路灯坏了。\n晚上看不见路。"),
    ]


def test_a_map_names_other_columns(tmp_path: Path, parser: LimitedParser) -> None:
    (tmp_path / "a.csv").write_text("经过,最后怎样\n路灯坏了,修好了\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text("详情: 经过\n答复: [结局, 最后怎样]\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"经过、最后怎样.*--map"):
        read_ledger(tmp_path / "a.csv", parser)
    told = read_map(tmp_path / "map.yaml")
    (item,) = read_ledger(tmp_path / "a.csv", parser, told).items
    assert (item.text, item.reply) == ("路灯坏了", "修好了")


@pytest.mark.parametrize("text", ["内容物: 经过\n", "- 经过\n", "详情: {a: b}\n", "详情: [\n"])
def test_a_map_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"map\.yaml"):
        read_map(tmp_path / "map.yaml")


def spilling(path: Path) -> Path:
    """A small workbook whose only sheet unpacks to half a gigabyte."""
    workbook(path.with_name("plain.xlsx"))
    row = b"<row><c t='inlineStr'><is><t>" + b"a" * 900 + b"</t></is></c></row>"
    with (
        zipfile.ZipFile(path.with_name("plain.xlsx")) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                target.writestr(name, source.read(name))
                continue
            with target.open(name, "w") as stream:
                stream.write(
                    b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
                    b"<sheetData>"
                )
                for _ in range(500):
                    stream.write(row * 1_000)
                stream.write(b"</sheetData></worksheet>")
    return path


def corner(path: Path) -> Path:
    """A workbook with a cell in its last corner: 17 thousand million cells when unfolded."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "编号", "x"
    book.save(path)
    return path


@pytest.mark.parametrize("make", [spilling, corner])
def test_a_hostile_workbook_costs_its_child_only(tmp_path: Path, make) -> None:
    with LimitedParser(ParserLimits(memory_bytes=400 << 20)) as parser:
        with pytest.raises(UnreadableDocument, match=r"过大|中止|超过"):
            read_ledger(make(tmp_path / "bomb.xlsx"), parser)
        assert read_ledger(workbook(tmp_path / "a.xlsx"), parser).items


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.xlsx", b"", "空的"),
        ("a.csv", b"", "空的"),
        ("a.xlsx", os.urandom(3_000), "Excel"),
        ("a.docx", b"PK nothing", "Word"),
        ("a.csv", b"\x00\x01\x02" * 99, "二进制"),
        ("a.csv", "序,甲\n1,2\n".encode(), "没有找到办结事项"),
        ("a.json", b"{", "JSON"),
        ("a.json", b"[1, 2]", "一组对象"),
        ("a.json", b"[" * 9_000, "JSON"),
        ("a.pages", b"x", "不支持的格式"),
    ],
)
def test_what_is_no_ledger_is_refused_in_chinese(
    tmp_path: Path, parser: LimitedParser, name: str, raw: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(CorpusError, match=told):
        read_ledger(tmp_path / name, parser)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019/4/25 9:32:09", date(2019, 4, 25)),
        ("2019年4月25日", date(2019, 4, 25)),
        ("2019.04.25", date(2019, 4, 25)),
        ("20190425", date(2019, 4, 25)),
        ("43580", date(2019, 4, 25)),
        ("2019-13-45", None),
        ("上周", None),
        ("", None),
    ],
)
def test_days_in_any_usual_writing(text: str, day: date | None) -> None:
    assert parse_day(text) == day
