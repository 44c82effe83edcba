"""The advice on a terminal and as plain text."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from api.cli.folding import fold
from api.cli.render import print_advice
from api.plain import advice_text
from api.schemas.advice import AdviceOut


def printed(advice, width, *, color=False):
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=color, color_system=None)
    print_advice(AdviceOut.of(advice), console)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_cut_off_at_any_width(sample_advice, width):
    text = printed(sample_advice(), width)

    assert max(cell_len(line) for line in text.splitlines()) <= width
    flat = "".join(text.split())
    for mark in "│╭╮╰╯─┃━":
        flat = flat.replace(mark, "")
    for said in (
        "村人民调解委员会",
        "自然流水应当按原来的方向排放",
        "填土一方埋设排水管",
        "七天内给您答复",
    ):
        assert said in flat


def test_the_terminal_says_in_words_what_colour_repeats(sample_advice):
    text = printed(sample_advice(), 100)

    places = [text.index(part) for part in ("盘账分析", "清账方案", "法规支撑", "案例参考")]
    assert places == sorted(places)
    for said in ("联办", "较急", "68/100", "原文", "要旨", "文本此后已修订", "未采用"):
        assert said in text


def test_plain_text_is_complete(sample_advice):
    text = advice_text(AdviceOut.of(sample_advice()))

    for said in (
        "一、盘账分析",
        "二、清账方案",
        "三、法规支撑",
        "四、案例参考",
        "当日",
        "[L1]",
        "要旨：",
    ):
        assert said in text
    assert "本建议由人工智能辅助生成" in text.splitlines()[0]


def test_plain_text_of_an_abstention(sample_advice):
    advice = sample_advice()
    matter = advice.matter.model_copy(update={"type": None, "name": "未识别", "abstained": True})
    bare = advice.model_copy(update={"matter": matter, "legal_basis": (), "precedents": ()})

    text = advice_text(AdviceOut.of(bare))

    assert "未能确定事项类型" in text
    assert "没有找到能够确定适用的条文" in text
    assert "暂无足够相近的办结案例" in text
    assert "未能确定事项类型" in printed(bare, 80)


@pytest.mark.parametrize("width", [8, 11, 30])
def test_lines_never_begin_with_a_closing_mark(width):
    said = "相邻各方应当让对方能够用水、排水，自然流水应当按原来的方向排放（见《示例法》）。ABC123"

    lines = [line.plain for line in fold(Text(said), width)]

    assert "".join(lines) == said
    assert all(line[0] not in "，。；：、！？）》" for line in lines)
    assert not any(line.endswith(("（", "《")) for line in lines)
    assert all(cell_len(line) <= width for line in lines)


def test_what_an_article_needs_beside_it_is_told_in_short(sample_advice):
    advice = sample_advice()

    plain = advice_text(AdviceOut.of(advice))
    assert "  同法第三条对“流水”的规定：本法所称流水，是指<自然>流动的水。" in plain
    assert "同法第三条对“流水”的规定" in "".join(printed(advice, 80).split())
    law = advice.legal_basis[0]
    long = law.context[0].model_copy(update={"text": "长" * 500, "term": None})
    longer = advice.model_copy(
        update={"legal_basis": (law.model_copy(update={"context": (long,)}),)}
    )
    assert f"  同法第三条：{'长' * 79}…\n" in advice_text(AdviceOut.of(longer))
