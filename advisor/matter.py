"""Matter recognition 事项识别: which playbook a story belongs to, or an honest abstention.

A story is compared clause group by clause group with the ways people tell each matter (phrasings),
as a whole with each playbook's vocabulary, and by its cues; the three scores are mixed. Lay stories
are long and one sentence decides, so the best sentences count, not the average.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.model import Matter, MatterChoice
from advisor.sentences import mentions, split_clauses, split_sentences
from corpus.model import Playbook

UNKNOWN_NAME = "暂未识别的事项"

_SENTENCE_WEIGHTS = (1.0, 0.5, 0.25)
_MIX_PHRASING = 0.40
_MIX_WHOLE = 0.40
_MIX_CUES = 0.20
_LONE_CUE = 0.2
_ALIKE_ENOUGH = 0.2
"""A word alone, in a text unlike the matter (田埂 in a poem), counts a fifth; on the labelled
messages this changes nothing."""
_ANTI_CUE_PENALTY = 0.12
_OPENING = 60
_CUE_SCALE = 1.5
_ABSTAIN_BELOW = 0.30
_ALTERNATIVES = 3
_CONFIDENCE_MIDDLE = 0.22
_CONFIDENCE_SLOPE = 14.0


def grams(text: str) -> Counter[str]:
    """Overlapping character bigrams inside clauses, with counts."""
    counts: Counter[str] = Counter()
    for clause in split_clauses(text):
        counts.update(clause[i : i + 2] for i in range(len(clause) - 1))
    return counts


@dataclass(frozen=True, slots=True)
class Scored:
    """One playbook with its parts of the score, each 0 to about 1."""

    playbook: Playbook
    phrasing: float
    whole: float
    cues: float
    anti: int

    @property
    def total(self) -> float:
        """The mixed score; about 0.2 is weak, 0.5 strong."""
        alike = self.phrasing + self.whole
        cues = self.cues * min(1.0, _LONE_CUE + alike / _ALIKE_ENOUGH)
        mixed = _MIX_PHRASING * self.phrasing + _MIX_WHOLE * self.whole + _MIX_CUES * cues
        return max(0.0, mixed - _ANTI_CUE_PENALTY * self.anti)


Vector = Mapping[str, float]


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {g: w / norm for g, w in weights.items()}


class MatterRecognizer:
    """Recognises matters by the knowledge of the playbooks it was built from; immutable."""

    def __init__(self, playbooks: Sequence[Playbook]) -> None:
        self._playbooks = tuple(playbooks)
        phrasings = [(n, p) for n, book in enumerate(playbooks) for p in _ways_of_telling(book)]
        self._idf = _inverse_frequencies(p for _, p in phrasings)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._owner = [n for n, _ in phrasings]
        for at, (_, phrasing) in enumerate(phrasings):
            for gram, weight in self._vector(phrasing).items():
                self._postings[gram].append((at, weight))
        self._wholes = [self._vector(" ".join(_ways_of_telling(b))) for b in playbooks]
        cue_owners = Counter(c for b in playbooks for c in set(b.cues))
        self._cue_weight = {c: 1.0 / n for c, n in cue_owners.items()}

    def _vector(self, text: str) -> dict[str, float]:
        floor = self._idf.get("", 1.0)
        return _unit(
            {g: (1 + math.log(n)) * self._idf.get(g, floor) for g, n in grams(text).items()}
        )

    def score(self, text: str) -> tuple[Scored, ...]:
        """Every playbook with its score for this text, best first; ties by id."""
        phrasing = self._phrasing_scores(text)
        whole = self._vector(text)
        scored = [
            Scored(
                playbook=book,
                phrasing=min(1.0, phrasing.get(n, 0.0)),
                whole=min(
                    1.0, 2.0 * sum(w * self._wholes[n].get(g, 0.0) for g, w in whole.items())
                ),
                cues=self._cue_score(text, book),
                anti=len(mentions(text, book.anti_cues)),
            )
            for n, book in enumerate(self._playbooks)
        ]
        return tuple(sorted(scored, key=lambda s: (-s.total, s.playbook.id)))

    def _phrasing_scores(self, text: str) -> dict[int, float]:
        """Playbook index to the weighted sum of its best-matching sentences."""
        best: dict[int, list[float]] = defaultdict(list)
        for sentence in split_sentences(text) or (text,):
            similarity: dict[int, float] = defaultdict(float)
            for gram, weight in self._vector(sentence).items():
                for at, other in self._postings.get(gram, ()):
                    similarity[at] += weight * other
            top: dict[int, float] = {}
            for at, value in similarity.items():
                owner = self._owner[at]
                top[owner] = max(top.get(owner, 0.0), value)
            for owner, value in top.items():
                best[owner].append(value)
        return {
            owner: sum(
                w * v for w, v in zip(_SENTENCE_WEIGHTS, sorted(values, reverse=True), strict=False)
            )
            for owner, values in best.items()
        }

    def _cue_score(self, text: str, book: Playbook) -> float:
        """Saturating sum of the cues found; in the opening, where people name it, twice.

        A long text meets any word by chance, so what is found is divided by the length's excess.
        """
        opening = text[:_OPENING]
        found = sum(
            self._cue_weight[c] * (2.0 if c in opening else 1.0) for c in mentions(text, book.cues)
        )
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
                alternatives=tuple(c for c in choices[:_ALTERNATIVES] if c.confidence >= 0.12),
                abstained=True,
            )
        return Matter(
            type=best.type,
            name=best.name,
            confidence=best.confidence,
            alternatives=tuple(c for c in choices[1:] if c.confidence >= 0.1),
        )


def confidence(scored: Scored, ranked: Sequence[Scored]) -> float:
    """How sure we are of one playbook: its own strength, less when a rival is as strong."""
    strength = 1.0 / (1.0 + math.exp(-_CONFIDENCE_SLOPE * (scored.total - _CONFIDENCE_MIDDLE)))
    rivals = [s.total for s in ranked if s.playbook.id != scored.playbook.id]
    lead = scored.total - max(rivals, default=0.0)
    certainty = 1.0 / (1.0 + math.exp(-20.0 * (lead + 0.08)))
    return round(strength * certainty, 3)


def _ways_of_telling(book: Playbook) -> tuple[str, ...]:
    return (book.name, *book.aliases, *book.phrasings)


def _inverse_frequencies(texts: Iterable[str]) -> dict[str, float]:
    """Bigram to ln((N + 1) / (df + 0.5)); the empty key holds the value of an unseen bigram."""
    seen = [set(grams(t)) for t in texts]
    frequency = Counter(g for s in seen for g in s)
    total = len(seen)
    idf = {g: math.log((total + 1) / (n + 0.5)) for g, n in frequency.items()}
    return idf | {"": math.log((total + 1) / 0.5)}
