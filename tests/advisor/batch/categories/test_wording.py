"""Likeness of wording."""

import numpy as np
import pytest

from advisor.batch.categories.wording import Wording

TEXTS = ("路灯坏了", "路灯不亮", "工资拖欠", "工资没发")


def test_a_text_is_most_like_itself_and_unlike_what_shares_no_word():
    found = Wording(TEXTS).similarities(TEXTS)
    assert found.shape == (4, 4)
    assert np.diag(found) == pytest.approx(1.0)
    assert found[0, 1] > found[0, 2] == 0.0
    assert found == pytest.approx(found.T)


def test_a_rare_word_tells_more_than_a_common_one():
    others = ("请解决路灯",) * 5 + ("请查", "解决吧")
    by_common = Wording(("路灯甲乙", "坏桩坏桩"), ("路灯", "路灯", "坏桩", *others))
    first = by_common.similarities(("路灯和坏桩",))[0]
    assert first[1] > first[0]


def test_a_text_without_known_words_is_like_nothing():
    assert not Wording(TEXTS).similarities(("", "！？", "abc")).any()


def test_how_rare_words_are_does_not_hang_on_lots():
    others = tuple(f"第{n}条路灯" for n in range(3_000))
    whole = Wording(TEXTS, others).similarities(("路灯坏了没修",))
    assert whole == pytest.approx(Wording(TEXTS, iter(others)).similarities(("路灯坏了没修",)))
