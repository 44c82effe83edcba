"""A citation that names a book or chapter the article is not in is not shown as law."""

from datetime import date

import pytest

from corpus.citation_check import check_text
from corpus.citation_parts import divisions, stray
from corpus.lawbook import LawBookInMemory
from corpus.model import ArticleNumber, Level, Statute, TextKind

TODAY = date(2026, 6, 1)
HERE = ("浙江省",)
BEGINS = date(2021, 1, 1)


def book(part: str) -> Statute:
    return Statute(
        part, "示例民法典", Level.LAW, (), TextKind.VERBATIM,
        part=part, version=BEGINS, effective_from=BEGINS,
    )  # fmt: skip


LAW = LawBookInMemory(
    {
        book("物权编"): {ArticleNumber(290): "邻居之间要为排水提供便利。"},
        book("合同编"): {ArticleNumber(490): "签字以后合同成立。"},
    },
    aliases={"民法典": "示例民法典", "民法典物权编": "示例民法典", "民法典合同编": "示例民法典"},
)


def verdicts(text: str) -> list[str]:
    return [one.verdict.value for one in check_text(text, LAW, as_of=TODAY, region=HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "民法典物权编第二百九十条",
        "《示例民法典》物权编第290条",
        "《民法典》第二编第二百九十条",
        "民法典第三编合同第四百九十条",
        "《民法典》（合同编）第四百九十条",
        "《民法典》第九章第二百九十条",  # this text has no chapters: nothing proves it wrong
        "民法典第贰佰玖拾条",
        "民法典第290條",
    ],
)
def test_the_right_book_or_none_is_verified(text: str) -> None:
    assert verdicts(text) == ["verified"]


@pytest.mark.parametrize(
    "text",
    [
        "民法典合同编第二百九十条",
        "《示例民法典》合同编第290条",
        "《民法典》第三编第二百九十条",
        "民法典第二编物权第四百九十条",
        "《民法典》（合同编）第二百九十条",
    ],
)
def test_the_wrong_book_is_misattributed(text: str) -> None:
    assert verdicts(text) == ["misattributed"]


def test_article_nought_and_numbers_beyond_any_law_are_not_found() -> None:
    assert verdicts("《民法典》第零条") == ["not_found"]
    assert verdicts("《民法典》第99999条") == ["not_found"]


def test_chapters_are_compared_by_number_at_their_own_level() -> None:
    path = ("第二分编 所有权", "第七章 相邻关系")
    assert stray(divisions("某法典", "第七章"), "物权编", path) is None
    assert stray(divisions("某法典", "第7章相邻关系"), "物权编", path) is None
    assert stray(divisions("某法典", "第二分编第七章"), "物权编", path) is None
    wrong = stray(divisions("某法典", "第二分编第八章"), "物权编", path)
    assert wrong is not None
    assert wrong.written == "第八章"


def test_a_judicial_interpretation_of_one_book_is_no_book() -> None:
    name = "最高人民法院关于适用《中华人民共和国民法典》合同编通则若干问题的解释"
    assert divisions(name, "") == ()
