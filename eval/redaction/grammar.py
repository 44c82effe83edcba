"""Complaints written by a grammar in one file: sets of wordings held out from development."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.knowledge import read_yaml
from eval.errors import DatasetInvalid
from eval.redaction.figures import typed

FOLDER = Path(__file__).parent / "wordings"
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?(?:@(\w))?\}|([#%])")
_GROUPS = {"phone": (3, 4), "id": (6, 8), "card": (4, 4, 4, 4)}
_ASIDES = (0, 0, 1, 2, 3)


class Grammar(BaseModel):
    """One file of wordings.

    Args:
        classes: the class of a slot: of particulars, or protected.
        typed: slots whose numbers are grouped, widened or broken as people type them.
        words: plain alternatives, parted by spaces; ``rules``: alternatives with slots in them.
        templates: complaints; ``asides``: sentences around them without particulars.

    A slot ``{name}`` or ``{name:rule}`` is filled anew each time; ``{name@1}`` says the same again
    in the whole complaint. ``#`` is a digit, ``%`` one that is not zero.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: Mapping[str, str]
    typed: tuple[str, ...]
    words: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]
    templates: tuple[str, ...]
    asides: tuple[str, ...]


class Piece(NamedTuple):
    """A stretch of text and its class, or none."""

    text: str
    cls: str


@cache
def grammar(name: str) -> Grammar:
    """The wordings of this name.

    Raises:
        DatasetInvalid: a field is absent or wrong.
    """
    path = FOLDER / f"{name}.yaml"
    try:
        return Grammar.model_validate(read_yaml(path))
    except ValidationError as error:
        raise DatasetInvalid(path, str(error.errors()[0]["loc"])) from error


class Writer:
    """Writes complaints after a grammar."""

    def __init__(self, rules: Grammar, rng: Random) -> None:
        self._rng = rng
        self._grammar = rules
        self._words = {name: tuple(every.split()) for name, every in rules.words.items()}
        self._said: dict[tuple[str, str], Sequence[Piece]] = {}

    def complaint(self) -> tuple[Piece, ...]:
        """A template filled, some asides around it, its punctuation now and then careless."""
        rng = self._rng
        self._said.clear()
        told = rng.sample(self._grammar.asides, rng.choice(_ASIDES))
        before = rng.randint(0, len(told))
        template = "".join((*told[:before], rng.choice(self._grammar.templates), *told[before:]))
        return self._fill(_careless(rng, template), "")

    def _fill(self, text: str, cls: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        at = 0
        for slot in _SLOT.finditer(text):
            pieces.append(Piece(text[at : slot.start()], cls))
            pieces += self._slot(slot, cls)
            at = slot.end()
        return _merged((*pieces, Piece(text[at:], cls)))

    def _slot(self, slot: re.Match[str], cls: str) -> Sequence[Piece]:
        rng = self._rng
        if slot[4]:
            return (Piece(rng.choice("0123456789" if slot[4] == "#" else "123456789"), cls),)
        if not slot[3]:
            return self._new(slot[1], slot[2] or slot[1], cls)
        key = slot[1], slot[3]
        if key not in self._said:
            self._said[key] = self._new(slot[1], slot[2] or slot[1], cls)
        return self._said[key]

    def _new(self, name: str, rule: str, cls: str) -> Sequence[Piece]:
        rng = self._rng
        told = cls or self._grammar.classes.get(name, "")
        if rule in self._words:
            return (Piece(rng.choice(self._words[rule]), told),)
        filled = self._fill(rng.choice(self._grammar.rules[rule]), told)
        if name not in self._grammar.typed:
            return filled
        return (Piece(typed(rng, "".join(p.text for p in filled), _GROUPS[name]), told),)


def _merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one class as one piece; empty ones left out."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].cls == piece.cls:
            merged[-1] = Piece(merged[-1].text + piece.text, piece.cls)
        elif piece.text:
            merged.append(piece)
    return tuple(merged)


def _careless(rng: Random, template: str) -> str:
    draw = rng.random()
    if draw < 0.08:
        return template.replace("，", ",").replace("。", ".").replace("：", ":")
    if draw < 0.14:
        return template.replace("，", " ").replace("。", "\n")
    if draw < 0.2:
        return template.replace("，", "").replace("：", "")
    return template
