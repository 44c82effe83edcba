"""Which words speak for which matter: naive Bayes over everything our knowledge says of each.

People tell one thing in ever new ways. Beside the ways of telling, a matter is known by its
disputes and questions, by the lay phrasings of the articles it turns on and by resolved cases; all
of them teach which characters and pairs of characters belong to it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.knowledge import Knowledge
from corpus.model import ArticleRef, Playbook
from indexer.tokenizer import tokenize, tokenize_many

Weights = NDArray[np.float32]

_SMOOTHING = 0.03
_SHARED_BY_FEW = 3
"""An article more matters turn on than this says little about any of them."""


class MatterWords:
    """Multinomial naive Bayes (Rennie et al., ICML 2003, with inverse document frequencies)."""

    def __init__(self, told: Sequence[Sequence[str]]) -> None:
        """``told``: for each matter, in order, the texts that tell of it."""
        texts = [text for of_matter in told for text in of_matter]
        owner = np.repeat(np.arange(len(told)), [len(of_matter) for of_matter in told])
        tokens = tokenize_many(texts) if texts else None
        if tokens is None or not len(tokens.ids):
            self._known = np.zeros(0, dtype=np.uint64)
            self._rarity: Weights = np.zeros(0, dtype=np.float32)
            self._weights: Weights = np.zeros((len(told), 0), dtype=np.float32)
            return
        self._known, place = np.unique(tokens.ids, return_inverse=True)
        held = np.unique(np.stack([place, tokens.owners.astype(np.intp)]), axis=1)
        frequency = np.bincount(held[0], minlength=len(self._known))
        self._rarity = np.log((len(texts) + 1) / (frequency + 0.5)).astype(np.float32)
        counts = np.zeros((len(told), len(self._known)), dtype=np.float32)
        np.add.at(counts, (owner[held[1]], held[0]), 1.0)
        shares = counts * self._rarity + _SMOOTHING
        logs = np.log(shares / shares.sum(axis=1, keepdims=True))
        # Summed in double precision, the order of the matters leaves no trace.
        self._weights = logs - logs.mean(axis=0, dtype=np.float64).astype(np.float32)

    def speak_for(self, text: str) -> Weights:
        """How much the words of a text speak for each matter, shape (matters,); 0 is neutral."""
        found, times = np.unique(tokenize(text), return_counts=True)
        place = np.searchsorted(self._known, found)
        place[place == len(self._known)] = 0
        known = self._known[place] == found if len(self._known) else np.zeros(len(found), bool)
        if not known.any():
            return np.zeros(len(self._weights), dtype=np.float32)
        at = place[known]
        weights = (1 + np.log(times[known])) * self._rarity[at]
        weights /= np.linalg.norm(weights)
        products = self._weights[:, at] * weights.astype(np.float32)
        spoken: Weights = products.sum(axis=1, dtype=np.float64).astype(np.float32)
        return spoken


def further_tellings(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """What else our knowledge says of each matter, by its id: articles' phrasings, cases."""
    phrasings = {
        (statute.title, gist.article): tuple(gist.phrasings)
        for statute in knowledge.statutes
        for gist in statute.articles
    }
    turning: dict[tuple[str, str], list[str]] = defaultdict(list)
    for book in knowledge.playbooks:
        for ref in dict.fromkeys(map(_key, book.articles)):
            turning[ref].append(book.id)
    found: dict[str, list[str]] = defaultdict(list)
    for ref, matters in turning.items():
        if len(matters) <= _SHARED_BY_FEW:
            for matter in matters:
                found[matter].extend(phrasings.get(ref, ()))
    for case in knowledge.cases:
        for matter in case.matters[:1]:
            found[matter].append(f"{case.title}。{case.facts}")
    return {matter: tuple(texts) for matter, texts in found.items()}


def _key(ref: ArticleRef) -> tuple[str, str]:
    return ref.law, ref.article


def own_tellings(book: Playbook) -> Iterator[str]:
    """Everything a playbook itself says of its matter, the ways of telling first."""
    yield from (book.name, *book.aliases, *book.phrasings)
    yield " ".join(book.cues)
    yield book.nature
    yield from (dispute.text for dispute in book.disputes)
    yield from (question.ask for question in book.questions)
