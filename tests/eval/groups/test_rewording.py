"""Rewording rules: seeded, apart, and never so short that nobody could say what is told."""

import random
from datetime import date

import pytest

from eval.groups.material import Message
from eval.groups.rewording import LEAST_KEPT, RULES, Half, reword, words_of

TEXT = (
    "梧桐里小区东门的搅拌站每天凌晨施工，噪音扰民非常严重。我们业主多次投诉，物业一直没有回复。"
    "希望相关部门现在就来解决，晚上学生没有办法休息！请问什么时候能有结果？"
)
MESSAGE = Message("R1", "甲", "梧桐里小区搅拌站噪音扰民", TEXT, date(2026, 3, 1), 5)
HALVES: tuple[Half, ...] = ("development", "held_out")


@pytest.mark.parametrize("half", HALVES)
def test_the_same_seed_gives_the_same_copy_and_another_gives_another(half: Half) -> None:
    one, same, other = (reword(MESSAGE, half, random.Random(seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


@pytest.mark.parametrize("half", HALVES)
def test_a_copy_is_told_by_another_person_not_earlier_and_not_word_for_word(half: Half) -> None:
    for seed in range(20):
        copy = reword(MESSAGE, half, random.Random(seed))
        assert copy.caller != MESSAGE.caller
        assert copy.day >= MESSAGE.day
        assert (copy.subject, copy.text) != (MESSAGE.subject, MESSAGE.text)
        assert len(copy.text) >= LEAST_KEPT * len(TEXT)


def test_the_halves_share_no_word() -> None:
    dev, held = (words_of(half) for half in HALVES)
    assert not {w for pair in dev.synonyms for w in pair} & {w for p in held.synonyms for w in p}
    assert not set(dev.openings) & set(held.openings)
    assert not set(dev.closings) & set(held.closings)


def test_the_held_out_half_has_rules_of_its_own() -> None:
    assert len(set(RULES["held_out"]) - set(RULES["development"])) >= 6
