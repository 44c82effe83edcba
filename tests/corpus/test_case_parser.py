from corpus.case_parser import looks_like_case, parse_case

CASE = """# 楼上漏水怎么赔

最高人民法院发布 2021-03-04

<!-- INFO END -->

## 赵某诉钱某漏水案

## 基本案情

赵某家中漏水。

多次协商不成。

## 申请人请求

请求修复。

## 裁判结果

浙江省杭州市西湖区人民法院判令钱某修复。

## 典型意义

依照《示例停车法》第12条，邻里应当互让。
"""


def test_sections_become_fields() -> None:
    case = parse_case(CASE, case_id="case_1", stem="赵某诉钱某漏水案")
    assert case.title == "赵某诉钱某漏水案：楼上漏水怎么赔"
    assert case.facts == "赵某家中漏水。\n多次协商不成。\n请求：请求修复。"
    assert case.outcome == "浙江省杭州市西湖区人民法院判令钱某修复。"
    assert case.measures == ["依照《示例停车法》第12条，邻里应当互让。"]
    assert tuple(case.region) == ("浙江省", "杭州市", "西湖区")
    assert (case.source.kind, case.source.publisher, case.source.date) == (
        "public",
        "最高人民法院",
        "2021-03-04",
    )
    assert [(ref.law, ref.article) for ref in case.articles] == [("示例停车法", "第十二条")]


def test_what_the_file_lacks_is_not_invented() -> None:
    case = parse_case("# 一件小事\n\n只有一段话。\n", case_id="case_2", stem="一件小事")
    assert case.title == "一件小事"
    assert case.facts == case.outcome == "只有一段话。"
    assert case.place == "原文未载明"
    assert tuple(case.region) == ()
    assert case.source.publisher is None


def test_the_halves_of_a_headline_stay_apart() -> None:
    case = parse_case("# 漏水无人管 法院判了\n\n文字。\n", case_id="case_3", stem="x")
    assert case.title == "漏水无人管，法院判了"


def test_cases_are_told_by_their_headings() -> None:
    assert looks_like_case(CASE)
    assert not looks_like_case("# 示例条例\n\n## 第一章 总则\n\n第一条 甲。\n")
