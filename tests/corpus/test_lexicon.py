"""The lexicon: lay words with the official words a search should add."""

from functools import cache
from pathlib import Path

import pytest

from corpus.decoding import decode_text
from corpus.knowledge import DATA, load_knowledge
from corpus.model import LexiconEntry
from corpus.yaml_records import read_records

LEXICON = DATA / "lexicon"
MOST_OFFICIAL = 4
SAID_ALONE = 8
"""A longer term would hardly be met word for word in a complaint."""


@cache
def shipped() -> tuple[LexiconEntry, ...]:
    return load_knowledge(DATA).lexicon


def written(name: str) -> tuple[LexiconEntry, ...]:
    return read_records(LEXICON / f"{name}.yaml", LexiconEntry)


def test_enough_terms_and_none_twice() -> None:
    terms = [entry.term for entry in shipped()]
    assert len(terms) >= 1_300
    assert sorted(terms) == sorted(set(terms))


def test_every_entry_adds_words_it_does_not_say_itself() -> None:
    for entry in shipped():
        assert 1 <= len(entry.official) <= MOST_OFFICIAL, entry.term
        assert len(set(entry.official)) == len(entry.official), entry.term
        assert entry.term not in entry.official, entry.term


def test_terms_are_words_people_can_be_met_saying() -> None:
    for entry in shipped():
        assert 2 <= len(entry.term) <= SAID_ALONE, entry.term
        assert all(len(word) >= 2 for word in entry.official), entry.term
        assert not any(mark in entry.term for mark in "，。；、 "), entry.term


@pytest.mark.parametrize(
    "term",
    ["担保", "诈骗", "火灾", "派出所", "上诉", "取保", "点工", "中人", "起屋", "道地", "做保"],
)
def test_official_words_and_words_met_inside_others_are_no_terms(term: str) -> None:
    """起屋 stands in 引起屋顶漏水, 上诉 in 以上诉求, 道地 in 人行道地砖: they would mislead."""
    assert term not in {entry.term for entry in shipped()}


def test_the_words_of_the_region_are_there_and_say_where_they_are_from() -> None:
    entries = written("zhejiang")
    assert len(entries) >= 120
    assert not [entry.term for entry in entries if not entry.note]
    told = {entry.term for entry in entries}
    assert {"阴沟", "弄堂", "墙脚头", "门前道地", "屋里厢", "工钿", "相骂", "老娘舅"} <= told


def test_misspellings_name_the_word_that_is_meant() -> None:
    entries = written("spellings")
    assert len(entries) >= 20
    assert not [entry.term for entry in entries if not entry.note]


@pytest.mark.parametrize(
    ("term", "official"),
    [
        ("房子漏水", {"渗漏", "相邻"}),
        ("拖欠工钱", {"拖欠农民工工资"}),
        ("阴沟", {"排水", "污水管道"}),
        ("老赖", {"失信被执行人"}),
        ("飞线充电", {"电动自行车充电"}),
        ("两违", {"违法建设"}),
        ("12345", {"政务服务便民热线"}),
        ("瞻养", {"赡养"}),
    ],
)
def test_lay_words_lead_to_statutory_ones(term: str, official: set[str]) -> None:
    words = {entry.term: set(entry.official) for entry in shipped()}
    assert official <= words[term]


def test_every_official_word_stands_in_a_law(real_laws: Path) -> None:
    left = {word: entry.term for entry in shipped() for word in entry.official}
    for path in sorted(real_laws.rglob("*.md")):
        if "案例" not in path.parts:
            text = decode_text(path.read_bytes())
            left = {word: term for word, term in left.items() if word not in text}
    assert left == {}
