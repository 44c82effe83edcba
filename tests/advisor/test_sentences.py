"""Sentences and clauses of a complaint, and what kind each is."""

import pytest

from advisor.sentences import (
    demands,
    mentions,
    read_sentences,
    split_clauses,
    split_sentences,
    tells_something,
)


def test_sentences_end_at_stops_and_line_breaks():
    assert split_sentences("漏水了。没人管！怎么办？先等着\n又漏了") == (
        "漏水了。",
        "没人管！",
        "怎么办？",
        "先等着",
        "又漏了",
    )


def test_a_decimal_point_ends_nothing():
    assert split_sentences("借了3.5万元没有还") == ("借了3.5万元没有还",)


@pytest.mark.parametrize("courtesy", ["尊敬的领导您好！", "谢谢！", "辛苦了。", "望回复。", "此致"])
def test_courtesies_are_left_out(courtesy):
    assert split_sentences(f"{courtesy}\n楼上漏水。") == ("楼上漏水。",)


def test_nothing_gives_no_sentences():
    assert split_sentences("") == ()
    assert split_clauses("，。！") == ()


def test_clauses_are_split_at_every_mark_and_blank():
    assert split_clauses("漏水了，没人管 找谁：物业") == ("漏水了", "没人管", "找谁", "物业")


@pytest.mark.parametrize(
    "text", ["要求赔偿五千元。", "希望尽快修好。", "这事归谁管？", "能不能装路灯", "请派人来看看"]
)
def test_a_demand_is_told_by_its_words(text):
    assert read_sentences(text)[0].demand


@pytest.mark.parametrize("text", ["他被要求搬走。", "我申请低保没批下来。", "他请客吃饭。"])
def test_what_others_asked_is_no_demand(text):
    assert not read_sentences(text)[0].demand


def test_a_sentence_with_a_number_a_time_or_a_place_is_concrete():
    assert read_sentences("欠了3万元。")[0].concrete
    assert read_sentences("昨天来过。")[0].concrete
    assert not read_sentences("真是气死我了！")[0].concrete


def test_a_demand_is_its_clause_with_the_next():
    assert demands("家里漏水，要求楼上修好，赔偿损失，谢谢") == ("要求楼上修好，赔偿损失，",)


def test_a_sentence_without_a_demand_demands_nothing():
    assert demands("家里漏水，天花板坏了") == ()


def test_cues_are_found_in_their_order():
    assert mentions("车位旁边有人打架", ["打架", "车位", "漏水"]) == ("打架", "车位")


@pytest.mark.parametrize("text", ["双方没有打架", "这不是打架", "并非打架", "未见打架", "没打架"])
def test_a_denied_cue_does_not_count(text):
    assert mentions(text, ["打架"]) == ()


def test_a_cue_denied_once_and_told_once_counts():
    assert mentions("上次没有打架，这次打架了", ["打架"]) == ("打架",)


@pytest.mark.parametrize(
    "text", ["水管到现在没修好。", "希望尽快修好。", "路灯装了也没装好", "楼上防水没做好！"]
)
def test_a_sentence_that_ends_in_good_is_no_greeting(text):
    assert split_sentences(text) == (text,)


@pytest.mark.parametrize(
    "text", ["尊敬的李书记您好！", "各位领导好。", "你好！", "区长您好", "你们好"]
)
def test_a_greeting_is_left_out(text):
    assert split_sentences(text) == ()


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("我家楼上漏水", True),
        ("请来看看", True),
        ("邻居家的狗半夜叫", True),
        ("床前明月光，疑是地上霜。", False),
        ("啊啊啊啊啊", False),
    ],
)
def test_a_complaint_tells_something(text, tells):
    assert tells_something(text) is tells
