"""Lay words become official ones: the longest first, none twice, never too many."""

import pytest

from advisor.wording import MOST_TERMS, MOST_WORDS, expand
from corpus.knowledge import load_knowledge
from corpus.model import LexiconEntry

LEXICON = (
    LexiconEntry(term="漏水", official=("渗漏",)),
    LexiconEntry(term="楼上漏水", official=("渗漏", "相邻关系")),
    LexiconEntry(term="老赖", official=("失信被执行人",)),
    LexiconEntry(term="上漏", official=("误会",)),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我家楼上漏水", ("渗漏", "相邻关系")),
        ("漏水，漏水，还是漏水", ("渗漏",)),
        ("他是老赖，楼上漏水也不赔", ("渗漏", "相邻关系", "失信被执行人")),
        ("今天天气好", ()),
        ("", ()),
    ],
)
def test_the_longest_term_at_a_place_gives_its_words(text: str, words: tuple[str, ...]) -> None:
    assert expand(text, LEXICON) == words


def test_without_a_lexicon_nothing_is_added() -> None:
    assert expand("楼上漏水", ()) == ()


def test_only_the_longest_terms_are_followed() -> None:
    many = [LexiconEntry(term="词" * n, official=(f"甲{n}", f"乙{n}")) for n in range(2, 12)]
    words = expand("，".join(entry.term for entry in many), many)
    assert words[:2] == ("甲11", "乙11")
    assert len(words) == MOST_WORDS
    one_each = [LexiconEntry(term=entry.term, official=entry.official[:1]) for entry in many]
    assert len(expand("，".join(entry.term for entry in many), one_each)) == MOST_TERMS


def test_a_story_in_the_words_of_the_region() -> None:
    words = expand("屋前道地填高了，阴沟堵牢，水流到我家，寻伊相骂", load_knowledge().lexicon)
    assert {"排水", "晒场"} <= set(words)
