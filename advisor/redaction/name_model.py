"""A small trained model that reads names 姓名: at a surname, how long is the name that begins here.

A window of characters around the surname, as learned vectors, and how firmly each two neighbours
hold together in ordinary text go through one hidden layer. The weights are data
(``corpus/data/redaction/names.npz``), made by ``advisor-eval redaction-train``.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from advisor.redaction.alphabet import FIRST_PLANE, LEFT, RIGHT, Alphabet, Ids, alphabet
from advisor.redaction.lexicon import FOLDER, lexicon
from corpus.errors import KnowledgeError

Floats = NDArray[np.float32]

LENGTHS = (0, 2, 3, 4)
"""What the model chooses from: no name, or a name of so many characters."""

WORD = 0xC0
"""The least code of firmness of two neighbours in a word that a dictionary knows."""


class Reading(NamedTuple):
    """A name that may begin at ``start``; ``score`` is its log-odds against no name."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned. ``W`` characters wide windows, ``D`` numbers a character, ``H`` hidden.

    Args:
        vectors: (ids, D).
        firmness: (ids * ids,) codes of how firmly a pair holds together.
        levels: (256, 2) what a code stands for.
        hidden: (W * D + (W - 1) * 2, H); ``hidden_bias``: (H,).
        output: (H, len(LENGTHS)); ``output_bias``: (len(LENGTHS),).
        screen: (WIDTH * ids + (WIDTH - 1) * 256,): a first look, the sum of what each character and
            pair at its place says; what it turns away, below zero, is not looked at again.
    """

    vectors: Floats
    firmness: NDArray[np.uint8]
    levels: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats
    screen: Floats


WIDTH = LEFT + RIGHT
_PLACES = np.arange(WIDTH) - LEFT


def windows(ids: Ids, openings: NDArray[np.intp]) -> Ids:
    """The characters around each opening, (openings, WIDTH)."""
    found: Ids = ids.take(openings[:, None] + _PLACES)
    return found


_CHARACTER_PLACE = np.arange(WIDTH)
_PAIR_PLACE = np.arange(WIDTH - 1) * 256


def rows(seen: Ids, weights: Weights) -> Ids:
    """The rows of these windows in a table by character, and by pair behind it."""
    size = len(weights.vectors)
    found = np.empty((len(seen), WIDTH + WIDTH - 1), dtype=np.intp)
    np.add(seen, _CHARACTER_PLACE * size, out=found[:, :WIDTH])
    pairs = weights.firmness.take(seen[:, :-1] * size + seen[:, 1:])
    np.add(pairs, _PAIR_PLACE + WIDTH * size, out=found[:, WIDTH:])
    return found


_AT = 2 * np.concatenate((_PLACES, _PLACES[:-1]))
_AT[WIDTH:] += 1
"""Where a window's characters and pairs stand beside its opening, pairs behind characters."""


def rows_at(ids: Ids, openings: NDArray[np.intp], weights: Weights) -> Ids:
    """``rows`` of the windows around these openings, each pair of the text looked up once."""
    lefts = ids[:-1] * len(weights.vectors)
    lefts += ids[1:]
    read = np.empty(2 * len(ids), dtype=np.intp)
    read[::2] = ids
    read[1:-1:2] = weights.firmness.take(lefts)
    found: Ids = read.take((2 * openings)[:, None] + _AT)
    found += _shifts(len(weights.vectors))
    return found


@cache
def _shifts(size: int) -> Ids:
    """Where the rows of each place in the window begin in a table of so many characters."""
    return np.concatenate((_CHARACTER_PLACE * size, _PAIR_PLACE + WIDTH * size))


def inputs(seen: Ids, weights: Weights) -> Floats:
    """What the hidden layer reads of these windows."""
    count = len(seen)
    firm = weights.firmness.take(seen[:, :-1] * len(weights.vectors) + seen[:, 1:])
    return np.concatenate(
        (
            weights.vectors.take(seen, axis=0).reshape(count, -1),
            weights.levels.take(firm, axis=0).reshape(count, -1),
        ),
        axis=1,
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """The hidden layer worked out beforehand for each character and each pair at each place.

    Adding rows is quicker than multiplying matrices for the few windows of one complaint, and
    takes no second core.

    Args:
        places: (WIDTH * ids + (WIDTH - 1) * 256, H); the surname's rows hold the bias too.
        against: (H, len(LENGTHS) - 1), and its bias: each length against no name.
        weights: what they were made of.
    """

    places: Floats
    against: Floats
    against_bias: Floats
    weights: Weights

    def odds(self, at: Ids) -> Floats:
        """Log-odds of each length against no name, (windows, len(LENGTHS) - 1)."""
        felt = np.add.reduce(self.places.take(at, axis=0), axis=1)
        np.maximum(felt, 0, out=felt)
        told: Floats = felt @ self.against
        told += self.against_bias
        return told


def tables(weights: Weights) -> Tables:
    """The tables of these weights."""
    depth = weights.vectors.shape[1]
    split = WIDTH * depth
    places = weights.hidden[:split].reshape(WIDTH, depth, -1)
    joints = weights.hidden[split:].reshape(WIDTH - 1, 2, -1)
    every = [weights.vectors @ place for place in places]
    every[LEFT] += weights.hidden_bias
    every += [weights.levels @ joint for joint in joints]
    output, bias = weights.output, weights.output_bias
    return Tables(
        np.concatenate(every).astype(np.float32),
        np.ascontiguousarray(output[:, 1:] - output[:, :1]),
        bias[1:] - bias[:1],
        weights,
    )


_LONGER = 1.0
"""How much likelier two characters must be than three: half a name masked is a name told."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """The alphabet and the weights that belong together."""

    letters: Alphabet
    tables: Tables

    def read(self, text: str, least: float) -> list[Reading]:
        """Every name likelier than ``least``, by where it begins; readings may overlap."""
        ids = self.letters.read(text)
        openings = self.letters.openings(ids)
        if not len(openings):
            return []
        at = rows_at(ids, openings, self.tables.weights)
        first = np.add.reduce(self.tables.weights.screen.take(at), axis=1)
        kept = (first > 0).nonzero()[0]
        if not len(kept):
            return []
        against = self.tables.odds(at.take(kept, axis=0)).tolist()
        found = []
        for start, odds in zip(openings.take(kept).tolist(), against, strict=True):
            best = max(odds)
            if best > least:
                begin, likely = start - LEFT, odds.index(best)
                likely += likely == 0 and odds[1] > best - _LONGER
                found.append(Reading(begin, begin + LENGTHS[likely + 1], best))
        return found

    def standing(self, text: str, start: int, stop: int, name: str) -> float:
        """How likely ``name`` is read as one were it said instead of ``text[start:stop]``.

        Tells whether a person is meant there when only part of the name is said: 如今建国不认账.

        Returns:
            Log-odds against no name; low where the model never reads one.
        """
        left = text[max(0, start - LEFT) : start]
        ids = self.letters.read(left + name + text[stop : stop + RIGHT])
        at = rows(windows(ids, np.array([LEFT + len(left)])), self.tables.weights)
        return float(self.tables.odds(at)[0][LENGTHS.index(len(name)) - 1])

    def joins(self, text: str, at: int) -> bool:
        """Whether the characters before and at ``at`` stand together in a known word: 委屈."""
        if not 0 < at < len(text):
            return False
        letters, weights = self.letters.table, self.tables.weights
        left, right = (min(ord(c), FIRST_PLANE) for c in text[at - 1 : at + 1])
        code = weights.firmness[letters[left] * len(weights.vectors) + letters[right]]
        return bool(code >= WORD)


_REALS = ("vectors", "levels", "hidden", "hidden_bias", "output", "output_bias", "screen")


def save(path: Path, characters: str, weights: Weights) -> None:
    """Write the alphabet and the weights: halves for reals, only the pairs that hold together."""
    held = (weights.firmness).nonzero()[0]
    np.savez_compressed(
        path,
        characters=np.array(characters),
        gaps=np.diff(held, prepend=0).astype(np.uint32),
        codes=weights.firmness[held],
        **{name: getattr(weights, name).astype(np.float16) for name in _REALS},
    )


@cache
def name_model(path: Path = FOLDER / "names.npz") -> NameModel:
    """The shipped model, read once.

    Raises:
        KnowledgeError: the file is absent or is no such model.
    """
    words = lexicon()
    try:
        with np.load(path, allow_pickle=False) as stored:
            letters = alphabet(str(stored["characters"]), words.openings, words.never)
            firmness = np.zeros(len(letters.surname) ** 2, dtype=np.uint8)
            firmness[np.cumsum(stored["gaps"])] = stored["codes"]
            reals = {name: stored[name].astype(np.float32) for name in _REALS}
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise KnowledgeError(f"{path.name}：不是姓名模型") from error
    return NameModel(letters, tables(Weights(firmness=firmness, **reals)))
