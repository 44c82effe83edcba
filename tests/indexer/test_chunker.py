"""Passages: which words of a source go into which field."""

from corpus.model import CasePoint
from indexer.chunker import article_passage, case_passage, case_passages


def test_an_article_keeps_its_fields_apart(source):
    passage = article_passage(source.views[4])
    assert passage.kind == "statute"
    assert passage.key == "drains-2020#3.0"
    assert passage.fields.title == "示例国排水条例"
    assert passage.fields.text == "相邻各方应当保证水沟自然流水通畅。"
    assert "隔壁把地填高了，我家水出不去" in passage.fields.gist
    assert "相邻排水" in passage.fields.gist


def test_a_sub_number_has_its_own_key_and_the_headings_are_the_path(source):
    passage = article_passage(source.views[2])
    assert passage.key == "parking#2.1"
    assert (passage.fields.path, passage.fields.gist) == ("第二章 罚则", "")


def test_a_case_is_found_by_its_points_facts_measures_and_outcome(source):
    point = CasePoint(point="是否垫高", cues=["垫土", "填方"])
    case = source.resolved[1].model_copy(update={"points": (point,), "matters": ("相邻排水",)})
    passage = case_passage(case)
    assert (passage.kind, passage.key, passage.fields.path) == ("case", "fill", "相邻排水")
    assert passage.fields.gist == "是否垫高\n垫土\n填方"
    for words in ("垫高宅基地", "现场划定水沟", "双方签订协议"):
        assert words in passage.fields.text


def test_a_case_is_found_by_what_was_in_dispute_and_what_it_teaches(source):
    case = source.resolved[1].model_copy(
        update={"dispute": "该不该挖回原来的高度", "lessons": ("先量标高再谈",)}
    )
    text = case_passage(case).fields.text
    assert "该不该挖回原来的高度" in text
    assert "先量标高再谈" in text


def test_cases_keep_their_order(source):
    assert [passage.key for passage in case_passages(source.resolved)] == ["toilet", "fill"]
