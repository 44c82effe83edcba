"""Conditional parts: how an official may write them, and what is refused."""

import pytest

from corpus.errors import KnowledgeError
from corpus.model import Competence, GeneralGuide, Line, Step
from corpus.yaml_records import parse_yaml, rows_of, to_record

GUIDE = """
questions: [{ask: 何时, kind: ask}, {ask: 何地, kind: ask}, {ask: 何人, kind: ask}]
steps:
  - {action: 登记, owner: 社区, days: 1, basis: [{law: 示例法, article: 第一条, only_if: [租]}]}
  - {action: 查看, owner: 社区, days: 2}
  - {action: 回访, owner: 社区, days: 3, only_if: [狗]}
"""
LEAD = "lead: {department: 社区, duty: one}\n"
PROSE = "escalation: 报镇里。\nscript: 您好。\n"


def guide(written: str) -> GeneralGuide:
    (row,) = rows_of(parse_yaml((GUIDE + written).encode(), "general.yaml"), "general.yaml")
    return to_record(row, GeneralGuide)


def test_one_text_is_one_sentence_that_always_holds() -> None:
    assert list(guide(LEAD + PROSE).script) == [Line(text="您好。")]


def test_sentences_stand_line_by_line_some_with_a_condition() -> None:
    told = guide(
        LEAD + "escalation: 报。\nscript:\n  - 您好。\n  - {text: 洗伤口。, only_if: [咬]}\n"
    )
    assert list(told.script) == [Line(text="您好。"), Line(text="洗伤口。", only_if=["咬"])]


def test_one_department_leads_or_the_first_that_fits() -> None:
    first = "lead:\n  - {department: 派出所, duty: two, only_if: [打]}\n"
    several = guide(first + "  - {department: 社区, duty: one}\n" + PROSE)
    assert [c.department for c in guide(LEAD + PROSE).lead] == ["社区"]
    assert [c.department for c in several.lead] == ["派出所", "社区"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (LEAD + "escalation: 报。\nscript: [{text: 您好, only_if: [狗]}]\n", "不带only_if"),
        (LEAD + "escalation: []\nscript: 您好。\n", "不带only_if"),
        (LEAD + "escalation: 报。\nscript: ['']\n", "太短"),
        (LEAD + "escalation: 报。\nscript: [{text: 您好, only_when: [狗]}]\n", "不认识的字段"),
        (LEAD + "escalation: 报。\nscript: [您好, {text: 嗯, only_if: ['']}]\n", "太短"),
        ("lead: {department: 社区, duty: one, only_if: [狗]}\n" + PROSE, "最后一个不带only_if"),
        ("lead: [{department: 甲, duty: a}, {department: 乙, duty: b}]\n" + PROSE, "最后一个不带"),
        ("lead: []\n" + PROSE, "最后一个不带only_if"),
    ],
)
def test_what_would_leave_somebody_without_an_answer_is_refused(written: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words) as refused:
        guide(written)
    assert "general.yaml" in str(refused.value)


def test_the_parts_of_a_record_are_told_by_field() -> None:
    parts = dict(guide(LEAD + PROSE).conditional_parts())
    assert list(parts) == ["questions", "steps", "lead", "escalation", "script"]
    assert isinstance(parts["lead"][0], Competence)
    assert isinstance(parts["steps"][0], Step)
    assert [name for name, _ in parts["steps"][0].conditional_parts()] == ["basis"]
