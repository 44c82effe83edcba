"""Numbers and claims in what a model writes are held against what stands behind them."""

import pytest

from advisor.answer import read_section
from advisor.claims import CLAIM_MARK, NUMBER_MARK, marked, quantities

TEXTS = {
    "L1": "双方可以自调解协议生效之日起三十日内申请司法确认。",
    "L2": "处二百元以上一千元以下罚款。",
    "P1": "七日内请双方到场。",
    "": "欠了我四万块钱，拖了两年。七日内请双方到场。",
}


def risk(text, evidence=()):
    answer = read_section(
        "analysis", {"summary": "事", "risks": [{"text": text, "evidence": list(evidence)}]}
    )
    return marked(answer, TEXTS).risks[0].text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三十日", {("30", "日")}),
        ("30 天", {("30", "日")}),
        ("百分之五", {("5", "%")}),
        ("1,000元", {("1000", "元")}),
        ("第三步、2026年3月5日", set()),
        ("没有数字", set()),
    ],
)
def test_quantities_have_one_spelling(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("三十日内可以申请司法确认。", ["L1"]),
        ("30天内可以申请司法确认。", ["L1"]),
        ("规定罚款二百元到一千元。", ["L2"]),
        ("先看现场，两天内回话。", []),
        ("拖了两年，可能过了诉讼时效。", []),
    ],
)
def test_a_number_that_stands_behind_it_passes(text, evidence):
    assert risk(text, evidence) == text


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("六十日内可以申请司法确认。", ["L1"]),
        ("依法罚款五千元。", ["L2"]),
        ("诉讼时效是五年。", []),
    ],
)
def test_a_number_out_of_nowhere_is_marked(text, evidence):
    assert risk(text, evidence) == text[:-1] + NUMBER_MARK + "。"


def test_a_legal_claim_without_evidence_is_marked():
    assert risk("楼上应当承担责任。") == "楼上应当承担责任" + CLAIM_MARK + "。"
    assert risk("楼上应当承担责任。", ["L1"]) == "楼上应当承担责任。"


def test_only_the_sentence_in_question_is_marked():
    text = risk("先看现场。依法罚款五千元。再回话。", ["L2"])
    assert text == "先看现场。依法罚款五千元" + NUMBER_MARK + "。再回话。"
