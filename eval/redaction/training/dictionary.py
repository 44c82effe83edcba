"""Ordinary words of a general dictionary: what begins like a name and is none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from eval.errors import RivalAbsent

_LIBRARY = "jieba"
"""Its dictionary (MIT) gives 349,046 words, how often each was seen, and its part of speech."""

_PEOPLE = ("nr", "nrt", "nrfg")
_LONGEST = 4


class Word(NamedTuple):
    """A word and how often it was seen."""

    text: str
    seen: int


def ordinary_words() -> tuple[Word, ...]:
    """Words of two to four Chinese characters that the dictionary calls no person.

    Raises:
        RivalAbsent: the library is not installed.
    """
    found = find_spec(_LIBRARY)
    if found is None or found.origin is None:
        raise RivalAbsent(_LIBRARY)
    return read_words(Path(found.origin).with_name("dict.txt"))


def read_words(path: Path) -> tuple[Word, ...]:
    """The words of a dictionary file: a word, a count and a part of speech in each line."""
    read = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            text, count, kind = line.split()
            if kind not in _PEOPLE and 1 < len(text) <= _LONGEST and _is_chinese(text):
                read.append(Word(text, int(count)))
    return tuple(sorted(read))


def pairs(words: Iterable[Word]) -> Counter[str]:
    """How often each two neighbours stand in these words."""
    counts = Counter[str]()
    for word in words:
        for pair in pairwise(word.text):
            counts["".join(pair)] += word.seen
    return counts


def opened_by(words: Sequence[Word], letters: str) -> tuple[Word, ...]:
    """The words that begin with one of these characters."""
    heads = frozenset(letters)
    return tuple(word for word in words if word.text[0] in heads)


def _is_chinese(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in text)
