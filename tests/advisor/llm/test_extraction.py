"""Sections of answers as models write them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.llm.extraction import MAX_CHARACTERS, SectionReader, read_sections

ODD = '"“”：，｛｝{}[]:,\\\n\t x1中`'
words = st.text(alphabet=ODD, max_size=12) | st.text(max_size=8)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


def in_pieces(text, size):
    reader, found = SectionReader(), []
    for start in range(0, len(text), size):
        found += reader.feed(text[start : start + size])
    found += reader.close()
    return dict(found), tuple(reader.faults)


@given(
    st.dictionaries(words, values, min_size=1, max_size=4),
    st.integers(1, 40),
    st.booleans(),
    st.sampled_from([None, 2]),
)
@settings(max_examples=400, deadline=None)
def test_well_formed_json_is_read_exactly_as_it_stands(value, size, escaped, indent):
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert in_pieces(text, size) == (value, ())


@given(st.text(alphabet=ODD + "ab", max_size=60), st.integers(1, 9))
@settings(max_examples=400, deadline=None)
def test_any_text_ends_well_and_the_cut_into_pieces_does_not_matter(text, size):
    assert in_pieces('{"a": ' + text, size) == read_sections('{"a": ' + text)


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ('好的：\n```json\n{"a": 1}\n```\n以上 {"b": 2}', {"a": 1}),
        ('形如 {x} 的答案：{"a": 1}', {"a": 1}),
        (
            "｛“a”：“他说“好”，走了”，“b”：［“x”，“y”，］｝",
            {"a": "他说“好”，走了", "b": ["x", "y"]},
        ),
        ('{"a": "他说"好"，走了", "b": ["x", "y",],}', {"a": '他说"好"，走了', "b": ["x", "y"]}),
        ('{"a": "第一行\n第二行\t\\d"}', {"a": "第一行\n第二行\t\\d"}),
        ('{"a": {}, "b": [], "c": "", "d": null}', {"a": {}, "b": [], "c": "", "d": None}),
        ('\ufeff{"a":1}', {"a": 1}),
    ],
)
def test_what_models_make_of_json(text, sections):
    assert read_sections(text) == (sections, ())


@pytest.mark.parametrize(
    ("text", "sections", "fault"),
    [
        ('{"a": 1, "b": NaN, "c": 2}', {"a": 1, "c": 2}, "b：不是有效的 JSON"),
        ('{"a": {"x": 1, "x": 2}, "b": 1}', {"b": 1}, "a：不是有效的 JSON"),
        ('{"a": 1, "a": 2, "b": 3}', {"a": 1, "b": 3}, "a：重复出现"),
        ('{"a": 1, "b": {"c": [1, 2', {"a": 1}, "回答不完整"),
        ('{"a": 1, "b": "说到一半', {"a": 1}, "回答不完整"),
        ('{"a": [1}, "b": 2}', {}, "括号不配对"),
        ('{"a": 1 2, "b": 3}', {"b": 3}, "a：不是有效的 JSON"),
        ('{"a": ' + "9" * 5000 + ', "b": 3}', {"b": 3}, "a：不是有效的 JSON"),
        ("我无法回答。", {}, "没有 JSON 对象"),
        ('["a", "b"]', {}, "没有 JSON 对象"),
        ("", {}, "没有 JSON 对象"),
        ("{}", {}, "没有 JSON 对象"),
    ],
)
def test_what_is_left_out_is_named(text, sections, fault):
    found, faults = read_sections(text)
    assert found == sections
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize("opening", ["[", '{"a":', "[{"])
def test_a_hundred_thousand_brackets_are_no_recursion(opening):
    found, faults = read_sections('{"first": 1, "bomb": ' + opening * 100_000)
    assert found == {"first": 1}
    assert faults == ("嵌套过深",)


def test_a_section_is_given_with_the_piece_that_completes_it():
    reader = SectionReader()
    assert list(reader.feed('{"a": {"x": 1')) == []
    assert list(reader.feed("}")) == [("a", {"x": 1})]
    assert list(reader.feed(', "b": "y"')) == []
    assert list(reader.feed("\n}")) == [("b", "y")]
    assert reader.done
    assert list(reader.feed('{"c": 1}')) == []


def test_too_long_an_answer_is_not_read_on():
    reader = SectionReader()
    assert list(reader.feed('{"a": 1, "b": "')) == [("a", 1)]
    for _ in range(MAX_CHARACTERS // 50_000 + 1):
        assert list(reader.feed("x" * 50_000)) == []
    assert reader.done
    assert reader.faults == ["回答过长"]


@pytest.mark.parametrize("filling", ['"', "\\", " ", "{", '{"', "“", ", ", '"x"'])
def test_filling_of_any_kind_is_read_once(filling):
    """Reading again and again what was seen before would take hours here."""
    text = '{"a":"x"' + filling * (200_000 // len(filling))
    assert in_pieces(text, 50) == read_sections(text)
