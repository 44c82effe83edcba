"""Fitting the name model: plain gradient descent (Adam, Kingma and Ba 2015) in numpy."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from advisor.redaction.alphabet import LEFT, RARE, RIGHT, Alphabet, Ids
from advisor.redaction.lexicon import lexicon
from advisor.redaction.name_model import (
    LENGTHS,
    WIDTH,
    WORD,
    Floats,
    Weights,
    inputs,
    rows,
    windows,
)
from eval.redaction.training.rewriting import Told

_DEPTH, _HIDDEN = 24, 96
_BATCH = 256
_SEEN = 2
"""How often a pair must be seen to count."""

_WORD = 0xE6
"""The code of a pair known to be a word."""

_GAP = "\0" * max(LEFT, RIGHT)
_RATE = 2e-3
_FORGOTTEN = (0.3, 0.3, 0.2, 0.1, 0.02, 0.02, 0.03, 0.05, 0.15, 0.25)
_BLIND = 0.05
"""Shares hidden while the model learns, so that it leans on none: of the characters at each place,
and of all before or all behind the name."""

_TRUSTING, _DOUBT, _USUAL = 1, 0.3, 2.5
"""Rounds in which every lesson is believed; how unlikely it must be that a usual surname begins no
name for a lesson that says so to be left out; the least weight of such a surname."""


class Lessons(NamedTuple):
    """Windows and which of ``LENGTHS`` is right for each."""

    seen: Ids
    right: NDArray[np.int64]


def lessons(told: Iterable[Told], letters: Alphabet) -> Lessons:
    """Every opening of these texts."""
    text, starts, at = [], {}, 0
    for one in told:
        for start, end in one.people:
            starts[at + start] = end - start
        text.append(one.text)
        at += len(one.text) + len(_GAP)
    ids = letters.read(_GAP.join(text))
    openings = letters.openings(ids)
    class_of = {length: number for number, length in enumerate(LENGTHS)}
    right = np.array(
        [class_of.get(starts.get(int(place) - LEFT, 0), -1) for place in openings], dtype=np.int64
    )
    kept = right >= 0
    return Lessons(windows(ids, openings)[kept], right[kept])


def firmness(
    texts: Iterable[str],
    letters: Alphabet,
    words: Iterable[str],
    told: Mapping[str, int] = MappingProxyType({}),
) -> NDArray[np.uint8]:
    """How firmly pairs hold together: pointwise mutual information above, frequency below.

    Args:
        texts: ordinary text.
        letters: the alphabet.
        words: pairs known to be words, which hold firmly.
        told: pairs that stand in a dictionary's words, and how often; they hold nearly so firmly.
    """
    ids = np.concatenate([letters.read(text) for text in texts])
    single = np.bincount(ids, minlength=len(letters.surname)).astype(np.float64)
    size = len(letters.surname)
    pairs, counts = np.unique(ids[:-1].astype(np.int64) * size + ids[1:], return_counts=True)
    pairs, counts = pairs[counts >= _SEEN], counts[counts >= _SEEN]
    together = np.log((counts - 1.0) * len(ids) / single[pairs // size] / single[pairs % size])
    high = np.clip(np.round(together * 1.5 + 4), 0, 15).astype(np.uint8)
    low = np.clip(np.log2(counts), 1, 15).astype(np.uint8)
    table = np.zeros(size * size, dtype=np.uint8)
    table[pairs] = high << 4 | low
    for pair, count in told.items():
        at = letters.table[ord(pair[0])] * size + letters.table[ord(pair[1])]
        table[at] = max(table[at], WORD | min(15, 1 + int(np.log2(count))))
    known = [letters.table[ord(w[0])] * size + letters.table[ord(w[1])] for w in words]
    table[known] = np.maximum(table[known], _WORD)
    return table


def frequent(texts: Iterable[str], least: int, always: str) -> str:
    """Chinese characters and signs seen at least so often, and those that must be known."""
    counts = Counter[str]()
    for text in texts:
        counts.update(text)
    known = {c for c, count in counts.items() if count >= least} | set(always)
    plain = {c for c in known if not c.isascii() or not (c.isalnum() or c.isspace())}
    return "".join(
        sorted(c for c in plain if ord(c) < 0x10000 and not "０" <= c <= "ｚ" and c != "\0")
    )


def levels() -> Floats:
    """What each code of firmness stands for: the information and the frequency, about unit size."""
    codes = np.arange(256)
    return np.stack([((codes >> 4) - 4) / 5 * (codes > 0), (codes & 15) / 7], 1).astype(np.float32)


class Fit:
    """A model while it learns."""

    def __init__(self, letters: Alphabet, firm: NDArray[np.uint8], seed: int) -> None:
        self._random = np.random.default_rng(seed)
        wide = WIDTH * _DEPTH + (WIDTH - 1) * 2
        self._learned = {
            "vectors": self._drawn((len(letters.surname), _DEPTH), 0.05),
            "hidden": self._drawn((wide, _HIDDEN), (1 / wide) ** 0.5),
            "hidden_bias": np.zeros(_HIDDEN, dtype=np.float32),
            "output": self._drawn((_HIDDEN, len(LENGTHS)), (1 / _HIDDEN) ** 0.5),
            "output_bias": np.zeros(len(LENGTHS), dtype=np.float32),
        }
        size = len(letters.surname)
        self._firmness = firm
        self._fixed = {
            "levels": levels(),
            "screen": np.ones(WIDTH * size + (WIDTH - 1) * 256, dtype=np.float32),
        }
        self._first = {name: np.zeros_like(value) for name, value in self._learned.items()}
        self._second = {name: np.zeros_like(value) for name, value in self._learned.items()}
        self._steps = self._rounds = 0
        self._usual = np.zeros(len(letters.surname), dtype=np.bool_)
        usual = [c for c, weight in lexicon().surnames.items() if weight >= _USUAL]
        self._usual[[int(letters.table[ord(c)]) for c in usual]] = True
        self._usual[RARE] = False

    def weights(self) -> Weights:
        """The model as it is now."""
        return Weights(firmness=self._firmness, **self._fixed, **self._learned)

    def learn(self, given: Lessons, rate: float) -> float:
        """Go through the lessons once, in random order; gives the mean loss."""
        order = self._random.permutation(len(given.right))
        self._rounds += 1
        losses = [self._step(given.seen[part], given.right[part], rate) for part in _parts(order)]
        return float(np.mean(losses))

    def _step(self, seen: Ids, right: NDArray[np.int64], rate: float) -> float:
        weights = self.weights()
        read = inputs(seen, weights)
        forgotten = self._forgotten(seen.shape)
        told_of = seen[:, LEFT]
        seen = np.where(forgotten, RARE, seen).astype(np.intp)
        read[:, : WIDTH * _DEPTH] = weights.vectors.take(seen, axis=0).reshape(len(seen), -1)
        felt = np.maximum(read @ weights.hidden + weights.hidden_bias, 0)
        told = felt @ weights.output + weights.output_bias
        told -= told.max(1, keepdims=True)
        odds = np.exp(told)
        odds /= odds.sum(1, keepdims=True)
        count, unnamed = len(right), odds[:, 0].copy()
        loss = -np.log(odds[np.arange(count), right] + 1e-9).mean()
        wrong = odds
        wrong[np.arange(count), right] -= 1
        wrong[self._doubtful(told_of, right, unnamed)] = 0
        wrong /= count
        back = (wrong @ weights.output.T) * (felt > 0)
        towards = (back @ weights.hidden.T)[:, : WIDTH * _DEPTH].reshape(-1, _DEPTH)
        vectors = np.zeros_like(weights.vectors)
        np.add.at(vectors, seen.ravel(), towards)
        self._move(
            {
                "vectors": vectors,
                "hidden": read.T @ back,
                "hidden_bias": back.sum(0),
                "output": felt.T @ wrong,
                "output_bias": wrong.sum(0),
            },
            rate,
        )
        return float(loss)

    def _doubtful(
        self, surnames: Ids, right: NDArray[np.int64], unnamed: Floats
    ) -> NDArray[np.bool_]:
        """What is said to be no name and is likelier one.

        Background texts hold true names that nobody marked. The model learns the many invented ones
        before it could learn those by heart, so after a first round it is believed instead.
        """
        if self._rounds <= _TRUSTING:
            return np.zeros(len(right), dtype=np.bool_)
        found: NDArray[np.bool_] = (right == 0) & self._usual[surnames] & (unnamed < _DOUBT)
        return found

    def _forgotten(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """Single characters, and now and then all before or all behind the name."""
        drawn = self._random.random
        forgotten: NDArray[np.bool_] = drawn(shape) < _FORGOTTEN
        forgotten[:, :LEFT] |= drawn((shape[0], 1)) < _BLIND
        forgotten[:, LEFT + 3 :] |= drawn((shape[0], 1)) < _BLIND
        return forgotten

    def _move(self, slopes: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        for name, slope in slopes.items():
            first, second = self._first[name], self._second[name]
            first += 0.1 * (slope - first)
            second += 0.01 * (slope * slope - second)
            mean = first / (1 - 0.9**self._steps)
            spread = np.sqrt(second / (1 - 0.99**self._steps)) + 1e-8
            self._learned[name] -= rate * (mean / spread + 0.002 * self._learned[name])

    def _drawn(self, shape: tuple[int, ...], spread: float) -> Floats:
        drawn: Floats = (self._random.standard_normal(shape) * spread).astype(np.float32)
        return drawn


def _parts(order: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    return (order[at : at + _BATCH] for at in range(0, len(order), _BATCH))


_KEPT = 0.9995
"""Share of the names that the first look lets through."""


def screened(given: Lessons, weights: Weights) -> Weights:
    """The weights with a first look fitted to the lessons: logistic regression, AdaGrad."""
    screen = np.zeros_like(weights.screen)
    spread = np.full_like(screen, 1e-6)
    at = rows(given.seen, weights)
    named = (given.right > 0).astype(np.float32)
    for part in _parts(np.arange(len(named))):
        told = screen[at[part]].sum(1)
        _nudge(screen, spread, at[part], 1 / (1 + np.exp(-told)) - named[part])
    told = screen[at].sum(1)
    least = float(np.quantile(told[named > 0], 1 - _KEPT))
    screen[: WIDTH * len(weights.vectors)] -= least / WIDTH
    return replace(weights, screen=screen)


def _nudge(table: Floats, spread: Floats, at: Ids, wrong: Floats) -> None:
    """One step of AdaGrad on the rows of a table."""
    slope = np.bincount(at.ravel(), np.repeat(wrong, at.shape[1]), minlength=len(table))
    spread += slope * slope
    table -= 0.1 * slope / np.sqrt(spread)
