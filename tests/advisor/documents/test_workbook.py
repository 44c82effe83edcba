"""The workbook of a batch: every row in it, text that stays text, marks, whole or not there."""

import errno
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from advisor.batch.model import BatchSummary, Groups, Item, UnworkedRow
from advisor.documents import write_jsonl, write_workbook
from advisor.documents.atomic import put_in_place
from advisor.documents.cells import LONGEST, legal
from advisor.errors import DocumentError, DocumentRoom
from advisor.model import AI_LABEL

STORY = "村口路灯坏了半个月，晚上出门看不清路，老人摔了一跤。"


@pytest.fixture
def book(item, summary, groups, unworked, tmp_path: Path) -> openpyxl.Workbook:
    items = (item(number) for number in (1, 2, 3))
    write_workbook(summary, items, groups, unworked, tmp_path / "a.xlsx")
    return openpyxl.load_workbook(tmp_path / "a.xlsx")


def table(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    _, head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_every_sheet_and_row_is_there(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["清单", "一类事", "热点与预警", "未处理行", "说明"]
    assert [one["序号"] for one in table(book, "清单")] == [1, 2, 3]
    assert [one["序号"] for one in table(book, "未处理行")] == [4, 5]
    assert [one["行"] for one in table(book, "未处理行")] == [5, "整表"]
    assert [one["类别"] for one in table(book, "热点与预警")] == ["预警", "热点"]


def test_a_row_tells_what_to_do(book: openpyxl.Workbook) -> None:
    first, second, third = table(book, "清单")
    assert (first["办理方式"], first["优先度"], first["牵头部门"]) == ("督办", 80, "住建局")
    assert first["最迟日期"] == datetime(2025, 3, 3)
    assert first["诉求内容"] == STORY
    assert first["依据条文"] == "《示例市照明条例》第十二条（要旨）：设施损坏的，应当及时修复。"
    assert first["其他可能牵头"] == "执法局（15%）"
    assert first["原表·点赞数"] == "2"
    assert first["原表位置"] == "账 第 2 行"
    assert (second["一类事"], second["重复于"]) == ("第 1 组", "序号 1")
    assert (third["一类事"], third["重复于"]) == (None, None)


def test_links_lead_to_their_rows(book: openpyxl.Workbook) -> None:
    row = {cell.value: cell for cell in book["清单"][4]}
    assert row["第 1 组"].hyperlink.location == "'一类事'!A3"
    assert row["序号 1"].hyperlink.location == "'清单'!A3"
    assert book["一类事"]["A3"].value == "第 1 组"
    assert table(book, "一类事")[0]["标识"] == "G1"
    back = next(cell for cell in book["一类事"][3] if cell.value == "看首件")
    assert back.hyperlink.location == "'清单'!A3"


def test_header_filter_print_and_colours_are_set(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes.endswith("3")
        assert sheet.auto_filter.ref.startswith("A2:")
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$2"
    colours = {book["清单"].cell(3, at).fill.fgColor.rgb for at in (3, 4)}
    assert len(colours) == 2
    assert "00000000" not in colours


def test_the_label_stands_on_every_sheet_and_in_the_properties(
    book: openpyxl.Workbook, summary: BatchSummary
) -> None:
    for sheet in book:
        assert summary.ai_label in str(sheet["A1"].value)
        assert sheet.oddFooter.left.text == summary.ai_label
    assert book.properties.description == summary.ai_label
    assert book.properties.identifier == summary.id
    assert "AIGC" not in book.custom_doc_props.names


def test_what_a_model_wrote_bears_the_mark_of_the_standard(
    item, summary: BatchSummary, groups: Groups, tmp_path: Path
) -> None:
    by_model = summary.model_copy(update={"mode": "llm", "ai_label": AI_LABEL})
    write_workbook(by_model, [item(1)], Groups(), (), tmp_path / "a.xlsx")
    (mark,) = openpyxl.load_workbook(tmp_path / "a.xlsx").custom_doc_props.props
    assert mark.name == "AIGC"
    assert json.loads(mark.value) == {
        "Label": "1",
        "ContentProducer": "智治助手",
        "ProduceID": "b-1",
    }


def test_the_properties_hold_nothing_of_a_complaint(
    book: openpyxl.Workbook, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        told = b"".join(archive.read(one) for one in archive.namelist() if "docProps" in one)
    assert STORY[:4].encode() not in told
    assert "路灯".encode() not in told


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "=1+1"])
def test_text_stays_text(item, summary: BatchSummary, tmp_path: Path, text: str) -> None:
    made = item(1, text=text, subject=text, ref=text, caller=text, extra=((text, text),))
    write_workbook(summary, [made], Groups(), (), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    found = [cell for cell in book["清单"][3] if cell.value == text]
    assert len(found) == 5
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_characters_that_xml_forbids_are_left_out(
    item, summary: BatchSummary, tmp_path: Path
) -> None:
    made = item(1, text="甲\x00乙\x0b丙\ufffe丁\n戊😀")
    write_workbook(summary, [made], Groups(), (), tmp_path / "a.xlsx")
    (row,) = table(openpyxl.load_workbook(tmp_path / "a.xlsx"), "清单")
    assert row["诉求内容"] == "甲乙丙丁\n戊😀"


@pytest.mark.parametrize("character", ["长", "😀"])
def test_long_texts_are_cut_with_a_note(character: str) -> None:
    units = len(character.encode("utf-16-le")) // 2
    whole = character * (LONGEST // units)
    assert legal(whole) == whole
    cut = legal(whole + character)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert cut.endswith("全文见原表）")


def test_an_empty_batch_is_a_workbook(summary: BatchSummary, tmp_path: Path) -> None:
    write_workbook(summary, (), Groups(), (), tmp_path / "a.xlsx")
    assert table(openpyxl.load_workbook(tmp_path / "a.xlsx"), "清单") == []


def breaking(item) -> Iterator[Item]:
    yield item(1)
    raise ValueError("the source of items broke")


def test_what_breaks_leaves_nothing_under_the_name(
    item, summary: BatchSummary, groups: Groups, tmp_path: Path
) -> None:
    for name, write in (("a.xlsx", write_workbook), ("a.jsonl", write_jsonl)):
        (tmp_path / name).write_text("前一份")
        with pytest.raises(ValueError, match="broke"):
            write(summary, breaking(item), groups, (), tmp_path / name)
        assert (tmp_path / name).read_text() == "前一份"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.jsonl", "a.xlsx"]


def fail_half_way(path: Path, number: int) -> None:
    with put_in_place(path) as beside:
        beside.write_text("半份")
        raise OSError(number, "told by the system")


@pytest.mark.parametrize(
    ("number", "kind", "told"),
    [
        (errno.ENOSPC, DocumentRoom, "磁盘空间不足"),
        (errno.EACCES, DocumentError, "没有写入权限"),
        (errno.EIO, DocumentError, "无法写入"),
    ],
)
def test_a_failing_disk_is_told_in_chinese(
    tmp_path: Path, number: int, kind: type[DocumentError], told: str
) -> None:
    with pytest.raises(kind, match=told):
        fail_half_way(tmp_path / "a.xlsx", number)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told(tmp_path: Path, summary: BatchSummary) -> None:
    with pytest.raises(DocumentError, match="不存在"):
        write_workbook(summary, (), Groups(), (), tmp_path / "none" / "a.xlsx")


def test_lines_tell_everything_for_programs(
    item, summary: BatchSummary, groups: Groups, unworked: tuple[UnworkedRow, ...], tmp_path: Path
) -> None:
    write_jsonl(summary, [item(1), item(2)], groups, unworked, tmp_path / "a.jsonl")
    lines = [json.loads(one) for one in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    kinds = [one["kind"] for one in lines]
    assert kinds == [
        *("summary", "item", "item", "unworked", "unworked", "duplicate", "cluster", "warning")
    ]
    assert "likeness" not in lines[1]
    assert (
        Item.model_validate({k: v for k, v in lines[1].items() if k != "kind"}).row == item(1).row
    )
    assert lines[0]["ai_label"] == summary.ai_label


def test_dates_are_dates(book: openpyxl.Workbook) -> None:
    first = table(book, "一类事")[0]
    assert first["最早"] == datetime.combine(date(2025, 3, 2), datetime.min.time())
    assert first["热度"] == 12.3
