import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NumberError
from corpus.model import ArticleNumber
from corpus.numerals import format_article, parse_article, parse_number, to_chinese


def test_every_number_up_to_9999_comes_back() -> None:
    written = [to_chinese(n) for n in range(1, 10_000)]
    assert [parse_number(w) for w in written] == list(range(1, 10_000))
    assert len(set(written)) == 9_999


@given(st.integers(min_value=0, max_value=99_999_999))
def test_larger_numbers_come_back(number: int) -> None:
    assert parse_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("一十", 10),
        ("二十", 20),
        ("两百", 200),
        ("两百五", 250),
        ("两百零五", 205),
        ("一百一十", 110),
        ("一百一", 110),
        ("一千零一十", 1010),
        ("一千零十", 1010),
        ("一千二百六十", 1260),
        ("二〇二三", 2023),
        ("二○二三", 2023),
        ("一二〇", 120),
        ("１２０", 120),
        ("120", 120),
        ("〇", 0),
        ("零", 0),
        ("廿三", 23),
        ("三万五千", 35_000),
        ("3万", 30_000),
        ("壹佰贰拾", 120),
        (" 一百 二十 ", 120),
    ],
)
def test_ways_to_write_a_number(text: str, value: int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "  ", "甲", "一百百", "十千", "一二百", "百一百", "一.五", "第三"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "零"), (10, "十"), (15, "十五"), (100, "一百"), (101, "一百零一")]
)
def test_statute_writing(number: int, text: str) -> None:
    assert to_chinese(number) == text


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(NumberError):
        to_chinese(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第一百二十条之一", ArticleNumber(120, 1)),
        ("120条之一", ArticleNumber(120, 1)),
        ("第120条", ArticleNumber(120)),
        ("第１２０条", ArticleNumber(120)),
        ("第 120 条 之 2", ArticleNumber(120, 2)),
        ("290", ArticleNumber(290)),
        ("一千二百六十", ArticleNumber(1260)),
        ("第一千八百二十三条", ArticleNumber(1823)),
    ],
)
def test_ways_to_write_an_article(text: str, number: ArticleNumber) -> None:
    assert parse_article(text) == number


@pytest.mark.parametrize("text", ["", "第条", "第零条", "第一条第二款", "民法典290", "第12345条"])
def test_what_is_no_article_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_article(text)


@given(st.integers(1, 9_999), st.integers(0, 30))
def test_articles_come_back(main: int, sub: int) -> None:
    number = ArticleNumber(main, sub)
    assert parse_article(format_article(number)) == number
