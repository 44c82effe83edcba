"""Phrases and amounts that begin like names and are none: 单凭, 曾约定, 七万八千元."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from advisor.redaction.lexicon import lexicon
from eval.redaction.training.dictionary import Word, opened_by

_NUMERALS = "一二三四五六七八九两几十百"
_SCALES = ("十", "百", "千", "万", "百万", "")
_UNITS = (
    *("元", "块", "亩", "户", "斤", "个", "棵", "平方米", "公里", "多元", "多块", "余元", "头"),
    *("只", "人", "天", "年", "间", "车", "张", "项", "段", "周"),
)
_DOUBTFUL = 1.0
"""The weight of a surname that is oftener another word."""

_OPENS = 20
"""Words that such a surname must open to be put before a word."""


class Phrases:
    """Words of a dictionary, oftener those that begin with a surname, and amounts in characters."""

    def __init__(self, rng: Random, ordinary: Sequence[Word]) -> None:
        self._rng = rng
        words = lexicon()
        self._opened = _Weighted(rng, opened_by(ordinary, words.openings))
        self._every = _Weighted(rng, ordinary)
        plain = frozenset(c for c, weight in words.given.items() if weight < 0)
        acts = [w for w in ordinary if len(w.text) == 2 and plain.intersection(w.text)]
        self._acts = _Weighted(rng, acts)
        opened = Counter(word.text[0] for word in ordinary)
        doubtful = {c for c, w in words.surnames.items() if w < _DOUBTFUL and opened[c] >= _OPENS}
        self._doubtful = tuple(sorted(doubtful)) or ("",)

    def phrase(self) -> str:
        """A word, or a character that is a surname too and a word: 万望, 曾约定."""
        draw = self._rng.random()
        if draw < 0.6:
            return self._opened.word()
        return self._every.word() if draw < 0.88 else self._stated()

    def _stated(self) -> str:
        return self._rng.choice(self._doubtful) + self._acts.word()

    def amount(self) -> str:
        """A number in characters and what it counts: 七万八千元, 上百斤."""
        choose = self._rng.choice
        told = choose(_NUMERALS) + choose(_SCALES)
        if self._rng.random() < 0.5:
            told += choose(_NUMERALS) + choose(_SCALES)
        return choose(("", "", "", "上", "近", "共", "约")) + told + choose(_UNITS)


class _Weighted:
    """Draws words, each as often as the root of its count."""

    def __init__(self, rng: Random, words: Sequence[Word]) -> None:
        self._rng = rng
        self._words = tuple(word.text for word in words) or ("",)
        self._weights = tuple(accumulate(word.seen**0.5 for word in words)) or (1.0,)

    def word(self) -> str:
        return self._rng.choices(self._words, cum_weights=self._weights)[0]
