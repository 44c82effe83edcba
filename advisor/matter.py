"""Matter recognition 事项识别: which playbook a story belongs to, or an honest abstention.

A story is compared sentence by sentence with the ways people tell each matter (phrasings), as a
whole with each playbook's vocabulary, by its cues, and by the words that all our knowledge uses of
each matter; the scores are mixed. Lay stories are long and one sentence decides, so the best
sentences count, not the average.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from advisor.bigrams import Floats, Likeness, inverse_frequencies, vector
from advisor.matter_words import MatterWords, further_tellings, own_tellings
from advisor.model import Matter, MatterChoice
from advisor.sentences import mentions, split_sentences
from corpus.knowledge import Knowledge
from corpus.model import Playbook

UNKNOWN_NAME = "暂未识别的事项"

_SENTENCE_WEIGHTS = (1.0, 0.5, 0.25)
_MIX_PHRASING = 0.40
_MIX_WHOLE = 0.40
_MIX_CUES = 0.20
_MIX_WORDS = 0.035
_LONE_CUE = 0.2
_ALIKE_ENOUGH = 0.2
"""Words alone, in a text unlike the matter (田埂 in a poem), count a fifth at most."""
_ANTI_CUE_PENALTY = 0.12
_OPENING = 60
_CUE_SCALE = 1.5
_ABSTAIN_BELOW = 0.55
"""Of the development messages beyond all matters three of five are left open here, four of five at
0.60, which also leaves open 4 % more of those that are clear."""
_ALTERNATIVES = 3
_REMEMBERED = 32
"""So many last texts: a complaint is scored for its matter, and again for its articles."""
_CONFIDENCE = (-1.5, 3.65, 2.2)
"""Constant, weight of the score and of its lead: logistic regression of "the best is right" on the
development messages (``advisor-eval triage``); checked on messages labelled apart."""
_WORTH_NAMING = 0.15


@dataclass(frozen=True)
class Scored:
    """One playbook with its parts of the score, each 0 to about 1."""

    playbook: Playbook
    phrasing: float
    whole: float
    cues: float
    anti: int
    words: float = 0.0

    @cached_property
    def total(self) -> float:
        """The mixed score; about 0.2 is weak, 0.5 strong."""
        alike = self.phrasing + self.whole
        trusted = min(1.0, _LONE_CUE + alike / _ALIKE_ENOUGH)
        words = (_MIX_CUES * self.cues + _MIX_WORDS * self.words) * trusted
        likeness = _MIX_PHRASING * self.phrasing + _MIX_WHOLE * self.whole
        return likeness + words - _ANTI_CUE_PENALTY * self.anti


_NOTHING_MORE: Mapping[str, Sequence[str]] = {}


class _Words:
    """The words of many playbooks; for a text those that may stand in it, by their beginnings."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self._words = tuple(tuple(one) for one in words)
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for book, own in enumerate(self._words):
            for at, word in enumerate(own):
                self._places[word[:2]].append((book, at))

    def standing_in(self, text: str) -> Mapping[int, tuple[str, ...]]:
        """Playbook's place to those of its words that stand in the text and are not denied."""
        beginnings = {text[i : i + 2] for i in range(len(text) - 1)} | set(text)
        near = sorted(p for one in beginnings & self._places.keys() for p in self._places[one])
        found: dict[int, list[str]] = defaultdict(list)
        for book, at in near:
            found[book].append(self._words[book][at])
        return {book: mentions(text, words) for book, words in found.items()}


class MatterRecognizer:
    """Recognises matters by the knowledge of the playbooks it was built from; immutable."""

    def __init__(
        self, playbooks: Sequence[Playbook], further: Mapping[str, Sequence[str]] = _NOTHING_MORE
    ) -> None:
        """``further``: by a playbook's id, what else is told of its matter."""
        self._playbooks = tuple(playbooks)
        self._vocabulary = MatterWords(
            [(*own_tellings(b), *further.get(b.id, ())) for b in playbooks]
        )
        told = [_ways_of_telling(book) for book in playbooks]
        self._idf = inverse_frequencies(p for ways in told for p in ways)
        self._phrasings = Likeness([vector(p, self._idf) for ways in told for p in ways])
        self._firsts = np.cumsum([0, *map(len, told)])[:-1].astype(np.intp)
        self._wholes = Likeness([vector(" ".join(ways), self._idf) for ways in told])
        self._cues = _Words([book.cues for book in playbooks])
        self._anti_cues = _Words([book.anti_cues for book in playbooks])
        cue_owners = Counter(c for b in playbooks for c in set(b.cues))
        self._cue_weight = {c: 1.0 / n for c, n in cue_owners.items()}
        self._remembered = lru_cache(_REMEMBERED)(self._score)

    @classmethod
    def of(cls, knowledge: Knowledge) -> "MatterRecognizer":
        """A recogniser that has learned from the whole pack: gists and cases too."""
        return cls(knowledge.playbooks, further_tellings(knowledge))

    def score(self, text: str) -> tuple[Scored, ...]:
        """Every playbook with its score for this text, best first; ties by id."""
        return self._remembered(text)

    def _score(self, text: str) -> tuple[Scored, ...]:
        if not self._playbooks:
            return ()
        phrasing = self._phrasing_scores(text)
        whole = self._wholes.of(vector(text, self._idf))
        words = self._vocabulary.speak_for(text)
        cues, anti = self._cues.standing_in(text), self._anti_cues.standing_in(text)
        scored = [
            Scored(
                playbook=book,
                phrasing=min(1.0, float(phrasing[n])),
                whole=min(1.0, 2.0 * float(whole[n])),
                cues=self._cue_score(text, cues.get(n, ())),
                anti=len(anti.get(n, ())),
                words=float(words[n]),
            )
            for n, book in enumerate(self._playbooks)
        ]
        return tuple(sorted(scored, key=lambda s: (-s.total, s.playbook.id)))

    def _phrasing_scores(self, text: str) -> Floats:
        """For each playbook the weighted sum of its best-matching sentences."""
        similar = [
            np.maximum.reduceat(self._phrasings.of(vector(sentence, self._idf)), self._firsts)
            for sentence in split_sentences(text) or (text,)
        ]
        best = -np.sort(-np.stack(similar), axis=0)[: len(_SENTENCE_WEIGHTS)]
        weights = np.array(_SENTENCE_WEIGHTS[: len(best)])
        scores: Floats = weights @ best
        return scores

    def _cue_score(self, text: str, cues: Sequence[str]) -> float:
        """Saturating sum of the cues found; in the opening, where people name it, twice.

        A long text meets any word by chance, so what is found is divided by the length's excess.
        """
        opening = text[:_OPENING]
        found = sum(self._cue_weight[c] * (2.0 if c in opening else 1.0) for c in cues)
        chance = max(1.0, math.log2(len(text) / _OPENING)) if len(text) > _OPENING else 1.0
        return 1.0 - math.exp(-found / (_CUE_SCALE * chance))

    def recognise(self, text: str) -> Matter:
        """The matter of a complaint, with alternatives; abstains when nothing fits well enough."""
        ranked = self.score(text)
        if not ranked:
            return Matter(type=None, name=UNKNOWN_NAME, confidence=0.0, abstained=True)
        choices = tuple(
            MatterChoice(type=s.playbook.id, name=s.playbook.name, confidence=confidence(s, ranked))
            for s in ranked[: _ALTERNATIVES + 1]
        )
        best = choices[0]
        if best.confidence < _ABSTAIN_BELOW:
            return Matter(
                type=None,
                name=UNKNOWN_NAME,
                confidence=best.confidence,
                alternatives=tuple(
                    c for c in choices[:_ALTERNATIVES] if c.confidence >= _WORTH_NAMING
                ),
                abstained=True,
            )
        return Matter(
            type=best.type,
            name=best.name,
            confidence=best.confidence,
            alternatives=tuple(c for c in choices[1:] if c.confidence >= _WORTH_NAMING),
        )


def confidence(scored: Scored, ranked: Sequence[Scored]) -> float:
    """How sure we are of one playbook, 0 to 1: by its score and its lead over the best rival.

    ``ranked``: all playbooks, best first.
    """
    rival = next((s.total for s in ranked if s.playbook.id != scored.playbook.id), 0.0)
    lead = scored.total - rival
    constant, own, ahead = _CONFIDENCE
    return round(1.0 / (1.0 + math.exp(-(constant + own * scored.total + ahead * lead))), 3)


def _ways_of_telling(book: Playbook) -> tuple[str, ...]:
    return (book.name, *book.aliases, *book.phrasings)
