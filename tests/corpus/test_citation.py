import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import parse_citations
from corpus.model import ArticleNumber, Citation
from corpus.numerals import format_article

NAMES = {"示例法", "示例市停车条例", "停车条例", "排水法", "合同法", "示例法典", "治安示例法"}


def known(name: str) -> str | None:
    bare = name.strip("《》")
    return bare if bare in NAMES else None


def read(text: str) -> list[tuple[str | None, int, int, int | None, int | None]]:
    return [
        (c.law, c.article.main, c.article.sub, c.paragraph, c.item)
        for c in parse_citations(text, known)
    ]


def only(text: str) -> Citation:
    found = parse_citations(text, known)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "《示例法》第二百九十条",
        "《示例法》第290条",
        "《示例法》290条",
        "示例法第290条",
        "示例法290条",
        "示例法二百九十条",
        "示例法第 290 条",
        "《示例法》 第 二百九十 条",
        "示例法第２９０条",
        "示例法第二九〇条",
        "示例法第两百九十条",
        "《 示例法 》第290条".replace(" ", ""),
        "**《示例法》**第290条",
        "【示例法】第290条",
        "“示例法”第290条",
        "〈示例法〉第290条",
        "《示例法》的第290条",
        "《示例法》第二编第三章第290条",
        "《示例法》物权编第290条",
    ],
)
def test_one_article_however_it_is_written(text: str) -> None:
    found = only(text)
    assert found.law == "示例法"
    assert found.article == ArticleNumber(290)


def test_the_text_is_what_stands_at_the_place() -> None:
    text = "请看：《示例法》第二百九十条第一款，还有第三条。"
    for citation in parse_citations(text, known):
        assert text[citation.start : citation.end] == citation.text
    assert parse_citations(text, known)[0].text == "《示例法》第二百九十条第一款"


def test_paragraphs_and_items() -> None:
    assert read("《示例法》第10条第1款第（二）项") == [("示例法", 10, 0, 1, 2)]
    assert read("《示例法》第十条第二款第三项") == [("示例法", 10, 0, 2, 3)]
    assert read("《示例法》第十条第（三）项") == [("示例法", 10, 0, None, 3)]
    assert read("示例法10条2款") == [("示例法", 10, 0, 2, None)]
    assert read("《示例法》第十条第一款、第三款") == [
        ("示例法", 10, 0, 1, None),
        ("示例法", 10, 0, 3, None),
    ]
    assert read("《示例法》第十条第一款第（一）、（三）项") == [
        ("示例法", 10, 0, 1, 1),
        ("示例法", 10, 0, 1, 3),
    ]


def test_lists_and_ranges() -> None:
    def numbers(text: str) -> list[int]:
        return [main for _, main, *_ in read(text)]

    assert numbers("《示例法》第288、289条") == [288, 289]
    assert numbers("《示例法》第二百八十八条、第二百九十一条") == [288, 291]
    assert numbers("《示例法》第八条、第九条和第十一条，以及第二十条") == [8, 9, 11, 20]
    assert numbers("《示例法》第二百八十八条至第二百九十条") == [288, 289, 290]
    assert numbers("《示例法》第288-290条") == [288, 289, 290]
    assert numbers("《示例法》第288条～第290条") == [288, 289, 290]
    assert numbers("《示例法》第1条至第900条") == [1, 900]


def test_articles_with_a_sub_number() -> None:
    assert read("《示例法》第一百二十条之一") == [("示例法", 120, 1, None, None)]
    assert read("示例法120条之一第二款") == [("示例法", 120, 1, 2, None)]
    assert read("《示例法》第一百二十条之一、之二") == [
        ("示例法", 120, 1, None, None),
        ("示例法", 120, 2, None, None),
    ]
    assert read("《示例法》第一百二十之三条") == [("示例法", 120, 3, None, None)]
    assert read("《示例法》第二十条之规定") == [("示例法", 20, 0, None, None)]
    assert read("《示例法》第二十条之一般规定") == [("示例法", 20, 0, None, None)]


def test_a_number_is_never_the_tail_of_a_longer_one() -> None:
    assert read("《示例法》第一千八百二十三条") == [("示例法", 1823, 0, None, None)]
    assert read("《示例法》第1823条") == [("示例法", 1823, 0, None, None)]


def test_words_that_point_back_belong_to_the_law_named_last() -> None:
    text = (
        "根据《示例法》第三条，同法第四条、该法第五条；"
        "《示例市停车条例》第六条，本条例第七条，本法第八条"
    )
    assert read(text) == [
        ("示例法", 3, 0, None, None),
        ("示例法", 4, 0, None, None),
        ("示例法", 5, 0, None, None),
        ("示例市停车条例", 6, 0, None, None),
        ("示例市停车条例", 7, 0, None, None),
        ("示例法", 8, 0, None, None),
    ]
    assert read("《示例市停车条例》已公布，前述条例第九条") == [
        ("示例市停车条例", 9, 0, None, None)
    ]
    assert read("《示例市停车条例》已公布，《条例》第九条") == [
        ("示例市停车条例", 9, 0, None, None)
    ]
    assert read("按排水法的要求，《示例法》也管，该法第二条") == [("示例法", 2, 0, None, None)]
    assert read("按排水法的要求，该法第二条") == [("排水法", 2, 0, None, None)]


def test_a_bare_number_belongs_to_the_law_named_last() -> None:
    assert read("《示例法》第三条管停车；第五条管排水") == [
        ("示例法", 3, 0, None, None),
        ("示例法", 5, 0, None, None),
    ]
    assert read("《排水法》和《示例法》第三条") == [("示例法", 3, 0, None, None)]


def test_a_number_without_any_law_is_read_where_it_looks_like_a_citation() -> None:
    assert read("根据第十条，应当赔偿") == [(None, 10, 0, None, None)]
    assert read("第十条第二款规定应当赔偿") == [(None, 10, 0, 2, None)]
    assert read("本法第十条") == [(None, 10, 0, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "第三条路口的灯坏了，第二条建议是修路",
        "《示例法》很好。第三条路口的灯坏了",
        "养了三条狗，收到两条短信",
        "合同第五条约定了租金，协议第三条，公司章程第八条",
        "村规民约第三条规定要交卫生费，小区管理规约第十条",
        "《房屋租赁合同》第二条；第三条也是",
        "根据双方合同，第五条约定月底交租",
        "公司规定第五条",
        "出台办法三条",
        "第条 第十款",
        "",
    ],
)
def test_what_is_no_citation_of_law(text: str) -> None:
    assert read(text) == []


def test_a_contract_does_not_hide_the_law_beside_it() -> None:
    assert read("依照合同第五条和合同法第六条") == [("合同法", 6, 0, None, None)]


def test_unmarked_names_begin_where_a_name_can_begin() -> None:
    assert only("依据治安示例法第五条").law == "治安示例法"
    assert only("根据排水法和停车条例第五条").law == "停车条例"
    assert only("他说停车条例第五条").law == "停车条例"
    assert only("邻县停车条例第五条").law == "邻县停车条例"
    assert only("根据幸福促进法第五条").law == "幸福促进法"


def test_invented_names_are_not_missed_without_a_list_of_names() -> None:
    found = parse_citations("依照邻里和睦促进法第八条、《楼道条例》第二条处理")
    assert [c.law for c in found] == ["邻里和睦促进法", "楼道条例"]


def test_names_with_brackets() -> None:
    assert only("《关于适用〈示例法〉的解释（一）》第二条").law == "关于适用〈示例法〉的解释（一）"
    assert only("《关于适用《示例法》的解释（一）》第二条").law == "关于适用《示例法》的解释（一）"
    assert only("《关于适用示例法第十二条的解释》第二条").article == ArticleNumber(2)
    assert only("《停车条例》（2018修正）第二条").law == "停车条例（2018修正）"
    assert only("《停车条例（2018年修订）》第二条").law == "停车条例（2018年修订）"


def test_a_short_name_given_in_the_text() -> None:
    text = "《示例市停车条例》（以下简称《市条例》）第五条，市条例第六条，《市条例》第七条"
    assert [c.law for c in parse_citations(text)] == ["示例市停车条例"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "《示例法》第一条规定：“车主应当申报。”",
        "《示例法》第一条明确规定“车主应当申报。”",
        "《示例法》第一条：「车主应当申报。」",
        "《示例法》第一条规定：车主应当申报。",
        "《示例法》第一条规定：车主应当申报。因此应当处罚。",
        "《示例法》第一条规定：\n车主应当申报。",
        "《示例法》第一条规定：\n> 车主应当申报。\n另行处理",
        "《示例法》第一条　车主应当申报。",
        "《示例法》\n第一条 车主应当申报。",
        "“车主应当申报。”（《示例法》第一条）",
        "“车主应当申报。”——《示例法》第一条",
        '《示例法》第一条的原文为："车主应当申报。"',
    ],
)
def test_wording_ascribed_to_the_article(text: str) -> None:
    assert only(text).quote == "车主应当申报。"


@pytest.mark.parametrize(
    "text",
    [
        "《示例法》第一条，他说“我就是不申报，你怎样”",
        "张三说：“按《示例法》第一条，我有权停车。”",
        "他说“我不同意”，《示例法》第一条也管",
        "根据《示例法》第一条，“张三”应当申报",
    ],
)
def test_what_somebody_says_is_no_quotation_of_law(text: str) -> None:
    assert only(text).quote is None


def test_a_blank_sets_off_wording_that_begins_like_a_verb_of_saying() -> None:
    assert (
        only("《示例法》\n第一条　规定的情形除外，应当申报。").quote == "规定的情形除外，应当申报。"
    )
    assert only("《示例法》第一条 规定：“应当申报车位。”").quote == "应当申报车位。"
    assert only("《示例法》第一条规定：“车主”是指登记的人。").quote == "“车主”是指登记的人。"


def test_marks_inside_a_quotation() -> None:
    found = only("《示例法》第一条：“所称“车主”，是指登记的人。”他说：“好”")
    assert found.quote == "所称“车主”，是指登记的人。"
    cut = only("《示例法》第一条：“所称“车主”，是指")
    assert cut.quote == "所称“车主"


def test_words_inside_a_quotation_are_not_read_again() -> None:
    assert len(parse_citations("《示例法》第一条：“违反排水法第五条的，处罚。”", known)) == 1
    assert len(parse_citations("“违反排水法第五条的，处罚。”（《示例法》第一条）", known)) == 1


def test_two_quotations_give_two_citations_of_the_article() -> None:
    found = parse_citations("《示例法》第一条：“应当申报。”、“可以停放。”", known)
    assert [c.quote for c in found] == ["应当申报。", "可以停放。"]
    assert {c.start for c in found} == {0}


@given(st.integers(1, 9999), st.integers(0, 9), st.sampled_from(["《示例法》", "示例法"]))
def test_every_number_comes_back(main: int, sub: int, law: str) -> None:
    number = ArticleNumber(main, sub)
    assert only(law + format_article(number)).article == number


@given(
    st.text(alphabet="《》〈〉“”第一二十百条款项之、，。：至（）12 \n法条例同本示车", max_size=80)
)
def test_any_text_is_read_and_places_are_exact(text: str) -> None:
    for citation in parse_citations(text, known):
        assert text[citation.start : citation.end] == citation.text
        assert 0 <= citation.start < citation.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["《", "“", "1", "一、", "第1条、", "规定", "第", "法", "（", ">\n"]
)
def test_long_monotonous_input_ends(piece: str) -> None:
    text = "《示例法》第一条规定" + piece * (20_000 // len(piece))
    assert parse_citations(text, known)


@pytest.mark.parametrize("sentence", ["第一条", "法第一条规定", "第一、", "《示例法》第一条"])
def test_a_long_text_reads_as_its_parts_do(sentence: str) -> None:
    once = parse_citations(sentence, known)
    assert len(parse_citations(sentence * 2_000, known)) == 2_000 * len(once)
