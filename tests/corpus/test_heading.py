from datetime import date

import pytest

from corpus.heading import (
    beginning_in_text,
    find_dates,
    name_date,
    read_head,
    tidy_title,
    without_date,
)


def test_a_head_gives_title_part_and_dates() -> None:
    head = read_head(
        ["中华人民共和国示例法典", " 物权编"],
        ["2015年3月1日 示例会议通过", "２０２０年６月１日 示例会议修订", "2020年9月1日 施行"],
        "物权编",
    )
    assert (head.title, head.part) == ("中华人民共和国示例法典", "物权编")
    assert head.adopted_on == date(2015, 3, 1)
    assert head.version == date(2020, 6, 1)
    assert head.begins == date(2020, 9, 1)


def test_the_file_name_tells_the_version_unless_the_head_is_newer() -> None:
    lines = ["2019年5月31日 示例会议通过"]
    assert read_head(["甲条例"], lines, "甲条例(2019-06-20)").version == date(2019, 6, 20)
    assert read_head(["甲条例"], lines, "甲条例(2010-07-30)").version == date(2019, 5, 31)


def test_without_title_or_dates_the_file_name_speaks() -> None:
    head = read_head([], [], "乙办法(2001-02-03)")
    assert head.title == "乙办法"
    assert head.version == date(2001, 2, 3)
    assert head.adopted_on is None


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("最高人民法院 最高人民检察院关于示例的解释", "最高人民法院、最高人民检察院关于示例的解释"),
        ("# 上海市实施 《示例法》办法 ", "上海市实施《示例法》办法"),
        ("关于 ABC 标准的规定", "关于ABC标准的规定"),
    ],
)
def test_titles_lose_stray_spaces(written: str, tidy: str) -> None:
    assert tidy_title(written).replace(" ", "") == tidy


def test_dates_in_words_and_impossible_ones() -> None:
    assert find_dates("一九九五年三月二十六日与2020-13-01和2021-1-9") == (
        date(1995, 3, 26),
        date(2021, 1, 9),
    )


def test_dates_of_file_names() -> None:
    assert name_date("物业条例(2018-03-19)") == date(2018, 3, 19)
    assert name_date("物业条例_20180319") == date(2018, 3, 19)
    assert name_date("物业条例") is None
    assert without_date("物业条例(2018-03-19)") == "物业条例"


@pytest.mark.parametrize(
    ("closing", "day"),
    [
        ("本条例自2018年9月1日起施行。2006年5月25日通过的《甲条例》同时废止。", date(2018, 9, 1)),
        ("本规定自1995年5月1日起施行。企业最迟应当自1997年5月1日起施行。", date(1995, 5, 1)),
        ("本办法自公布之日起施行。1998年1月1日起施行的《甲办法》同时废止。", None),
        ("本办法自发布之日起施行。", None),
    ],
)
def test_the_beginning_in_the_closing_article(closing: str, day: date | None) -> None:
    assert beginning_in_text(closing) == day
