"""Tokens: what is kept, what folds together, what breaks a bigram."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.tokenizer import TOKEN_BITS, is_bigram, tokenize, tokenize_many


def told(text):
    """Tokens as readable strings, in a form written independently of the module."""
    low = (1 << 21) - 1
    return [chr(t) if t <= low else chr(t >> 21) + chr(t & low) for t in tokenize(text).tolist()]


def test_characters_then_overlapping_bigrams():
    assert told("水沟堵") == ["水", "沟", "堵", "水沟", "沟堵"]


def test_punctuation_and_space_are_dropped_and_break_bigrams():
    assert told("水，沟 堵") == ["水", "沟", "堵"]


def test_full_width_and_upper_case_fold():
    assert told("Ａb１") == told("ab1") == ["a", "b", "1", "ab", "b1"]


def test_a_letter_whose_lower_case_is_two_characters_stays_one_token():
    assert len(told("İ")) == 1


def test_rare_ideographs_beyond_the_basic_plane_are_letters():
    assert told("𠮷田") == ["𠮷", "田", "𠮷田"]


def test_nothing_to_say_gives_no_token():
    assert told("") == told("！？… \u200b\n\x00") == []


def test_owners_name_the_text_a_token_came_from_and_no_bigram_crosses_texts():
    tokens = tokenize_many(["水", "", "沟堵"])
    assert tokens.owners.tolist() == [0, 2, 2, 2]
    assert is_bigram(tokens.ids).tolist() == [False, False, False, True]


@given(st.text())
def test_any_string_is_read_and_fits_the_token_width(text):
    tokens = tokenize(text)
    assert tokens.dtype == np.uint64
    assert not len(tokens) or int(tokens.max()) < 1 << TOKEN_BITS


@given(st.lists(st.text()))
def test_many_texts_give_the_tokens_of_each(texts):
    tokens = tokenize_many(texts)
    for place, text in enumerate(texts):
        mine = tokens.ids[tokens.owners == place]
        assert sorted(mine.tolist()) == sorted(tokenize(text).tolist())


def test_a_lone_surrogate_is_no_error():
    assert told("水\ud800沟") == ["水", "沟"]
