"""The lists names are recognised with, read from ``corpus/data/redaction``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import KnowledgeError
from corpus.knowledge import DATA, read_yaml

FOLDER = DATA / "redaction"

_Read = TypeVar("_Read")


class Characters(BaseModel):
    """``names.yaml``: characters of surnames and given names, as strings of characters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    likely: str
    fair: str
    ambiguous: str
    compound: tuple[str, ...]
    given: str
    maybe: str
    plain: str
    never: str


class Context(BaseModel):
    """``context.yaml``: what stands before and after names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: frozenset[str]
    roles: frozenset[str]
    kin: frozenset[str]
    leads: str
    weak_leads: str
    lead_words: frozenset[str]
    acts: frozenset[str]
    trails: str
    titles: tuple[str, ...]
    short_titles: str
    proofs: tuple[str, ...]
    places: tuple[str, ...]
    trades: tuple[str, ...]
    not_places: frozenset[str]
    known: frozenset[str]
    public: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything read, in the shapes the recogniser looks things up in.

    Args:
        surnames: weight of each one-character surname.
        compound: surnames of two characters.
        given: weight of a character as part of a given name; a character that is not listed is
            rare, and rare characters are taken for names.
        words: pairs of characters that are words.
        context: what stands around names; ``title_heads``: what its titles begin with.
        openings: every character that opens a surname; ``never``: those no name holds.
    """

    surnames: dict[str, float]
    compound: frozenset[str]
    given: dict[str, float]
    words: frozenset[str]
    context: Context
    title_heads: frozenset[str]
    openings: str
    never: str


def one_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first.

    What none of them begins with is turned away by one look at its first character.
    """
    longest = sorted(words, key=len, reverse=True)
    heads = "".join(sorted({word[0] for word in longest}))
    return f"(?=[{re.escape(heads)}])(?:{'|'.join(map(re.escape, longest))})"


@cache
def lexicon() -> Lexicon:
    """The shipped lists, read once.

    Raises:
        KnowledgeError: a list is absent, not YAML, or has a wrong field.
    """
    characters = _read(FOLDER / "names.yaml", TypeAdapter(Characters))
    words = _read(FOLDER / "words.yaml", TypeAdapter(dict[str, str]))
    context = _read(FOLDER / "context.yaml", TypeAdapter(Context))
    surnames = dict.fromkeys(characters.ambiguous, 0.5)
    surnames |= dict.fromkeys(characters.fair, 2.5)
    surnames |= dict.fromkeys(characters.likely, 3.0)
    given = dict.fromkeys(characters.plain, -3.0)
    given |= dict.fromkeys(characters.maybe, 0.0)
    given |= dict.fromkeys(characters.given, 1.5)
    given |= dict.fromkeys(characters.never, -20.0)
    return Lexicon(
        surnames=surnames,
        compound=frozenset(characters.compound),
        given=given,
        words=frozenset(head + tail for head, tails in words.items() for tail in tails),
        context=context,
        title_heads=frozenset(title[0] for title in context.titles),
        openings="".join(sorted({*surnames, *(name[0] for name in characters.compound)})),
        never=characters.never,
    )


def _read(path: Path, adapter: TypeAdapter[_Read]) -> _Read:
    try:
        return adapter.validate_python(read_yaml(path))
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise KnowledgeError(f"{path.name}：{place}：{fault['msg']}") from error
