from corpus.model import ArticleNumber
from corpus.statute_parser import ParsedText, parse_text

HEAD = "# 示例条例\n\n2020年1月1日 示例会议通过\n\n<!-- INFO END -->\n\n"


def parse(body: str, title: str = "示例条例") -> ParsedText:
    return parse_text(HEAD.replace("示例条例", title) + body, title)


def numbers(parsed: ParsedText) -> list[tuple[int, int]]:
    return [(one.number.main, one.number.sub) for one in parsed.articles]


def test_articles_keep_paragraphs_items_and_path() -> None:
    parsed = parse(
        "## 第一章  总则\n\n### 第一节 一般规定\n\n第一条 停车有序。\n\n不得：\n\n（一）堵门；\n\n"
        "<!-- FORCE BREAK -->\n\n（二）堵路。\n\n## 第二章 附则\n\n第二条 施行。\n"
    )
    first, second = parsed.articles
    assert first.text == "停车有序。\n不得：\n（一）堵门；\n（二）堵路。"
    assert first.path == ("第一章 总则", "第一节 一般规定")
    assert second.path == ("第二章 附则",)
    assert parsed.front == parsed.appendix == ""
    assert parsed.oddities == ()


def test_inserted_articles_and_unnumbered_headings() -> None:
    parsed = parse(
        "## 一、管辖\n\n第一条 甲。\n\n第一条之一 乙。\n\n第一条之二 丙。\n\n第二条 丁。\n"
    )
    assert numbers(parsed) == [(1, 0), (1, 1), (1, 2), (2, 0)]
    assert parsed.articles[1].path == ("一、管辖",)


def test_a_code_in_several_files_has_a_part() -> None:
    text = "# 示例法典\n\n# 物权编\n\n2019年7月1日 施行\n\n<!-- INFO END -->\n\n第五条 文字。\n"
    parsed = parse_text(text, "物权编")
    assert parsed.head.part == "物权编"
    assert numbers(parsed) == [(5, 0)]


def test_front_and_appendix_are_kept() -> None:
    parsed = parse(
        "为了示例，规定如下：\n\n第一条 甲。\n\n附件：示例表\n\n| 甲 | 乙 |\n\n第一条 表内文字\n"
    )
    assert parsed.front == "为了示例，规定如下："
    assert numbers(parsed) == [(1, 0)]
    assert parsed.appendix == "附件：示例表\n| 甲 | 乙 |\n第一条 表内文字"


def test_a_line_about_drawings_is_no_appendix() -> None:
    parsed = parse(
        "第一条 说明书应当附图。\n\n附图：\n\n第二条 附图要清楚。\n\n附图中不得有注释。\n"
    )
    assert numbers(parsed) == [(1, 0), (2, 0)]
    assert parsed.appendix == ""
    assert parsed.articles[0].text.endswith("附图：")


def test_the_repeated_title_and_contents_are_no_front() -> None:
    parsed = parse(
        "示例\n\n条例\n\n目录\n\n第一章 总则\n\n第二章 附则\n\n第一章 总则\n\n第一条 甲。\n"
    )
    assert parsed.front == ""
    assert parsed.articles[0].path == ("第一章 总则",)


def test_quoted_articles_of_another_law_stay_text() -> None:
    parsed = parse(
        "第一条 增加五条：\n\n第一百二十三条 被增加的文字。\n\n第二条 修改完毕。\n", "示例法修正案"
    )
    assert numbers(parsed) == [(1, 0), (2, 0)]
    assert "第一百二十三条" in parsed.articles[0].text
    assert any("第一百二十三条" in oddity for oddity in parsed.oddities)


def test_articles_inside_an_open_quotation_stay_text() -> None:
    parsed = parse("第一条 甲法修改为：“\n\n第九条 应当备案。”\n\n第二条 完。\n")
    assert numbers(parsed) == [(1, 0), (2, 0)]


def test_a_decision_that_only_quotes_has_no_articles() -> None:
    parsed = parse("一、甲法增加一条：\n\n“第一百二十条之二 新文字。”\n\n二、自公布之日起施行。\n")
    assert parsed.articles == ()
    assert "第一百二十条之二" in parsed.front


def test_a_mention_at_the_start_of_a_line_is_no_article() -> None:
    parsed = parse("第一条 依照本条例\n\n第二条规定的程序办理。\n\n第二条 程序从简。\n")
    assert numbers(parsed) == [(1, 0), (2, 0)]
    assert parsed.articles[0].text.endswith("第二条规定的程序办理。")


def test_run_on_articles_are_set_apart() -> None:
    parsed = parse("第一条 甲。 乙。 第二条 依照第三条办理。 第三条市民有权。\n\n第四条 完。\n")
    assert numbers(parsed) == [(1, 0), (2, 0), (3, 0), (4, 0)]
    assert parsed.articles[0].text == "甲。\n乙。"
    assert parsed.articles[1].text == "依照第三条办理。"
    assert parsed.articles[2].text == "市民有权。"


def test_a_number_the_source_lacks_is_reported() -> None:
    parsed = parse("第一条 甲。\n\n第三条 丙。\n")
    assert numbers(parsed) == [(1, 0), (3, 0)]
    assert parsed.oddities == ("来源缺少第二条",)


def test_slips_of_the_scanner_are_read() -> None:
    parsed = parse("第三十条 甲。\n\n第三十－条 乙。\n\n笫三十二条 丙。\n")
    assert numbers(parsed) == [(30, 0), (31, 0), (32, 0)]


def test_unnumbered_articles_before_the_first_are_kept_and_reported() -> None:
    parsed = parse("没有序号的文字。\n\n第三条 丙。\n")
    assert parsed.front == "没有序号的文字。"
    assert "第3条" in parsed.oddities[0]


def test_a_heading_broken_over_two_lines_is_one() -> None:
    parsed = parse("## 第一章\n\n总　则\n\n第一条 甲。\n")
    assert parsed.articles[0].path == ("第一章 总则",)


def test_a_text_downloaded_from_the_state_database() -> None:
    text = (
        "浙江省示例停车\n条例\n"
        "（2018年3月1日浙江省示例会议通过　根据2021年5月6日浙江省示例会议《关于修改的决定》修正）\n"
        "目　　录\n第一章　总　则\n第二章　附　则\n"
        "第一章　总　则\n　　第一条　为了示例，制定本条例。\n　　第二款的文字。\n"
        "　　第二条　停车有序。\n第二章　附　则\n　　第三条　本条例自2018年6月1日起施行。\n"
    )
    parsed = parse_text(text, "随便的文件名")
    assert parsed.head.title == "浙江省示例停车条例"
    assert str(parsed.head.adopted_on) == "2018-03-01"
    assert str(parsed.head.version) == "2021-05-06"
    assert [one.number for one in parsed.articles] == [ArticleNumber(n) for n in (1, 2, 3)]
    assert parsed.articles[0].text == "为了示例，制定本条例。\n第二款的文字。"
    assert parsed.articles[0].path == ("第一章 总则",)
    assert parsed.front == ""


def test_articles_without_a_space_after_the_number() -> None:
    parsed = parse_text("示例停车办法\n第一条为了示例。\n第二条停车有序。\n", "示例停车办法")
    assert [one.text for one in parsed.articles] == ["为了示例。", "停车有序。"]
