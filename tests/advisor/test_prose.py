"""What the gate reads: disguised citations made plain, a sentence whole with its quotation."""

import pytest

from advisor.prose import clean, plain_copy, stretches


def _pieces(text):
    return [text[start:end] for start, end in stretches(text)]


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("《示例法》第三條", "《示例法》第三条"),
        ("《示例法》第叁条", "《示例法》第三条"),
        ("《示例法》第壹佰贰拾条", "《示例法》第一百二十条"),
        ("《示例法》第③条", "《示例法》第三条"),
        ("《示例法》第三\n条", "《示例法》第三 条"),
        ("⟪示例法⟫第三条", "《示例法》第三条"),
    ],
)
def test_a_disguised_citation_is_made_plain(disguised, plain):
    assert plain_copy(disguised) == plain


@pytest.mark.parametrize("text", ["拾得遗失物应当归还", "伍某向陆某借了两万", "今天①号楼停水"])
def test_other_words_are_left_alone(text):
    assert plain_copy(text) == text


def test_the_copy_has_the_same_length():
    text = "⟪示例條例⟫第壹佰\n条、第③条：“拾得”"
    assert len(plain_copy(text)) == len(text)


def test_invisible_characters_are_taken_out():
    assert clean("《示例\u200b法》第\u202e三条") == "《示例法》第三条"


def test_sentences_tile_the_text():
    text = "一。二！\n三；四\n"
    assert "".join(_pieces(text)) == text
    assert _pieces(text) == ["一。", "二！", "\n", "三；", "四\n"]


def test_a_quotation_stays_with_its_sentence():
    assert _pieces("规定：“甲。乙。”好。丙。") == ["规定：“甲。乙。”好。", "丙。"]


def test_a_quotation_in_a_quotation_stays_too():
    assert _pieces("说“他讲「甲。」乙。”丙。丁") == ["说“他讲「甲。」乙。”丙。", "丁"]


def test_a_quotation_never_closed_reaches_to_the_end():
    assert _pieces("甲。规定：“乙。丙。") == ["甲。", "规定：“乙。丙。"]


def test_wording_on_the_line_after_a_colon_stays():
    assert _pieces("第二条规定：\n甲，乙。丙") == ["第二条规定：\n甲，乙。", "丙"]


def test_nothing_has_no_sentences():
    assert stretches("") == ()
