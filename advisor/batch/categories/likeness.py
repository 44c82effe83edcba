"""How alike two complaints are: by wording and meaning, of subject and text apart, and matter."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.batch.categories.scheme import SchemeWords
from advisor.batch.categories.telling import Telling
from advisor.batch.categories.wording import Floats, Wording
from advisor.leads import shipped_embedder
from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from indexer.static_embedder import StaticEmbedder

_WORDING, _MEANING, _MATTER = 0.35, 0.10, 0.10
"""Shares of the likeness: wording of subject and text, meaning of subject and text, matter."""
_SCHEME = 3.0
"""Weight of the nearest branches of the scheme; from one to six it makes no difference."""


@dataclass(frozen=True, slots=True)
class Senses:
    """What else tells that texts are alike; ``embedder`` None where it was left out."""

    recognizer: MatterRecognizer
    embedder: StaticEmbedder | None

    def perceive(self, tellings: Sequence[Telling]) -> NDArray[np.float32]:
        """Vectors whose product is the likeness by meaning and matter."""
        titles = tuple(one.title for one in tellings)
        parts = [self._matters(titles) * np.float32(np.sqrt(_MATTER))]
        if self.embedder is not None:
            share = np.float32(np.sqrt(_MEANING))
            texts = tuple(one.text for one in tellings)
            parts += [self.embedder.encode(titles) * share, self.embedder.encode(texts) * share]
        return np.concatenate(parts, axis=1)

    def _matters(self, titles: Sequence[str]) -> NDArray[np.float32]:
        scored = [
            {one.playbook.id: one.total for one in self.recognizer.score(title)} for title in titles
        ]
        names = sorted({name for one in scored[:1] for name in one})
        rows = np.array([[one[name] for name in names] for one in scored], dtype=np.float32)
        rows = rows.reshape(len(titles), len(names))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(rows, lengths, out=rows, where=lengths > 0)
        return unit


def shipped_senses() -> Senses:
    """With the knowledge and the embedder that come with the package."""
    return Senses(MatterRecognizer.of(load_knowledge()), shipped_embedder())


class Likeness:
    """The likeness of complaints with some that are known; immutable.

    Args:
        known: those it compares with.
        others: more of the same ledger, by which the rarity of words is told.
        senses: what tells meaning and matter.
        scheme: the words of the ledger's scheme, where it has one.
    """

    def __init__(
        self,
        known: Sequence[Telling],
        others: Sequence[Telling],
        senses: Senses,
        scheme: SchemeWords | None = None,
    ) -> None:
        self._senses, self._scheme = senses, scheme
        self._titles = Wording([one.title for one in known], (one.title for one in others))
        self._texts = Wording([one.text for one in known], (one.text for one in others))
        self._usual = scheme.perceive(known).mean(axis=0) if scheme else np.zeros(0, np.float32)
        self._perceived = self._perceive(known)

    def with_known(self, tellings: Sequence[Telling]) -> Floats:
        """Likeness of each with each of the known, shape (len(tellings), known).

        Of a text with itself it is about 1, and more by what the scheme tells.
        """
        found = self._titles.similarities([one.title for one in tellings])
        found += self._texts.similarities([one.text for one in tellings])
        found *= _WORDING
        found += self._perceive(tellings) @ self._perceived.T
        return found

    def _perceive(self, tellings: Sequence[Telling]) -> NDArray[np.float32]:
        perceived = self._senses.perceive(tellings)
        if self._scheme is None:
            return perceived
        near = (self._scheme.perceive(tellings) - self._usual) * np.float32(np.sqrt(_SCHEME))
        return np.concatenate([perceived, near], axis=1)
