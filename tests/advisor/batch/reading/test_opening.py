"""Any ledger becomes rows: each row of it once, or a report that names sheet, line and reason."""

import csv
import io
import json
import re
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.batch.model import BatchRow, UnworkedRow
from advisor.batch.reading import open_batch, read_mapping
from corpus.decoding import clean_text
from corpus.errors import LedgerError, UnreadableDocument
from corpus.limited_parser import LimitedParser, ParserLimits

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "messages"
LAMP = "村口路灯坏了半个月，晚上出门看不清路。"
LID = "小区门口井盖没了，怕老人摔倒。"
LEDGERS = {
    "messages": (
        ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数"],
        ["7", "U1", "路灯不亮", "2025/3/1 9:05:06", LAMP, "2"],
    ),
    "hotline": (
        ["工单编号", "来电人", "联系电话", "诉求标题", "诉求内容", "受理时间", "诉求地点"],
        ["7", "U1", "10000", "路灯不亮", LAMP, "2025-03-01 09:05:06", "示例路"],
    ),
    "village ledger": (
        ["序号", "账目类型", "事项", "详情", "登记时间", "村社", "来电人"],
        ["7", "设施", "路灯不亮", LAMP, "2025年3月1日9时5分6秒", "示例村", "U1"],
    ),
}


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


@pytest.fixture(scope="module")
def parser():
    with LimitedParser() as one:
        yield one


def read(path: Path, parser: LimitedParser, **told: str) -> list[BatchRow | UnworkedRow]:
    return list(open_batch(path, parser, {field: (name,) for field, name in told.items()}))


def worked(rows: list[BatchRow | UnworkedRow]) -> list[BatchRow]:
    return [row for row in rows if isinstance(row, BatchRow)]


def unworked(rows: list[BatchRow | UnworkedRow]) -> list[UnworkedRow]:
    return [row for row in rows if isinstance(row, UnworkedRow)]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
@pytest.mark.parametrize("ledger", LEDGERS)
def test_columns_are_told_by_their_names(
    tmp_path: Path, parser: LimitedParser, ledger: str, kind: str
) -> None:
    head, row = LEDGERS[ledger]
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        book(path, 一=[["示例镇台账"], head, row])
    elif kind == "csv":
        path.write_bytes("\r\n".join(",".join(one) for one in (head, row)).encode("gb18030"))
    else:
        path.write_text(json.dumps(dict(zip(head, row, strict=True))), encoding="utf-8")
    (one,) = worked(read(path, parser))
    assert (one.number, one.ref, one.caller) == (1, "7", "U1")
    assert (one.subject, one.text) == ("路灯不亮", LAMP)
    assert one.received_at == datetime(2025, 3, 1, 9, 5, 6)
    assert {cell for _, cell in one.extra} <= {"2", "10000", "设施"}


def test_a_mapping_file_names_other_columns(tmp_path: Path, parser: LimitedParser) -> None:
    told = tmp_path / "map.yaml"
    told.write_text("详情: 群众说了什么\n地点: 哪里\n", encoding="utf-8")
    path = book(tmp_path / "a.xlsx", 一=[["哪里", "群众说了什么"], ["示例路", LAMP]])
    (one,) = open_batch(path, parser, read_mapping(told))
    assert isinstance(one, BatchRow)
    assert (one.place, one.text) == ("示例路", LAMP)
    told.write_text("内容说明: 甲\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="不认识的字段"):
        read_mapping(told)


def test_columns_without_known_names_are_told_by_content(
    tmp_path: Path, parser: LimitedParser
) -> None:
    rows: list[list[object]] = [
        [f"K-{n}", f"2025-03-{n:02}", f"{LAMP}这是第{n}次说。"] for n in range(1, 6)
    ]
    bare = read(book(tmp_path / "a.xlsx", 一=rows), parser)
    named = read(book(tmp_path / "b.xlsx", 一=[["甲", "乙", "丙"], *rows]), parser)
    assert [one.ref for one in worked(bare)] == [f"K-{n}" for n in range(1, 6)]
    assert [one.received_at for one in worked(bare)][4] == datetime(2025, 3, 5)
    assert [one.text for one in worked(named)] == [one.text for one in worked(bare)]
    assert [one.reason[:5] for one in unworked(named)] == ["推定为表头"]


def test_a_header_merged_over_two_rows(tmp_path: Path, parser: LimitedParser) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["编号", "诉求信息", None, "登记信息", None])
    sheet.append([None, "标题", "具体内容", "受理时间", "经办"])
    sheet.append(["3", "井盖", LID, "2025-01-02", "戊"])
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(merged)
    made.save(tmp_path / "a.xlsx")
    (one,) = worked(read(tmp_path / "a.xlsx", parser))
    assert (one.ref, one.subject, one.text, one.line) == ("3", "井盖", LID, 3)
    assert one.extra == (("经办", "戊"),)


def test_formulas_are_text_or_value_and_never_evaluated(
    tmp_path: Path, parser: LimitedParser
) -> None:
    path = book(
        tmp_path / "a.xlsx",
        一=[["编号", "详情"], ["1", LAMP], [None, '=CONCATENATE("甲","乙")'], ["=1+1", LID]],
    )
    rows = worked(read(path, parser))
    assert [one.text for one in rows] == [LAMP, '=CONCATENATE("甲","乙")', LID]
    assert [one.ref for one in rows] == ["1", "", "=1+1"]


def test_a_stored_value_of_a_formula_is_read(tmp_path: Path, parser: LimitedParser) -> None:
    path = book(tmp_path / "a.xlsx", 一=[["编号", "详情"], ["=40+2", LAMP]])
    rewrite(
        path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"<v ?/>|<v></v>", b"<v>42</v>", xml)
    )
    assert [one.ref for one in worked(read(path, parser))] == ["42"]


def rewrite(path: Path, part: str, change) -> None:
    parts = {one: zipfile.ZipFile(path).read(one) for one in zipfile.ZipFile(path).namelist()}
    assert change(parts[part]) != parts[part]
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        (45717.5, datetime(2025, 3, 1, 12)),
        (45717, datetime(2025, 3, 1)),
        (20250301, datetime(2025, 3, 1)),
        ("20250301093015", datetime(2025, 3, 1, 9, 30, 15)),
        ("2025.3.1 下午3点20", datetime(2025, 3, 1, 15, 20)),
        (datetime(2025, 3, 1, 8, 9), datetime(2025, 3, 1, 8, 9)),
    ],
)
def test_days_as_numbers_are_days(
    tmp_path: Path, parser: LimitedParser, cell: object, moment: datetime
) -> None:
    path = book(tmp_path / "a.xlsx", 一=[["受理时间", "详情"], [cell, LAMP]])
    assert [one.received_at for one in worked(read(path, parser))] == [moment]


def test_a_time_that_is_none_is_kept(tmp_path: Path, parser: LimitedParser) -> None:
    path = book(tmp_path / "a.xlsx", 一=[["受理时间", "详情"], ["上周三", LAMP]])
    (one,) = worked(read(path, parser))
    assert (one.received_at, one.extra) == (None, (("受理时间", "上周三"),))


def test_bad_rows_are_told_and_the_rest_is_read(tmp_path: Path, parser: LimitedParser) -> None:
    rows = [["编号", "详情"], ["1", LAMP], ["2", None], ["编号", "详情"], ["4", "长" * 20_001]]
    rows += [["5", LID]]
    found = read(book(tmp_path / "a.xlsx", 一=rows), parser)
    assert [one.number for one in found] == [1, 2, 3, 4, 5]
    assert [(one.line, one.code, one.sheet) for one in unworked(found)] == [
        (3, "empty", "一"),
        (4, "empty", "一"),
        (5, "too_long", "一"),
    ]
    assert [one.ref for one in worked(found)] == ["1", "5"]


def test_a_cell_of_50_000_characters_is_told(tmp_path: Path, parser: LimitedParser) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"编号,详情\n1,{'长' * 50_000}\n2,{LAMP}\n", encoding="utf-8")
    long, short = read(path, parser)
    assert isinstance(long, UnworkedRow)
    assert (long.line, long.code, long.ref) == (2, "too_long", "1")
    assert "50000" in long.reason
    assert isinstance(short, BatchRow)


def test_hidden_and_other_sheets_are_told_not_worked_on(
    tmp_path: Path, parser: LimitedParser
) -> None:
    path = book(
        tmp_path / "a.xlsx",
        藏=[["编号", "详情"], ["1", LAMP]],
        填表说明=[["镇", "数"], ["甲", "1"]],
        账=[["编号", "详情"], ["2", LID]],
        空=[],
    )
    made = openpyxl.load_workbook(path)
    made["藏"].sheet_state = "hidden"
    made.save(path)
    found = read(path, parser)
    assert [one.ref for one in worked(found)] == ["2"]
    assert [(one.sheet, one.line) for one in unworked(found)] == [("藏", 0), ("填表说明", 0)]
    assert "隐藏" in unworked(found)[0].reason
    assert "2 行" in unworked(found)[1].reason


def test_a_sheet_of_200_columns(tmp_path: Path, parser: LimitedParser) -> None:
    head = ["详情", *(f"项{n}" for n in range(199))]
    path = book(tmp_path / "a.xlsx", 一=[head, [LAMP, *("值",) * 199]])
    (one,) = worked(read(path, parser))
    assert (one.text, len(one.extra)) == (LAMP, 199)


def test_a_million_empty_rows_are_passed_over(tmp_path: Path, parser: LimitedParser) -> None:
    path = book(tmp_path / "a.xlsx", 一=[["编号", "详情"], ["1", LAMP]])
    empty = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(3, 1_048_576))
    last = b'<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>%s</t></is></c></row>'
    rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", empty + last % LID.encode() + b"</sheetData>"),
    )
    assert [one.line for one in read(path, parser)] == [2, 1_048_576]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", f"编号,详情\n1,{LAMP}\n".encode("gb18030")),
        ("a.xls", f"编号\t详情\n1\t{LAMP}\n".encode("utf-16")),
        ("a.txt", json.dumps({"id": "1", "text": LAMP}).encode()),
        ("a.json", json.dumps([{"id": 1, "text": LAMP}]).encode()),
    ],
)
def test_the_content_tells_the_format(
    tmp_path: Path, parser: LimitedParser, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    (one,) = worked(read(tmp_path / name, parser))
    assert (one.ref, one.text) == ("1", LAMP)


def test_a_workbook_called_csv_is_read(tmp_path: Path, parser: LimitedParser) -> None:
    path = book(tmp_path / "a.xlsx", 一=[["编号", "详情"], ["1", LAMP]])
    assert worked(read(path.rename(tmp_path / "a.csv"), parser))[0].text == LAMP


def locked_workbook() -> bytes:
    """A compound file with the stream of an encrypted package, as Excel saves under a password."""
    free, end = b"\xff" * 4, struct.pack("<I", 0xFFFFFFFE)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    )
    head += bytes(6) + struct.pack("<IIIII", 0, 1, 1, 0, 4096) + end + bytes(4) + end + bytes(4)
    head += struct.pack("<I", 0) + free * 108
    table = struct.pack("<I", 0xFFFFFFFD) + end + free * 126
    entries = b""
    for name, kind, child in (("Root Entry", 5, 1), ("EncryptedPackage", 2, 0xFFFFFFFF)):
        text = (name + "\0").encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
        entries += free * 2 + struct.pack("<I", child) + bytes(36) + end + bytes(8)
    return head + table + entries.ljust(512, b"\0")


def bomb() -> bytes:
    """Strings that unpack to half a gigabyte."""
    buffer = io.BytesIO()
    made = openpyxl.Workbook()
    made.worksheets[0].append(["详情"])
    made.save(buffer)
    path = io.BytesIO()
    with (
        zipfile.ZipFile(buffer) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                target.writestr(name, source.read(name))
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            stream.write(b"<worksheet><sheetData>")
            row = b'<row><c t="inlineStr"><is><t>' + b"a" * 32_000 + b"</t></is></c></row>"
            for _ in range(25):
                stream.write(row * 600)
            stream.write(b"</sheetData></worksheet>")
    return path.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空"),
        (locked_workbook(), "加密"),
        (b"PK\x03\x04 not a workbook", "不是有效"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table></table></html>", "网页"),
        (bytes(range(256)) * 40, "二进制"),
        ("甲,乙\n1,2\n".encode(), "没有找到诉求"),
        ("编号,详情\n".encode(), "没有可处理的行"),
        (b'{"x": 1}\n', "没有找到诉求"),
    ],
)
def test_what_is_no_ledger_is_refused_in_chinese(
    tmp_path: Path, parser: LimitedParser, content: bytes, told: str
) -> None:
    path = tmp_path / "账.xlsx"
    path.write_bytes(content)
    with pytest.raises((LedgerError, UnreadableDocument), match=told) as caught:
        read(path, parser)
    assert "账.xlsx" in str(caught.value)


def test_an_empty_sheet_is_refused(tmp_path: Path, parser: LimitedParser) -> None:
    with pytest.raises(LedgerError, match="没有可处理的行"):
        read(book(tmp_path / "a.xlsx", 一=[]), parser)


def test_a_bomb_costs_its_child_only(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb())
    with (
        LimitedParser(ParserLimits(memory_bytes=256 << 20)) as parser,
        pytest.raises((UnreadableDocument, LedgerError), match=r"过大|中止"),
    ):
        read(path, parser)


def test_damaged_bytes_cost_their_row_only(tmp_path: Path, parser: LimitedParser) -> None:
    rows = [f"{n},{LAMP}".encode() for n in range(1, 30)]
    rows[4] = rows[4][:-1]  # the last character is cut in two
    (tmp_path / "a.csv").write_bytes("编号,详情\n".encode() + b"\n".join(rows))
    found = read(tmp_path / "a.csv", parser)
    assert [(one.line, one.code) for one in unworked(found)] == [(6, "unreadable")]
    assert len(worked(found)) == 28


def test_a_quote_never_closed_costs_its_row_only(tmp_path: Path, parser: LimitedParser) -> None:
    lines = ["编号,详情", f"1,{LAMP}", f'2,"{LAMP}', *(f"{n},{LID}" for n in range(3, 900))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    found = read(tmp_path / "a.csv", parser)
    assert [one.ref for one in worked(found)] == ["1", *map(str, range(3, 900))]
    assert [one.line for one in worked(found)] == [2, *range(4, 901)]
    assert [(one.line, "引号" in one.reason) for one in unworked(found)] == [(3, True)]


def test_too_many_open_quotes_end_in_a_report(tmp_path: Path, parser: LimitedParser) -> None:
    block = [f'坏,"{LAMP}', *(f"{n},{LID}" for n in range(400))]
    (tmp_path / "a.csv").write_text("\n".join(["编号,详情", *block * 101]), encoding="utf-8")
    found = read(tmp_path / "a.csv", parser)
    told = [one for one in unworked(found) if "连成一条" in one.reason]
    assert told
    assert len(worked(found)) >= 400 * 40


def test_broken_objects_are_told_by_line(tmp_path: Path, parser: LimitedParser) -> None:
    good = json.dumps({"编号": 1, "详情": LAMP, "标签": ["甲"]}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(f"{{\n{good}\n\n[1]\n{{}}\n", encoding="utf-8")
    found = read(tmp_path / "a.jsonl", parser)
    assert [(one.line, one.code) for one in unworked(found)] == [
        (1, "unreadable"),
        (4, "unreadable"),
    ]
    assert worked(found)[0].extra == (("标签", '["甲"]'),)


def test_a_sheet_is_handed_over_in_parts(tmp_path: Path) -> None:
    rows = [[str(n), LAMP * 400] for n in range(500)]
    path = book(tmp_path / "a.xlsx", 一=[["编号", "详情"], *rows])
    whole = sum(len(json.dumps(row)) for row in rows)
    most = 8 << 20
    assert whole > 2 * most
    with LimitedParser(ParserLimits(reply_bytes=most)) as parser:
        assert len(worked(read(path, parser))) == 500


def test_reading_stops_where_the_caller_stops(tmp_path: Path, parser: LimitedParser) -> None:
    path = book(tmp_path / "a.xlsx", 一=[["编号", "详情"], *([str(n), LAMP] for n in range(2_000))])
    rows = open_batch(path, parser)
    first = next(rows)
    del rows
    assert first.number == 1
    assert len(read(path, parser)) == 2_000


def test_a_sheet_of_too_many_columns_is_told_and_the_next_is_read(
    tmp_path: Path, parser: LimitedParser
) -> None:
    wide = ["详情", *(f"项{n}" for n in range(300))]
    path = book(tmp_path / "a.xlsx", 宽=[wide], 账=[["详情"], [LAMP]])
    found = read(path, parser)
    assert [one.text for one in worked(found)] == [LAMP]
    assert [(one.sheet, "301 列" in one.reason) for one in unworked(found)] == [("宽", True)]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)
TABLES = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=12)
HEAD = ["编号", "主题", "详情"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=TABLES)
def test_every_row_that_is_not_empty_appears_once(
    tmp_path: Path, parser: LimitedParser, kind: str, table: list[list[str]]
) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        made = openpyxl.Workbook()
        for at, row in enumerate([HEAD, *table], 1):
            for column, text in enumerate(row, 1):
                cell = made.worksheets[0].cell(at, column)
                cell.value = text or None
                cell.data_type = "s" if text else "n"
        made.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEAD, *table])
    clean = [[clean_text(cell).strip() for cell in row] for row in table]
    lines = [at for at, row in enumerate(clean, 2) if any(row)]
    if not lines:
        with pytest.raises(LedgerError):
            read(path, parser)
        return
    found = read(path, parser)
    assert [one.number for one in found] == list(range(1, len(lines) + 1))
    if kind == "xlsx":
        assert [one.line for one in found] == lines
    for one, at in zip(found, lines, strict=True):
        ref, subject, text = clean[at - 2]
        assert one.ref == ref.removesuffix(".0")
        if isinstance(one, BatchRow):
            assert (one.subject, one.text) == ((subject, text) if text else ("", subject))
        else:
            assert one.code == "unreadable" or not (subject or text)


@pytest.mark.skipif(not REAL.exists(), reason="the real messages are not on this machine")
@pytest.mark.parametrize(
    ("name", "count"),
    [("backlog", 3_000), ("resolved_messages", 1_408), ("labelled_messages", 495)],
)
def test_every_real_row_is_read(parser: LimitedParser, name: str, count: int) -> None:
    rows = worked(read(REAL / f"{name}.xlsx", parser))
    assert len(rows) == count
    assert len({one.line for one in rows}) == count
    assert all(one.ref and one.subject and one.caller and one.received_at for one in rows)
