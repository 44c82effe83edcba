"""The lexicon: lay words with the official words a search should add."""

from corpus.knowledge import DATA, load_knowledge
from corpus.model import LexiconEntry


def shipped() -> tuple[LexiconEntry, ...]:
    return load_knowledge(DATA).lexicon


def test_enough_terms_and_none_twice() -> None:
    terms = [entry.term for entry in shipped()]
    assert len(terms) >= 250
    assert len(set(terms)) == len(terms)


def test_every_entry_adds_a_word() -> None:
    for entry in shipped():
        assert len(set(entry.official)) == len(entry.official), entry.term
        assert set(entry.official) - {entry.term}, entry.term


def test_the_words_of_the_region_are_there() -> None:
    terms = {entry.term for entry in shipped()}
    assert {"阴沟", "弄堂", "道地", "墙脚头", "屋里厢", "天井", "滴水", "晒谷场", "自留地"} <= terms


def test_lay_words_lead_to_statutory_ones() -> None:
    words = {entry.term: set(entry.official) for entry in shipped()}
    assert {"渗漏", "相邻"} <= words["房子漏水"]
    assert "拖欠农民工工资" in words["拖欠工钱"]
    assert {"排水", "污水管道"} <= words["阴沟"]
