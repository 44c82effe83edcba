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

from advisor.redaction.lexicon import FOLDER, lexicon
from advisor.redaction.script import simplified
from corpus.errors import KnowledgeError

Ids = NDArray[np.intp]
Floats = NDArray[np.float32]

LEFT, RIGHT = 4, 6
"""Characters seen before the surname, and from the surname on."""

LENGTHS = (0, 2, 3, 4)
"""What the model chooses from: no name, or a name of so many characters."""

_FIRST_PLANE = 0x10000
NOTHING, BREAK, DIGIT, LETTER, RARE, SIGN = range(6)
"""Ids of what is no listed character: outside the text, a line's end, 8, A, a Chinese character
that is not listed, any other sign."""

_NOT_HAN = 6
_DIGITS = (*range(0x30, 0x3A), *range(0xFF10, 0xFF1A))
_LETTERS = (
    *range(0x41, 0x5B),
    *range(0x61, 0x7B),
    *range(0xFF21, 0xFF3B),
    *range(0xFF41, 0xFF5B),
)


class Reading(NamedTuple):
    """A name that may begin at ``start``; ``score`` is its log-odds against no name."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Characters as ids: ``table`` by code point, ``surname`` and ``given`` by id."""

    table: Ids
    surname: NDArray[np.bool_]
    given: NDArray[np.bool_]

    def read(self, text: str) -> Ids:
        """The ids of a text, with room for a window before and behind."""
        padded = "\0" * LEFT + text + "\0" * RIGHT
        codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ids: Ids = self.table.take(codes, mode="clip")
        return ids

    def openings(self, ids: Ids) -> NDArray[np.intp]:
        """Where, in padded ids, a surname stands before a character that names may hold."""
        return (self.surname.take(ids[:-1]) & self.given.take(ids[1:])).nonzero()[0]


def alphabet(characters: str, surnames: str, never: str) -> Alphabet:
    """The alphabet of these characters; those not listed share an id by their kind."""
    table = np.full(_FIRST_PLANE + 1, SIGN, dtype=np.intp)
    table[0x3400:0x4DC0] = table[0x4E00:0xA000] = table[_FIRST_PLANE] = RARE
    table[list(_DIGITS)] = DIGIT
    table[list(_LETTERS)] = LETTER
    table[[0x0A, 0x0D]] = BREAK
    table[0] = NOTHING
    for at, character in enumerate(characters, _NOT_HAN):
        table[ord(character)] = at
    table[[ord(c) for c in "\t \u3000|;；"]] = SIGN
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    for old, new in zip(every, simplified(every), strict=True):
        table[ord(old)] = table[min(ord(new), _FIRST_PLANE)]
    size = _NOT_HAN + len(characters)
    surname, given = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    surname[[int(table[ord(c)]) for c in surnames]] = True
    surname[RARE] = False
    given[RARE] = True
    given[[int(table[ord(c)]) for c in characters if c >= "\u3400"]] = True
    given[[int(table[ord(c)]) for c in never]] = False
    given[int(table[ord("，")])] = False
    return Alphabet(table, surname, given)


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


def rows_at(ids: Ids, openings: NDArray[np.intp], weights: Weights) -> Ids:
    """``rows`` of the windows around these openings, each pair of the text looked up once."""
    size = len(weights.vectors)
    lefts = ids[:-1] * size
    lefts += ids[1:]
    read = np.concatenate((ids, weights.firmness.take(lefts)), dtype=np.intp)
    reach = np.concatenate((_PLACES, _PLACES[:-1] + len(ids)))
    found: Ids = read.take(openings[:, None] + reach)
    found += np.concatenate((_CHARACTER_PLACE * size, _PAIR_PLACE + WIDTH * size))
    return found


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
        places: (WIDTH * ids + (WIDTH - 1) * 256, H).
        weights: what they were made of.
    """

    places: Floats
    weights: Weights

    def odds(self, at: Ids) -> Floats:
        """Log-odds of each length against no name, (windows, len(LENGTHS) - 1)."""
        weights = self.weights
        felt = np.add.reduce(self.places.take(at, axis=0), axis=1)
        felt += weights.hidden_bias
        np.maximum(felt, 0, out=felt)
        told = felt @ weights.output + weights.output_bias
        against: Floats = told[:, 1:] - told[:, :1]
        return against


def tables(weights: Weights) -> Tables:
    """The tables of these weights."""
    depth = weights.vectors.shape[1]
    split = WIDTH * depth
    places = weights.hidden[:split].reshape(WIDTH, depth, -1)
    joints = weights.hidden[split:].reshape(WIDTH - 1, 2, -1)
    every = [weights.vectors @ place for place in places]
    every += [weights.levels @ joint for joint in joints]
    return Tables(np.concatenate(every).astype(np.float32), weights)


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
                begin = start - LEFT
                found.append(Reading(begin, begin + LENGTHS[odds.index(best) + 1], best))
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
