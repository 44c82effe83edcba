"""Words that say something, and words that say nothing: told apart by lists of our own.

A term is a pair of neighbouring Chinese characters within a clause, none of which is a character of
grammar, and which is not part of a general word (``hollow.yaml``). Pairs need no word splitter, so
two machines agree.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.yaml_records import read_yaml

_LISTS = Path(__file__).parent / "measures" / "hollow.yaml"
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
_BREAK = "\n"


@cache
def _list(name: str) -> tuple[str, ...]:
    found = read_yaml(_LISTS)
    words = found.get(name) if isinstance(found, dict) else None
    if not isinstance(words, list):
        raise ValueError(f"{_LISTS.name} has no list {name}")
    return tuple(sorted({str(word) for word in words}, key=lambda word: (-len(word), word)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _list(name))))


@cache
def _function() -> frozenset[str]:
    return frozenset("".join(_list("function")))


def without_stock(text: str) -> str:
    """The text with set phrases and general nouns of official prose as breaks."""
    return _pattern("stock").sub(_BREAK, text)


def terms(text: str) -> frozenset[str]:
    """The terms of a text."""
    bare = _NOT_HAN.sub(_BREAK, _pattern("general").sub(_BREAK, text))
    broken = "".join(_BREAK if char in _function() else char for char in bare)
    return frozenset(_pairs(broken.split(_BREAK)))


def _pairs(stretches: Iterable[str]) -> Iterable[str]:
    for one in stretches:
        yield from (one[at : at + 2] for at in range(len(one) - 1))
