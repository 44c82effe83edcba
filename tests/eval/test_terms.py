"""Terms: pairs of characters that say something."""

from eval.terms import terms, without_stock


def test_grammar_stock_words_and_punctuation_break_a_stretch():
    assert terms("消防通道，不许停放") == {"消防", "防通", "通道", "许停", "停放"}
    assert terms("切实加强沟通协调") == frozenset()
    assert terms("修了水管") == {"水管"}
    assert terms("A1栋") == frozenset()


def test_a_long_stock_word_is_taken_before_its_parts():
    assert without_stock("有关部门来了") == "\n来了"
