"""What an article leads to in its own law: the articles it names, the terms it defines."""

import pytest

from corpus.cross_references import defined_terms, references
from corpus.model import ArticleNumber

LAW = "中华人民共和国示例法"


def named(text, number=9):
    return [one.main for one in references(LAW, ArticleNumber(number), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照本法第三条规定处理。", [3]),
        ("违反本法第三条、第五条和第七条规定的，处罚款。", [3, 5, 7]),
        ("违反本条例第三条第一款第二项规定的，处罚款。", [3]),
        ("依照本实施办法第三条办理；逾期的，依照本实施办法第四条办理。", [3, 4]),
        ("有前条所列情形的，从重处罚。", [8]),
        ("前两条规定的期限可以延长。", [7, 8]),
        ("本法第三条至第五条的规定，适用于村民委员会。", [3, 4, 5]),
        ("依照本法第九条办理。", []),
        ("依照本法第二章的规定办理。", []),
        ("依照本法有关规定处理，具体办法由甲部门第三季度公布。", []),
        ("依照《中华人民共和国其他法》第三条办理。", []),
        ("依照《中华人民共和国其他法》第三条、本法第四条办理。", [4]),
        ("依照本法第四条和《中华人民共和国其他法》第三条办理。", [4]),
        ("以前条件不具备的，可以补办。", []),
    ],
)
def test_only_what_surely_is_the_same_law_is_read(text, expected) -> None:
    assert named(text) == expected


def test_each_article_is_named_once_and_none_stands_before_the_first() -> None:
    assert named("依照本法第三条办理。违反本法第三条的，处罚款。") == [3]
    assert named("前条规定不适用。", number=1) == []


def test_the_article_before_one_with_a_sub_number_is_not_guessed() -> None:
    assert references(LAW, ArticleNumber(9, 1), "前条规定不适用。") == ()


def test_a_sub_number_is_part_of_the_name() -> None:
    assert references(LAW, ArticleNumber(9), "依照本法第三条之一办理。") == (ArticleNumber(3, 1),)


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        (
            "国家保护水塘。\n本法所称水塘，是指人工挖成、用来蓄水的池子。养鱼的除外。",
            "水塘",
            "本法所称水塘，是指人工挖成、用来蓄水的池子。",
        ),
        ("本条例所称的水塘包括干水塘。", "水塘", "本条例所称的水塘包括干水塘。"),
        (
            "本规定所称“水塘”（以下简称塘）是指池子；干的也算。",
            "水塘",
            "本规定所称“水塘”（以下简称塘）是指池子；干的也算。",
        ),
    ],
)
def test_a_term_comes_with_the_sentence_that_defines_it(text, term, words) -> None:
    assert defined_terms(text) == ((term, words),)


def test_a_list_of_terms_is_read_line_by_line() -> None:
    text = "本法中下列用语的含义：\n（一）水塘，是指池子；\n（二）塘主，是指管水塘的人。"
    assert [one.term for one in defined_terms(text)] == ["水塘", "塘主"]
    assert defined_terms(text)[1].words == "（二）塘主，是指管水塘的人。"


@pytest.mark.parametrize(
    "text",
    [
        "前款所称水塘，是指池子。",
        "（一）水塘，是指池子。",
        "水塘由村民委员会管理。",
        "本法所称水塘，包括：\n（一）池子；",
    ],
)
def test_what_holds_only_for_its_own_article_is_no_definition(text) -> None:
    assert defined_terms(text) == ()
