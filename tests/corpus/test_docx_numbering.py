"""Numbers that Word counts are part of the text of a rule."""

from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.docx_text import docx_text


def level(depth: int, kind: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


LISTS = f"""
<w:numbering {{ns}}>
  <w:abstractNum w:abstractNumId="0">
    {level(0, "chineseCountingThousand", "第%1条")}
    {level(1, "chineseCounting", "（%2）")}
    {level(2, "decimal", "%2.%3.", start=3)}
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1">
    {level(0, "bullet", "*")}
    {level(1, "decimalEnclosedCircle", "%2")}
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="0"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>
"""
STYLES = (
    '<w:style {ns} w:type="paragraph" w:styleId="Tiao">'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    '<w:style {ns} w:type="paragraph" w:styleId="Based"><w:basedOn w:val="Tiao"/></w:style>',
)


def text_of(tmp_path: Path, *paragraphs: tuple[str, str]) -> list[str]:
    """Lines of a file whose paragraphs are (numbering properties, words)."""
    document = docx.Document()
    part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    part._element = parse_xml(LISTS.format(ns=nsdecls("w")))
    for xml in STYLES:
        document.styles.element.append(parse_xml(xml.format(ns=nsdecls("w"))))
    for index, (properties, words) in enumerate(paragraphs):
        xml = f"<w:p {{ns}}><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        document.element.body.insert(index, parse_xml(xml.format(ns=nsdecls("w"))))
    path = tmp_path / "a.docx"
    document.save(str(path))
    return docx_text(path).split("\n")


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_articles_and_items_are_counted_and_items_begin_again(tmp_path):
    lines = text_of(
        tmp_path,
        ("", "示例村村规民约"),
        (listed(1), "甲"),
        (listed(1, 1), "乙"),
        (listed(1, 1), "丙"),
        (listed(1), "丁"),
        (listed(1, 1), "戊"),
    )
    assert lines == [
        "示例村村规民约",
        "第一条　甲",
        "（一）乙",
        "（二）丙",
        "第二条　丁",
        "（一）戊",
    ]


def test_levels_may_show_those_above_and_start_later(tmp_path):
    lines = text_of(tmp_path, (listed(1, 1), "甲"), (listed(1, 2), "乙"), (listed(1, 2), "丙"))
    assert lines == ["（一）甲", "一.3.乙", "一.4.丙"]


def test_a_style_gives_the_number_and_a_paragraph_may_refuse_it(tmp_path):
    lines = text_of(
        tmp_path,
        ('<w:pStyle w:val="Tiao"/>', "甲"),
        ('<w:pStyle w:val="Based"/>', "乙"),
        (f'<w:pStyle w:val="Tiao"/>{listed(0)}', "丙"),
        ('<w:pStyle w:val="Tiao"/>', "丁"),
    )
    assert lines == ["第一条　甲", "第二条　乙", "丙", "第三条　丁"]


def test_an_override_starts_anew(tmp_path):
    lines = text_of(tmp_path, (listed(1), "甲"), (listed(2), "乙"), (listed(2), "丙"))
    assert lines == ["第一条　甲", "第七条　乙", "第八条　丙"]


def test_bullets_are_no_numbers(tmp_path):
    lines = text_of(tmp_path, (listed(3), "甲"), (listed(3, 1), "乙"))
    assert lines == ["甲", "①乙"]


@pytest.mark.parametrize("properties", [listed(99), listed(1, 44), listed(1, -1)])
def test_a_list_that_is_not_there_is_no_number(tmp_path, properties):
    assert text_of(tmp_path, (properties, "甲")) == ["甲"]
