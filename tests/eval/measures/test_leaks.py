import pytest

from eval.measures.leaks import LEAK_PRECEDENTS, LEAK_SENT, LEAK_SENT_NUMBERS, leaked

CASE = {"text": "我叫林示例，电话12000000000，通道被堵。", "private": ["林示例", "12000000000"]}


@pytest.mark.parametrize(
    ("sent", "share"),
    [
        (("〔姓名1〕反映，通道被堵",), 0.0),
        (("林示例反映",), 0.5),
        (("〔姓〕示例反映",), 0.5),
        (("通道被堵", "林示例，12000000000"), 1.0),
    ],
)
def test_what_was_sent_is_searched_for_every_particular(answer, sent, share):
    assert LEAK_SENT.value(answer(CASE, sent=sent)) == share


def test_nothing_sent_and_nothing_private_have_no_value(answer):
    assert LEAK_SENT.value(answer(CASE)) is None
    assert LEAK_SENT.value(answer(sent=("任何",))) is None
    assert LEAK_SENT.of_crash(answer().case) is None


def test_a_particular_in_a_case_shown_is_a_leak(answer, resolved):
    assert LEAK_PRECEDENTS.value(answer(CASE)) == 0.0
    told = {"precedents": [resolved(same=["都是林示例反映"])]}
    assert LEAK_PRECEDENTS.value(answer(CASE, told)) == 0.5


def test_a_short_name_counts_whole():
    assert leaked(("王五",), ("五月",)) == ()
    assert leaked(("王五",), ("王五说",)) == ("王五",)


def test_numbers_are_told_apart_from_names(answer):
    assert LEAK_SENT_NUMBERS.value(answer(CASE, sent=("林示例反映",))) == 0.0
    assert LEAK_SENT_NUMBERS.value(answer(CASE, sent=("12000000000",))) == 1.0
    assert LEAK_SENT_NUMBERS.value(answer({**CASE, "private": ["林示例"]}, sent=("x",))) is None
