"""Tokens: exact restoration, look-alikes in the text, damage a model does to them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.redaction import Redacted, Token, redact, restore
from advisor.redaction.model import CLASSES

_PIECES = st.sampled_from(
    (
        *("我叫王建国", "陈国栋", "13812345678", "138 1234 5678", "[姓名1]", "【电话１】", "[姓名"),
        *("1]", "[电话2-1]", "(地址 3)", "330411199001011234", "李书记", "荷花村12组35号"),
        *("浙F·12345", "\n", "，", "[", "]", "8岁", "\ud800", "姓名01", "\\", "电话82012345）"),
    )
)


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
@example("[姓名1]我叫王建国")
@example("[姓名13812345678]")
@example("[[电话1]13812345678]")
@example("【姓名 １】我叫王建国，[姓名2-7]")
def test_restoring_is_the_exact_inverse(text):
    redacted = redact(text)

    assert restore(redacted.masked, redacted) == text


def test_the_same_entity_has_the_same_token():
    redacted = redact("我叫王建国。王建国说，电话13812345678，就是13812345678。")

    assert redacted.masked == "我叫[姓名1]。[姓名1]说，电话[电话1]，就是[电话1]。"
    assert redacted.tokens == (
        Token("[姓名1]", "姓名", "王建国"),
        Token("[电话1]", "电话", "13812345678"),
    )


def test_another_way_of_writing_keeps_the_number_and_its_own_form():
    redacted = redact("电话13812345678，再说一遍138-1234-5678")

    assert redacted.masked == "电话[电话1]，再说一遍[电话1-2]"
    assert restore("请拨[电话1]", redacted) == "请拨13812345678"
    assert restore("请拨[电话1-2]", redacted) == "请拨138-1234-5678"


def test_numbers_run_in_order_of_appearance_and_past_look_alikes():
    redacted = redact("材料写着[姓名1]。我叫王建国，邻居陈国栋。")

    assert redacted.masked == "材料写着[姓名1]。我叫[姓名2]，邻居[姓名3]。"


@pytest.mark.parametrize(
    "damaged",
    [
        "［姓名1］",
        "【姓名1】",
        "[姓名 1]",
        "[ 姓名１ ]",
        "〔姓名1〕",
        "[姓名_1]",
        "（姓名1）",
        "【 姓名：1】",
    ],
)
def test_damaged_tokens_are_restored(damaged):
    redacted = redact("我叫王建国")

    assert restore(f"请{damaged}到场", redacted) == "请王建国到场"


def test_unknown_tokens_stay():
    redacted = redact("我叫王建国")

    assert restore("[姓名2]和[电话1]与[姓名1]", redacted) == "[姓名2]和[电话1]与王建国"
    assert restore("[姓名1]", Redacted("没有")) == "[姓名1]"


@pytest.mark.slow
def test_ten_thousand_concurrent_round_trips_without_swaps():
    texts = [
        f"我叫王建{'国平军华'[i % 4]}，电话138{i:08d}，住荷花村{i}号，"
        f"身份证3304111990{i % 12 + 1:02d}01{i:04d}"
        for i in range(10_000)
    ]

    def round_trip(text: str) -> str:
        redacted = redact(text)
        return restore(redacted.masked, redacted)

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(round_trip, texts)) == texts


def test_every_class_has_tokens_that_restore():
    for cls in CLASSES:
        redacted = Redacted(f"[{cls}1]", (Token(f"[{cls}1]", cls, "原文"),))

        assert restore(f"【{cls}1】", redacted) == "原文"
