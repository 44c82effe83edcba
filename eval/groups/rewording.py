"""Rules that tell a message anew: as another person would, later, with other words and slips.

Two sets of rules share no word and no rule: on ``development`` the threshold was chosen, on
``held_out`` the result is reported.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from opencc import OpenCC
from pydantic import BaseModel, ConfigDict

from eval.groups.material import Message

WORDS = Path(__file__).parent / "rewordings.yaml"
Half = Literal["development", "held_out"]

LEAST_KEPT = 0.35
"""Share of the length that stays: of thanks alone nobody could say which event they tell of."""

_SENTENCE = re.compile(r"(?<=[。！？!?；;\n])")
_CLAUSE = re.compile(r"(?<=[，,、：:])")
_FIGURE = re.compile(r"(?<!\d)\d(?!\d)")
_FIGURES = "零一二三四五六七八九"


class Words(BaseModel):
    """The words of one set of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    synonyms: tuple[tuple[str, str], ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    homophones: tuple[tuple[str, str], ...] = ()
    additions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Subject and sentences of a message being reworded."""

    subject: str
    sentences: tuple[str, ...]


Rule = Callable[[random.Random, Told, Words], Told]


@cache
def words_of(half: Half) -> Words:
    """The words of a half."""
    raw: Mapping[str, object] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return Words.model_validate(raw[half])


def reword(message: Message, half: Half, rng: random.Random) -> Message:
    """The message as another person tells it later, by three or four rules of this half."""
    told = _reworded(message, half, rng)
    while sum(map(len, told.sentences)) < LEAST_KEPT * len(message.text):
        told = _reworded(message, half, rng)
    return replace(
        message,
        subject=told.subject,
        text="".join(told.sentences),
        caller=f"P{rng.randrange(10**8):08d}",
        day=message.day + timedelta(days=rng.randrange(0, 30 if half == "development" else 90)),
        likes=0,
    )


def _reworded(message: Message, half: Half, rng: random.Random) -> Told:
    words, rules = words_of(half), RULES[half]
    told = Told(message.subject, tuple(s for s in _SENTENCE.split(message.text) if s.strip()))
    for rule in rng.sample(rules, k=rng.choice((3, 4))):
        told = rule(rng, told, words)
    return told


def _each(told: Told, change: Callable[[str], str]) -> Told:
    return Told(change(told.subject), tuple(map(change, told.sentences)))


def _synonyms(rng: random.Random, told: Told, words: Words) -> Told:
    def change(text: str) -> str:
        for one, other in words.synonyms:
            text = text.replace(one, other)
        return text

    return _each(told, change)


def _other_order(rng: random.Random, told: Told, words: Words) -> Told:
    sentences = list(told.sentences)
    rng.shuffle(sentences)
    return replace(told, sentences=tuple(sentences))


def _shorter(rng: random.Random, told: Told, words: Words) -> Told:
    """Up to a third of the sentences left out."""
    kept = [s for s in told.sentences if rng.random() > 0.3]
    return replace(told, sentences=tuple(kept or told.sentences[:1]))


def _framed(rng: random.Random, told: Told, words: Words) -> Told:
    middle = told.sentences
    return replace(
        told, sentences=(rng.choice(words.openings), *middle, rng.choice(words.closings))
    )


def _slips(rng: random.Random, told: Told, words: Words) -> Told:
    """One in three of the characters with a homophone written wrongly."""
    wrong = {a: b for pair in words.homophones for a, b in (pair, pair[::-1])}
    return _each(
        told, lambda t: "".join(wrong[c] if c in wrong and rng.random() < 1 / 3 else c for c in t)
    )


def _subject_of_the_text(rng: random.Random, told: Told, words: Words) -> Told:
    """The first words of the text as its subject, as a form without a subject field gives it."""
    return replace(told, subject="".join(told.sentences).strip()[: rng.randrange(8, 24)])


def _clauses_moved(rng: random.Random, told: Told, words: Words) -> Told:
    def change(text: str) -> str:
        clauses = _CLAUSE.split(text)
        rng.shuffle(clauses)
        return "".join(clauses)

    return replace(told, sentences=tuple(map(change, told.sentences)))


def _summarised(rng: random.Random, told: Told, words: Words) -> Told:
    """About half of the sentences, in their order; at least two where there are two."""
    room = max(2, round(len(told.sentences) * rng.uniform(0.4, 0.6)))
    kept = sorted(rng.sample(range(len(told.sentences)), k=min(room, len(told.sentences))))
    return replace(told, sentences=tuple(told.sentences[place] for place in kept))


def _more_told(rng: random.Random, told: Told, words: Words) -> Told:
    sentences = list(told.sentences)
    for addition in rng.sample(words.additions, k=rng.choice((2, 3))):
        sentences.insert(rng.randrange(len(sentences) + 1), addition)
    return replace(told, sentences=tuple(sentences))


def _traditional(rng: random.Random, told: Told, words: Words) -> Told:
    return _each(told, _to_traditional().convert)


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def _dictated(rng: random.Random, told: Told, words: Words) -> Told:
    """As a telephone's dictation writes it: no stops, single figures as words."""

    def change(text: str) -> str:
        worded = _FIGURE.sub(lambda found: _FIGURES[int(found[0])], text)
        return re.sub(r"[，。！？、；：,!?;]", "", worded)

    return replace(told, sentences=tuple(map(change, told.sentences)))


def _letters_lost(rng: random.Random, told: Told, words: Words) -> Told:
    """Three in a hundred characters left out, two in a hundred changed for their neighbour."""

    def change(text: str) -> str:
        letters = [c for c in text if rng.random() >= 0.03]
        for place in range(len(letters) - 1):
            if rng.random() < 0.02:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
        return "".join(letters)

    return _each(told, change)


def _subject_lost(rng: random.Random, told: Told, words: Words) -> Told:
    return replace(told, subject=rng.choice(words.subjects))


RULES: Mapping[Half, Sequence[Rule]] = {
    "development": (
        _synonyms, _other_order, _shorter, _framed, _slips, _subject_of_the_text,
    ),
    "held_out": (
        _synonyms, _framed, _clauses_moved, _summarised, _more_told, _traditional, _dictated,
        _letters_lost, _subject_lost,
    ),
}  # fmt: skip
"""Synonyms and frames are rules of both halves, with other words in each."""
