"""Printed lines become the paragraphs they were."""

import textwrap

import pytest

from corpus.pdf_layout import join_wrapped_lines

PARAGRAPHS = [
    "示例市停车条例",
    "第一章 总则",
    "第一条 为了规范示例市的停车秩序，方便居民出行，保持消防通道畅通，根据本市实际，制定本条例。",
    "社区应当每年公布车位的数量和编号。居民可以查询，也可以提出意见；社区应当在十个工作日内答复，并且说明理由。",
    "第二条 下列地点不得停车：",
    "（一）消防通道、消防车登高操作场地以及其他影响消防救援的地点，但是执行任务的救援车辆除外；",
    "（二）盲道；",
    "（三）法律、法规规定的其他地点。",
    "第三条 本条例自公布之日起施行。",
]


def printed(width: int, indent: str, *, every: int = 9) -> str:
    lines: list[str] = []
    for paragraph in PARAGRAPHS:
        lines += textwrap.wrap(
            paragraph, width, initial_indent=indent, break_on_hyphens=False, drop_whitespace=False
        )
    for page, at in enumerate(range(every, len(lines), every + 1), start=1):
        lines.insert(at, f"— {page} —")
    return "\n".join(lines)


@pytest.mark.parametrize("width", [20, 26, 28, 31, 38])
@pytest.mark.parametrize("indent", ["", "　　", "    "])
def test_paragraphs_come_back_at_any_width(width, indent):
    assert join_wrapped_lines(printed(width, indent)) == "\n".join(PARAGRAPHS)


def test_latin_words_are_kept_apart():
    text = "This rule is written here for a test of long\nlines only, and it holds nowhere."
    assert join_wrapped_lines(text) == text.replace("\n", " ")


@pytest.mark.parametrize("number", ["12", "- 3 -", "—４—", "第 3 页 共 12 页", "第3页"])
def test_page_numbers_go(number):
    assert join_wrapped_lines(f"甲条例\n{number}\n乙条例") == "甲条例\n乙条例"


def test_numbers_in_the_text_stay():
    text = "附表\n收费标准 5元\n夜间 3元"
    assert join_wrapped_lines(text) == text


def test_nothing_stays_nothing():
    assert join_wrapped_lines("\n \n") == ""
