"""Items get the category of their ledger, or a learnt one, or none."""

import json

import pytest
from openpyxl import Workbook

from advisor.batch.categories import Lesson, fill, learn_from
from advisor.batch.model import BatchRow, Item
from advisor.errors import RefusedInput
from advisor.model import Matter, Triage


def _item(number, text, category=""):
    return Item(
        row=BatchRow(number=number, sheet="账", line=number, text=text, category=category),
        matter=Matter(type=None, name="暂未识别的事项", confidence=0.0, abstained=True),
        triage=Triage(track="即办", urgency="一般", priority=10, reasons=("示例",)),
        lead_department="镇人民政府",
        summary=text,
    )


@pytest.fixture
def ledger(tmp_path):
    def write(rows, name="已分类.jsonl"):
        path = tmp_path / name
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_own_categories_stay_others_are_learnt_and_the_unsure_stay_open(rows, senses):
    items = (
        _item(1, "路灯不亮，路面也坏了"),
        _item(2, "路灯不亮", category="城管"),
        _item(3, "宠物犬狂吠扰民"),
    )
    filled = fill(lambda: iter(items), Lesson("账.xlsx", rows), senses)
    first, second, third = (filled.into(item).category for item in items)
    assert (first.name, first.source) == ("道路", "learnt")
    assert first.confidence >= 0.5
    assert (second.name, second.source, second.confidence) == ("城管", "ledger", None)
    assert third.name == ""
    assert "账.xlsx" in filled.notes[0]
    assert "已有的 1 行照录；推定 1 行；没有把握的 1 行留空" in filled.notes[1]


def test_categories_of_few_rows_are_named(rows, senses):
    few = (*rows, (rows[0][0], "环保"))
    filled = fill(lambda: iter(()), Lesson("账.xlsx", few), senses)
    assert filled.notes[-1].endswith("1 个类别：环保。")


@pytest.mark.parametrize("column", ["类别", "一级分类", "分类", "诉求类别", "category"])
def test_the_column_of_categories_is_known_by_its_name(rows, ledger, column):
    written = [{"详情": telling.text, column: name} for telling, name in rows]
    path = ledger([*written, {"详情": "没有类别的一条", column: " "}])
    assert learn_from(path, {}).rows == rows


def test_a_mapping_tells_another_column(rows, ledger):
    path = ledger([{"群众诉求是什么": t.text, "归口": name} for t, name in rows])
    told = {"详情": ("群众诉求是什么",), "类别": ("归口",)}
    assert learn_from(path, told).rows == rows


def test_a_workbook_is_read_like_any_ledger(rows, tmp_path):
    path, book = tmp_path / "账.xlsx", Workbook()
    book.active.append(["编号", "诉求内容", "一级分类"])
    for number, (telling, name) in enumerate(rows):
        book.active.append([f"T{number}", telling.text, name])
    book.save(path)
    lesson = learn_from(path, {})
    assert lesson.rows == rows
    assert lesson.source == "账.xlsx"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([{"详情": "路灯坏了好几天了"}], "没有已分类的诉求"),
        ([{"详情": "路灯坏了好几天了", "类别": "道路"}] * 9, "道路 9 条"),
        ([{"详情": "路灯坏了好几天了", "类别": n} for n in "甲乙丙" * 3], "甲 3 条"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_at_once(ledger, given, told):
    with pytest.raises(RefusedInput, match=told) as error:
        learn_from(ledger(given), {})
    assert error.value.code == "no_categories"


def test_a_scheme_without_the_categories_learnt_is_refused_at_once(rows, ledger, tmp_path):
    scheme = tmp_path / "体系.csv"
    scheme.write_text("环保,噪声\n", encoding="utf-8")
    few = [*rows, (rows[0][0], "环保")]
    path = ledger([{"详情": t.text, "类别": name} for t, name in few])
    with pytest.raises(RefusedInput, match="没有台账的类别"):
        learn_from(path, {}, scheme)
