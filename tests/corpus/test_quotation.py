import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quotation import Fit, compare, compare_term, normalise, surely_absent, wording

ARTICLE = (
    "居民应当爱护楼道，不得堆放杂物；堆放的，由物业清理。物业每月检查一次。\n"
    "有下列情形之一的，可以例外：\n（一）搬家当日；\n（二）装修期间，但不超过3.5天。"
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("应当，（一）：３０％", "应当,(一):30%"),
        ("“甲”‘乙’「丙」『丁』", '"甲""乙""丙""丁"'),
        ("甲　乙 \n丙\u200b丁\ufeff", "甲乙丙丁"),
        ("甲……乙…丙...丁", "甲…乙…丙…丁"),
        ("《甲》〈乙〉<丙>", "<甲><乙><丙>"),
        ("二○一二年", "二〇一二年"),
        ("⽔", "水"),
        ("**应当**", "应当"),
    ],
)
def test_form_is_made_one(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("应当", "不得"),
        ("三十日", "30日"),
        ("3.5天", "35天"),
        ("甲，乙", "甲、乙"),
        ("甲。乙", "甲，乙"),
        ("或者", "和"),
        ("末", "未"),
    ],
)
def test_content_survives(left: str, right: str) -> None:
    assert normalise(left) != normalise(right)


def test_the_parts_of_an_article() -> None:
    parts = wording(ARTICLE)
    assert len(parts.paragraphs) == 2
    assert [i.number for i in parts.paragraphs[1].items] == [1, 2]
    second = parts.paragraphs[1].items[1]
    assert parts.text[second.body : second.end] == normalise("装修期间，但不超过3.5天。")


def test_items_run_on_in_one_line() -> None:
    parts = wording("有下列情形的：（一）甲情形；（二）乙情形。")
    assert [i.number for i in parts.paragraphs[0].items] == [1, 2]
    assert wording("按照前条第（二）项办理。").paragraphs[0].items == ()


@pytest.mark.parametrize(
    ("quote", "fit"),
    [
        (ARTICLE, Fit.EXACT),
        ("物业每月检查一次", Fit.EXACT),
        ("居民应当爱护楼道，不得堆放杂物；堆放的，由物业清理。", Fit.EXACT),
        ("居民应当爱护楼道", Fit.CUT),
        ("居民应当爱护楼道，不得堆放杂物；", Fit.CUT),
        ("不得堆放杂物；堆放的，由物业清理。", Fit.CUT),
        ("堆放杂物；堆放的，由物业清理。", Fit.CUT),
        ("有下列情形之一的，可以例外：", Fit.CUT),
        ("居民应当爱护楼道……由物业清理。", Fit.EXACT),
        ("居民应当爱护楼道，……物业每月检查一次。", Fit.EXACT),
        ("居民应当爱护楼道，……堆放杂物；堆放的，由物业清理。", Fit.CUT),
        ("居民应当爱护……", Fit.CUT),
        ("由物业清理。……居民应当爱护楼道", Fit.CUT),
        ("（二）装修期间，但不超过3.5天。", Fit.EXACT),
        ("（二）装修期间，但不超过3。", Fit.CUT),
        ("居民可以爱护楼道", Fit.ABSENT),
        ("……", Fit.ABSENT),
        ("。", Fit.ABSENT),
        ("", Fit.ABSENT),
    ],
)
def test_how_a_quotation_stands_to_the_article(quote: str, fit: Fit) -> None:
    assert compare(normalise(quote), wording(ARTICLE)) is fit


def test_a_quotation_is_looked_for_in_its_paragraph() -> None:
    parts = wording(ARTICLE)
    first, second = parts.paragraphs
    quote = normalise("物业每月检查一次。")
    assert compare(quote, parts, (first.start, first.end)) is Fit.EXACT
    assert compare(quote, parts, (second.start, second.end)) is Fit.ABSENT


def test_a_text_that_has_an_ellipsis_of_its_own() -> None:
    article = wording("不得使用“如图……所示”的用语。但附图除外。")
    assert compare(normalise("不得使用“如图……所示”的用语。但附图除外。"), article) is Fit.EXACT


def test_a_term_is_not_the_tail_of_a_negation() -> None:
    article = wording("不得擅自改建，所称改建，是指改变结构。")
    assert compare_term("改变结构", article) is Fit.EXACT
    assert compare_term("得擅自改建", article) is Fit.CUT
    assert compare_term("拆除", article) is Fit.ABSENT


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.integers(0, len(ARTICLE) - 1), st.sampled_from("甲不可得三五年月"))
def test_one_changed_character_is_never_exact(at: int, new: str) -> None:
    old = ARTICLE[at]
    if not ("\u4e00" <= old <= "\u9fff") or old == new:
        return
    quote = normalise(ARTICLE[:at] + new + ARTICLE[at + 1 :])
    assert compare(quote, wording(ARTICLE)) is Fit.ABSENT
    assert surely_absent(quote, normalise(ARTICLE))


@given(st.integers(0, len(ARTICLE) - 1), st.integers(1, 4))
def test_dropped_characters_are_never_exact_inside_a_clause(at: int, length: int) -> None:
    gone = ARTICLE[at : at + length]
    kept = ARTICLE[:at] + ARTICLE[at + length :]
    inside = ARTICLE[max(0, at - 1) : at + length + 1]
    if any(not ("\u4e00" <= c <= "\u9fff") for c in inside) or normalise(kept) == normalise(
        ARTICLE
    ):
        return
    assert gone
    assert compare(normalise(kept), wording(ARTICLE)) is not Fit.EXACT


def test_a_line_broken_inside_a_sentence_ends_nothing() -> None:
    article = wording("居民应当遵守国家\n有关规定。\n其他事项另行规定。")
    assert compare(normalise("居民应当遵守国家"), article) is Fit.CUT
    assert compare(normalise("居民应当遵守国家有关规定。"), article) is Fit.EXACT
