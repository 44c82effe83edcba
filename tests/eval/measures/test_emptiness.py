"""Sentences written for the measure, none of them taken from an advice."""

import pytest

from eval.measures.emptiness import (
    EMPTINESS,
    empty_sentences,
    is_empty,
    lay_terms,
    sentences,
)
from eval.terms import terms

EMPTY = [
    "要高度重视群众诉求，切实加强沟通协调",
    "各相关部门应积极配合，形成工作合力",
    "要进一步提高思想认识，确保工作落到实处",
    "依法依规妥善处理，维护群众合法权益",
    "建立健全长效机制，不断提升治理水平",
    "做好宣传引导和情绪疏导工作",
    "以人为本，耐心细致做好解释工作",
    "持续跟踪问效，确保取得良好效果",
    "统筹各方力量，共同推进矛盾化解",
    "根据实际情况采取相应措施",
]
TELLING = [
    "当天到现场拍照",
    "七日内给反映人回话",
    "依据《示例停车法》处理",
    "面包车是谁的",
    "网格员上门核实",
    "先把堵住的雨水井盖撬开清掉淤泥",
    "押金条、转账记录、聊天截图留好",
    "打架受伤的先送医院做伤情鉴定",
    "请镇自然资源所丈量宅基地四至",
    "垃圾桶挪到东门外",
]


@pytest.mark.parametrize("sentence", EMPTY)
def test_set_phrases_alone_are_empty(sentence):
    assert is_empty(sentence)


@pytest.mark.parametrize("sentence", TELLING)
def test_a_number_a_day_a_law_a_question_an_owner_or_a_thing_is_not(sentence):
    assert not is_empty(sentence)


def test_an_owner_who_is_nobody_fills_nothing():
    assert is_empty("有关部门和责任单位要抓好落实")


def test_sentences_are_cut_at_their_ends_and_headings_are_none():
    assert sentences("可走途径：\n1. 调解。能不能告？可以。不行") == ("能不能告？",)
    assert sentences("先看现场，再说；后补手续") == ("先看现场，再说", "后补手续")


def test_what_the_complaint_tells_is_a_fact():
    told = "捕鲸叉忘在船舱"
    assert is_empty("捕鲸叉妥善处理")
    assert not is_empty("捕鲸叉妥善处理", terms(told))


def test_the_share_is_over_all_sentences_but_not_over_the_list_of_parties(
    answer, analysis_with, plan_with
):
    assert EMPTINESS.value(answer()) == 0.0
    hollow = answer(advice=plan_with(escalation=f"{EMPTY[1]}。{EMPTY[2]}。"))
    assert empty_sentences(hollow) == (EMPTY[1], EMPTY[2])
    assert EMPTINESS.value(hollow) == 0.2
    listed = answer(advice=analysis_with(parties=[{"text": "有关各方"}]))
    assert empty_sentences(listed) == ()


def test_the_list_of_terms_holds_pairs_of_characters_that_say_something():
    assert len(lay_terms()) > 4000
    assert {len(one) for one in lay_terms()} == {2}
    assert {"漏水", "工资"} <= lay_terms()
    assert terms("\n".join(lay_terms())) == lay_terms()


def test_owner_and_deadline_of_a_step_do_not_fill_it(answer, plan_with):
    step = {"order": 1, "action": EMPTY[0], "owner": "网格员", "deadline_days": 3}
    assert EMPTINESS.value(answer(advice=plan_with(steps=[step]))) > 0.0
