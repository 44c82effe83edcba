"""Material for training the name model: words of a dictionary, phrases and amounts."""

from random import Random

import pytest

from advisor.redaction.alphabet import alphabet
from advisor.redaction.lexicon import lexicon
from advisor.redaction.name_model import WORD
from eval.redaction.training.dictionary import Word, opened_by, pairs, read_words
from eval.redaction.training.fit import firmness
from eval.redaction.training.phrases import Phrases


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "dict.txt"
    path.write_text("单凭 10 d\n张伟 9 nr\n约定 820 v\n万 50 m\nAB 3 n\n单据单 7 n\n", "utf-8")
    return read_words(path)


def test_people_single_characters_and_foreign_letters_are_no_ordinary_words(words):
    assert words == (Word("单凭", 10), Word("单据单", 7), Word("约定", 820))


def test_pairs_are_counted_by_how_often_their_words_were_seen(words):
    counted = pairs(words)

    assert (counted["单凭"], counted["据单"], counted["约定"]) == (10, 7, 820)


def test_words_that_begin_with_given_characters(words):
    assert [word.text for word in opened_by(words, "单")] == ["单凭", "单据单"]


def test_pairs_of_a_dictionary_hold_firmly_and_others_do_not(words):
    letters = alphabet("单凭约定据，", lexicon().openings.replace("约", ""), lexicon().never)
    size = len(letters.surname)
    table = firmness(["约，凭，定，据，单"], letters, (), pairs(words))
    codes = {
        pair: table[letters.table[ord(pair[0])] * size + letters.table[ord(pair[1])]]
        for pair in ("单凭", "约定", "凭约")
    }

    assert codes["单凭"] >= WORD
    assert codes["约定"] > codes["单凭"]
    assert codes["凭约"] < WORD


def test_phrases_are_of_the_words_given_and_amounts_hold_a_unit(words):
    phrases = Phrases(Random(1), words)
    told = {phrases.phrase() for _ in range(200)}

    assert {"单凭", "约定"} <= told
    assert all(len(phrases.amount()) >= 2 for _ in range(50))
