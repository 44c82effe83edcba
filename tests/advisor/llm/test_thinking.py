"""Thinking written into the text is left out."""

import pytest

from advisor.llm.thinking import ThinkingFilter


def filtered(text, size):
    thinking = ThinkingFilter()
    found = [thinking.feed(text[start : start + size]) for start in range(0, len(text), size)]
    return "".join(found) + thinking.close()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ("\n\n <think>先想\n{</think>\n\n答", "答"),
        ("<think></think>答", "答"),
        ("<think>甲</think><think>乙</think>答", "答"),
        ("<thin air>", "<thin air>"),
        ("<", "<"),
        ("<think>没有想完", ""),
        (" \n\u3000", ""),
        ("", ""),
        ("答 <think>不在开头的照留</think>", "答 <think>不在开头的照留</think>"),
        ("<think>a < b </thin </think>答", "答"),
    ],
)
def test_only_thinking_at_the_beginning_is_left_out(text, answer, size):
    assert filtered(text, size) == answer


def test_endless_thinking_is_not_kept():
    thinking = ThinkingFilter()
    assert thinking.feed("<think>") == ""
    for _ in range(2_000):
        assert thinking.feed("想" * 100) == ""
    assert len(thinking._held) < 100
    assert thinking.feed("</think>好") == "好"
