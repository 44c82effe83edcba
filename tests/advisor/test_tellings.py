"""Complaints told before: the nearest one leads to its articles, decided ones before right ones."""

import numpy as np
import pytest

from advisor.tellings import Tellings
from corpus.model import ArticleNumber, Telling
from indexer.learned.prior import UNTOLD

LAW = "中华人民共和国示例法"
LEAK, DOG, DUST = [(LAW, ArticleNumber(n)) for n in (1, 2, 3)]
PLACES = {LEAK: 0, DOG: 1, DUST: 2}
TOLD = (
    (Telling(id="a", text="楼上卫生间漏水滴到我家厨房"), ((LEAK, True),)),
    (Telling(id="b", text="隔壁的狗半夜一直叫，睡不着"), ((DOG, True), (DUST, False))),
    (Telling(id="c", text="阳台漏水滴到楼下被子上"), ((LEAK, True), (DOG, False))),
)


class Counting:
    """Vectors by three words."""

    def encode(self, texts):
        counts = np.array([[t.count(w) for w in ("漏", "狗", "灰")] for t in texts], np.float32)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1)


@pytest.mark.parametrize("encoder", [None, Counting()])
def test_the_nearest_telling_speaks_for_the_articles_that_decided_it(encoder):
    told = Tellings(TOLD, PLACES, encoder).of("狗半夜叫得人睡不着")
    assert int(told.words.argmax()) == 1
    assert told.rank[1] == 0
    assert told.words[2] == pytest.approx(told.words[1] / 2)
    assert told.shared[2] == pytest.approx(0.5 / 5)
    assert bool(told.meaning.any()) is (encoder is not None)


def test_an_article_that_is_only_acceptable_is_decided_by_none():
    told = Tellings(TOLD, PLACES, None).of("狗半夜叫得人睡不着")
    assert told.rank[2] == UNTOLD
    assert told.often.tolist() == [2.0, 1.5, 0.5]


def test_meaning_finds_what_shares_no_word():
    told = Tellings(TOLD, PLACES, Counting()).of("渗漏")
    assert told.words.tolist() == [0, 0, 0]
    assert told.meaning[0] == pytest.approx(1.0)
    assert told.rank[0] == 0


def test_an_article_no_telling_names_and_no_tellings_at_all_say_nothing():
    more = PLACES | {(LAW, ArticleNumber(9)): 3}
    told = Tellings(TOLD, more, None).of("楼上漏水")
    assert (told.words[3], told.often[3], told.rank[3]) == (0, 0, UNTOLD)
    nothing = Tellings((), more, None).of("楼上漏水")
    assert nothing.words.tolist() == [0] * 4
    assert nothing.rank.tolist() == [UNTOLD] * 4


def test_a_text_of_which_nothing_is_known_is_like_none():
    told = Tellings(TOLD, PLACES, Counting()).of("qwerty")
    assert told.words.tolist() == [0, 0, 0]
    assert told.meaning.tolist() == [0, 0, 0]
