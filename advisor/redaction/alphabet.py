"""The alphabet of the name model: characters as small numbers, by kind where not listed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.redaction.script import simplified

Ids = NDArray[np.intp]

LEFT, RIGHT = 4, 6
"""Characters seen before the surname, and from the surname on."""

FIRST_PLANE = 0x10000
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
    table = np.full(FIRST_PLANE + 1, SIGN, dtype=np.intp)
    table[0x3400:0x4DC0] = table[0x4E00:0xA000] = table[FIRST_PLANE] = RARE
    table[list(_DIGITS)] = DIGIT
    table[list(_LETTERS)] = LETTER
    table[[0x0A, 0x0D]] = BREAK
    table[0] = NOTHING
    for at, character in enumerate(characters, _NOT_HAN):
        table[ord(character)] = at
    table[[ord(c) for c in "\t \u3000|;；"]] = SIGN
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    for old, new in zip(every, simplified(every), strict=True):
        table[ord(old)] = table[min(ord(new), FIRST_PLANE)]
    size = _NOT_HAN + len(characters)
    surname, given = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    surname[[int(table[ord(c)]) for c in surnames]] = True
    surname[RARE] = False
    given[RARE] = True
    given[[int(table[ord(c)]) for c in characters if "\u3400" <= c <= "\u9fff"]] = True
    given[[int(table[ord(c)]) for c in never]] = False
    return Alphabet(table, surname, given)
