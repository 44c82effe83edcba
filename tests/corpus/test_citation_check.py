from datetime import date

import pytest

from corpus.citation import parse_citations
from corpus.citation_check import CitationVerdict, check_text, rule
from corpus.lawbook import LawBookInMemory
from corpus.model import ArticleNumber, Level, Revision, Statute, Succession, TextKind

N = ArticleNumber
HERE = ("浙江省", "嘉兴市", "秀洲区")
TODAY = date(2025, 6, 1)


def statute(
    title: str,
    version: date,
    region: tuple[str, ...] = (),
    kind: TextKind = TextKind.VERBATIM,
    *,
    expired: bool = False,
) -> Statute:
    return Statute(
        f"{title}{version}",
        title,
        Level.LAW,
        region,
        kind,
        version=version,
        effective_from=version,
        expired=expired,
    )


PARKING_TEXT = {
    N(1): "车主应当在三十日内向街道申报停车位。未申报的，不得占用公共车位。",
    N(2): "有下列情形之一的，街道应当批准：\n（一）家中有老人；\n（二）家中有残疾人。\n"
    "前款规定的材料由社区出具。但是，情况紧急的除外。",
    N(2, 1): "物业服务人可以收取停车费，但是不得超过公示的标准。",
    N(3): "业主、承租人可以共用车位。共用车位应当签订协议。协议应当公示。",
    N(4): "所称“车主”，是指登记的所有人。",
    N(823): "第八百二十三条的内容是测试。",
    N(1823): "第一千八百二十三条的内容也是测试。",
}
BOOK = LawBookInMemory(
    {
        statute("中华人民共和国示例停车法", date(2020, 1, 1)): PARKING_TEXT,
        statute("中华人民共和国示例停车法", date(2010, 1, 1)): {
            N(1): "车主应当在六十日内向街道申报停车位。",
            N(9): "停车费由街道收取。",
        },
        statute("中华人民共和国示例排水法", date(2020, 1, 1)): {
            N(1): "相邻各方应当为排水提供便利。",
            N(2): "不得堵塞排水沟。",
        },
        statute("示例省停车条例", date(2020, 1, 1), ("示例省",)): {N(1): "外地的规矩在此。"},
        statute("浙江省示例条例", date(2020, 1, 1), ("浙江省",)): {N(1): "本省的规矩在此。"},
        statute("示例噪声条例", date(2020, 1, 1), kind=TextKind.GIST): {N(5): "晚上不能吵"},
        statute("示例信访条例", date(2005, 1, 1)): {N(1): "信访人依法信访。"},
        statute("示例组织法", date(2018, 1, 1)): {N(1): "村民自治，由村民办理自己的事情。"},
        statute("示例未来法", date(2030, 1, 1)): {N(1): "将来才施行的规定。"},
        statute("示例旧办法", date(1990, 1, 1), expired=True): {N(1): "早已失效的规定。"},
    },
    aliases={"停车法": "中华人民共和国示例停车法"},
    successions=[
        Succession(
            old="示例信访条例",
            successors=["中华人民共和国示例排水法"],
            ended_on=date(2022, 5, 1),
            kind="repealed",
            source="示例第五十条",
        ),
        Succession(
            old="示例车位规定",
            aliases=["车位规定"],
            successors=["中华人民共和国示例停车法"],
            ended_on=date(2020, 1, 1),
            kind="renamed",
            source="示例公告",
        ),
    ],
    revisions=[
        Revision(
            law="示例组织法",
            revised_on=date(2024, 10, 1),
            in_force_from=date(2025, 1, 1),
            source="示例公报",
        )
    ],
)


def verdicts(text: str, on: date = TODAY, region: tuple[str, ...] = HERE) -> list[CitationVerdict]:
    return list(check_text(text, BOOK, as_of=on, region=region))


def verdict(text: str, on: date = TODAY) -> str:
    found = verdicts(text, on)
    assert len(found) == 1, found
    return found[0].verdict.value


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国示例停车法》第一条",
        "示例停车法第1条",
        "停车法第１条",
        "《停车法》第二条第二款",
        "《停车法》第二条第一款第（二）项",
        "《停车法》第二条第（一）项",
        "《停车法》第二条之一",
        "《停车法》（2020年版）第一条",
        "《浙江省示例条例》第一条",
        "省示例条例第一条",
        "《停车法》第一条：“车主应当在三十日内向街道申报停车位。未申报的，不得占用公共车位。”",
        "《停车法》第一条：“车主应当在三十日内向街道申报停车位。”",
        "《停车法》第一条：“车主应当在三十日内向街道申报停车位。未申报的,不得占用公共车位”",
        "《停车法》第一条：“未申报的，不得占用公共车位。”",
        "《停车法》第一条：「车主应当在三十日内 向街道申报停车位。\n未申报的，不得占用公共车位。」",
        "《停车法》第三条：“业主、承租人可以共用车位……协议应当公示。”",
        "《停车法》第二条之一：“物业服务人可以收取停车费……”",
        "《停车法》第二条第一款第（二）项：“（二）家中有残疾人。”",
        "《停车法》第二条第一款第二项：“家中有残疾人”",
        "《停车法》第二条第一款第二项：“有下列情形之一的，街道应当批准：（二）家中有残疾人。”",
        "《停车法》第四条：“所称“车主”，是指登记的所有人。”",
        "《停车法》第四条所称的“车主”",
    ],
)
def test_what_is_true_is_accepted(text: str) -> None:
    assert verdict(text) in {"verified", "repaired"}


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("车主不得在三十日内向街道申报停车位。", "应当 turned to 不得"),
        ("车主可以在三十日内向街道申报停车位。", "应当 turned to 可以"),
        ("车主应当在五十日内向街道申报停车位。", "another number"),
        ("车主应当在三十月内向街道申报停车位。", "another period"),
        ("车主应当在三十日内", "stops inside a sentence"),
        ("应当在三十日内向街道申报停车位。", "begins inside a sentence"),
        ("占用公共车位。", "the tail of a negation"),
        ("未申报的。", "stops at a comma"),
        ("车主应当在三十日内向街道申报停车位。不得占用公共车位。", "a condition left out"),
        ("车主应当在三十日内向街道和社区申报停车位。", "a word put in"),
        ("车主应当在三十日内申报停车位。", "words left out"),
        ("未申报的，不得占用公共车位。车主应当在三十日内向街道申报停车位。", "turned round"),
        ("车主应当在三十日内向街道申报停车位。未申报的，不得占用公共车位。违者罚款。", "continued"),
        ("车主应当在三十日内向街道申报停车位。……申报的，不得占用公共车位。", "seam in a clause"),
        ("车主应当在三十日内向街道申报停车位。未申报的，……占用公共车位。", "seam over 不得"),
    ],
)
def test_altered_wording_is_never_accepted(quote: str, why: str) -> None:
    assert verdict(f"《停车法》第一条规定：“{quote}”") == "misattributed", why


def test_a_proviso_may_not_be_dropped_in_silence() -> None:
    assert verdict("《停车法》第二条第二款：“前款规定的材料由社区出具。”") == "misattributed"
    assert verdict("《停车法》第二条之一：“物业服务人可以收取停车费。”") == "misattributed"
    assert verdict("《停车法》第二条第二款：“前款规定的材料由社区出具。……”") == "verified"


def test_the_suggestion_says_where_the_wording_stands() -> None:
    (found,) = verdicts("《停车法》第一条：“前款规定的材料由社区出具。但是，情况紧急的除外。”")
    assert found.verdict.value == "misattributed"
    assert found.suggestion == "《中华人民共和国示例停车法》第二条第二款"
    first, _ = verdicts("《停车法》第一条：“不得堵塞排水沟。”另见《示例排水法》第一条")
    assert first.verdict.value == "misattributed"
    assert first.suggestion == "《中华人民共和国示例排水法》第二条"


def test_paragraphs_and_items_have_to_exist() -> None:
    assert verdict("《停车法》第二条第三款") == "misattributed"
    assert verdict("《停车法》第二条第一款第（三）项") == "misattributed"
    assert verdict("《停车法》第一条第一款第（一）项") == "misattributed"
    (found,) = verdicts(
        "《停车法》第二条第一款：“前款规定的材料由社区出具。但是，情况紧急的除外。”"
    )
    assert found.verdict.value == "misattributed"
    assert found.suggestion == "《中华人民共和国示例停车法》第二条第二款"


def test_numbers_are_exact() -> None:
    good = "《停车法》第八百二十三条：“第八百二十三条的内容是测试。”"
    bad = "《停车法》第一千八百二十三条：“第八百二十三条的内容是测试。”"
    assert verdict(good) == "verified"
    assert verdict(bad) == "misattributed"
    assert verdict("《停车法》第八百二十四条") == "not_found"
    assert verdict("《停车法》第一条之一") == "not_found"


def test_unknown_laws_and_articles_are_not_found() -> None:
    assert verdict("《示例幸福法》第一条") == "not_found"
    assert verdict("根据示例幸福促进条例第一条") == "not_found"
    assert verdict("《停车法》第五条") == "not_found"
    (found,) = verdicts("根据第五条的规定，应当处罚")
    assert (found.verdict.value, found.law) == ("not_found", None)
    assert "没有写明" in found.reason


def test_what_does_not_hold_at_the_date_is_not_law() -> None:
    assert verdict("《示例信访条例》第一条") == "not_in_force"
    assert verdict("《示例信访条例》第一条", date(2021, 1, 1)) == "verified"
    assert verdict("《示例未来法》第一条") == "not_in_force"
    assert verdict("《示例旧办法》第一条") == "not_in_force"
    assert verdict("车位规定第三条") == "not_in_force"


def test_a_revision_whose_text_is_not_held_is_said_with_its_source() -> None:
    (found,) = verdicts("《示例组织法》第一条")
    assert found.verdict.value == "not_in_force"
    assert "示例公报" in found.reason
    assert verdict("《示例组织法》第一条", date(2024, 12, 31)) == "verified"


def test_an_ended_rule_points_to_the_article_that_now_says_it() -> None:
    (found,) = verdicts("《示例信访条例》第三条：“不得堵塞排水沟。”")
    assert found.verdict.value == "not_in_force"
    assert found.suggestion == "《中华人民共和国示例排水法》第二条"


def test_a_renamed_rule_is_repaired_only_when_the_wording_proves_it() -> None:
    (found,) = verdicts("《示例车位规定》第二条之一：“物业服务人可以收取停车费……”")
    assert found.verdict.value == "repaired"
    assert found.suggestion == "《中华人民共和国示例停车法》第二条之一"
    assert verdict("《示例车位规定》第一条：“物业服务人可以收取停车费……”") == "not_in_force"


def test_older_wording_is_told_from_today_s() -> None:
    old = "《停车法》第一条：“车主应当在六十日内向街道申报停车位。”"
    assert verdict(old) == "not_in_force"
    assert verdict(old, date(2015, 1, 1)) == "verified"
    assert verdict("《停车法》第九条") == "not_in_force"
    assert verdict("《停车法》（2010年）第一条") == "not_in_force"
    assert verdict("《停车法》（2013年修正）第一条") == "not_found"


def test_another_place_s_rule_is_out_of_region() -> None:
    assert verdict("《示例省停车条例》第一条") == "out_of_region"
    text = "《浙江省示例条例》第一条"
    assert verdicts(text, region=("广东省",))[0].verdict.value == "out_of_region"


def test_a_gist_proves_that_an_article_exists_and_nothing_more() -> None:
    assert verdict("《示例噪声条例》第五条") == "verified"
    assert verdict("《示例噪声条例》第五条第一款") == "repaired"
    assert verdict("《示例噪声条例》第五条：“晚上不能吵”") == "not_found"
    (found,) = verdicts("《示例噪声条例》第六条")
    assert found.verdict.value == "not_found"
    assert "要旨" in found.reason


def test_one_quotation_after_several_articles_has_to_stand_in_one_of_them() -> None:
    good = verdicts("《示例排水法》第一条、第二条规定：“不得堵塞排水沟。”")
    assert [v.verdict.value for v in good] == ["verified", "verified"]
    bad = verdicts("《示例排水法》第一条、第二条规定：“可以堵塞排水沟。”")
    assert not any(v.accepted for v in bad)


def test_marks_that_do_not_balance_never_shorten_a_quotation() -> None:
    text = "《停车法》第三条：“业主、“承租人可以共用车位。”共用车位应当签约。”"
    assert verdict(text) == "misattributed"
    assert verdict("可以共用车位”。”（《停车法》第三条）") == "verified"
    assert verdict("“承租人”可以共用车位。”（《停车法》第三条）") == "misattributed"


def test_the_row_other_systems_see() -> None:
    (found,) = verdicts("请看《停车法》第二条之一第一款")
    assert found.as_row() == {
        "text": "《停车法》第二条之一第一款",
        "law": "中华人民共和国示例停车法",
        "article": "第二条之一",
        "paragraph": 1,
        "verdict": "verified",
        "reason": "条文存在且有效。",
        "suggestion": None,
    }
    assert (found.start, found.end) == (2, 15)


def test_one_citation_can_be_ruled_by_itself() -> None:
    (citation,) = parse_citations("《示例排水法》第二条")
    found = rule(citation, BOOK, as_of=TODAY, region=HERE)
    assert found.verdict.value == "verified"


def test_text_without_citations() -> None:
    assert verdicts("邻居家的水流到我家门口了，第三次反映。") == []


def test_answers_are_dropped_when_the_book_changes() -> None:
    class Growing(LawBookInMemory):
        """A book to which a law is added later."""

    first = statute("示例短法", date(2020, 1, 1))
    book = Growing({first: {N(1): "原来的规定如此。"}})
    text = "《示例短法》第一条、《示例新法》第一条"
    before = check_text(text, book, as_of=TODAY, region=HERE)
    extra = statute("示例新法", date(2020, 1, 1))
    LawBookInMemory.__init__(book, {first: {N(1): "原来的规定如此。"}, extra: {N(1): "新的。"}})
    book.edition = 2
    after = check_text(text, book, as_of=TODAY, region=HERE)
    assert [v.accepted for v in before] == [True, False]
    assert [v.accepted for v in after] == [True, True]


def test_an_article_retold_with_another_duty_is_refused() -> None:
    assert verdict("《停车法》第一条规定，车主不得在三十日内向街道申报停车位。") == "misattributed"
    assert verdict("《停车法》第一条规定，车主应当在三十日内向街道申报停车位。") == "verified"
    assert verdict("《停车法》第一条要求，有车的人要按时登记。") == "verified"
    assert verdict("根据《停车法》第一条，请网格员在三日内上门。") == "verified"


def test_an_unmarked_quotation_may_not_go_on_altered() -> None:
    head = "《停车法》第三条规定：业主、承租人可以共用车位。"
    assert verdict(f"{head}共用车位应当签订协议。协议应当公示。") == "verified"
    assert verdict(f"{head}因此建议双方先协商。") == "verified"
    assert verdict(f"{head}\n共用车位不得签订协议。") == "misattributed"
    assert verdict(f"{head}物业服务人可以收取停车费，但是不得超过公示的标准。") == "misattributed"
    assert verdict(f"{head}建议、意见应当公示。") == "misattributed"


def test_a_list_of_articles_set_as_text_is_judged_entry_by_entry() -> None:
    text = (
        "《中华人民共和国示例停车法》\n"
        "第一条　车主应当在三十日内向街道申报停车位。未申报的，不得占用公共车位。\n"
        "第二条之一　物业服务人可以收取停车费，但是不得超过公示的标准。\n"
        "第三条　业主、承租人不得共用车位。共用车位应当签订协议。协议应当公示。"
    )
    assert [v.accepted for v in verdicts(text)] == [True, True, False]


def test_paragraphs_and_items_set_on_lines_of_their_own_are_one_quotation() -> None:
    text = (
        "《停车法》第二条规定：\n有下列情形之一的，街道应当批准：\n"
        "（一）家中有老人；\n（二）家中有残疾人。"
    )
    assert verdict(text) == "verified"
    assert verdict(text.replace("残疾人", "外地人")) == "misattributed"


def test_an_issuer_that_says_our_court_still_speaks_as_the_rule() -> None:
    issued = statute("示例送达规定", date(2020, 1, 1))
    text = "本规定自二〇二〇年一月一日起施行。我院以前的解释与本规定不一致的，以本规定为准。"
    book = LawBookInMemory({issued: {N(1): text}})
    bent = text.replace("以前的", "以前原则上的")
    for wording, verdict in ((text, "verified"), (bent, "misattributed")):
        cited = f"《示例送达规定》第一条规定：{wording}"
        (found,) = check_text(cited, book, as_of=TODAY, region=HERE)
        assert found.verdict.value == verdict


@pytest.mark.parametrize(
    "link",
    [
        "并规定",
        "，还规定：",
        "同时明确：",
        "以及",
        "第二款规定",
        "修改为：",
        "内容为：",
        "",
        "。并规定：",
    ],
)
def test_a_second_quotation_behind_a_true_one_is_held_to_the_article_too(link: str) -> None:
    true = "《示例停车法》第三条规定：“业主、承租人可以共用车位。共用车位应当签订协议。”"
    verdicts = check_text(f"{true}{link}“违者处五百元罚款。”", BOOK, as_of=TODAY, region=HERE)
    assert not all(v.accepted for v in verdicts)
    both = check_text(f"{true}{link}“协议应当公示。”", BOOK, as_of=TODAY, region=HERE)
    assert both
    assert all(v.accepted for v in both)


def test_what_a_person_says_behind_a_quotation_is_his_own() -> None:
    text = "《示例停车法》第三条规定：“协议应当公示。”但老王辩称“没人告诉过我”。"
    assert all(v.accepted for v in check_text(text, BOOK, as_of=TODAY, region=HERE))


def test_a_code_of_conduct_of_an_assembly_is_a_rule_and_a_firm_s_is_none() -> None:
    assert parse_citations("《示例省人民代表大会常务委员会守则》第八条")
    assert parse_citations("《示例省人民代表大会常务委员会守则》\n第八条　委员应当按时到会。")
    assert not parse_citations("《员工守则》第八条")
