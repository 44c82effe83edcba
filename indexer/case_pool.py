"""The pool of cases: those a generation holds and those stored since, searched as one.

A generation keeps for each case its id and a digest of its record. What the corpus holds beyond
that, or otherwise, is indexed in memory when the pool is opened; what it no longer holds is not
shown. So a case is found as soon as it is stored, whatever generation is served.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import TypeAdapter

from corpus.model import Case
from indexer.case_score import WEIGHTS, CaseTraits, CaseWeights, Facts, Situation, score
from indexer.case_twins import DEPTH as TWINS_DEPTH
from indexer.case_twins import Twins
from indexer.chunker import PassageFields, case_passage, embedded_text
from indexer.lexical import Bm25f, LexicalIndex, Postings
from indexer.pools import read_postings, store_postings
from indexer.ports import Embedder, Vectors
from indexer.postings import build_postings, mean_lengths
from indexer.publish import Draft
from indexer.ranking import Ordinals, Scores, top
from indexer.snapshot import Snapshot

MOST_LOOSE = 256
"""How many cases may stand outside the generation before a new one takes them in."""

_CASES, _LENGTHS, _VECTORS = "case/cases.json", "case/lengths.json", "case/vectors.float32"
_DIGEST = 12
_PAIRS = TypeAdapter(tuple[tuple[str, str], ...])
_MEANS = TypeAdapter(dict[str, float])


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that was found; it stands for its twins, those that tell of the same event, by id."""

    case: Case
    score: float
    twins: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a reranker reads."""
        return embedded_text(case_passage(self.case).fields)


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """What a generation holds of cases; ``vectors`` is None where it has none of this embedder."""

    generation: str
    digests: Mapping[str, str]
    postings: Postings
    lengths: Mapping[str, float]
    vectors: Vectors | None


class CasePool:
    """The cases of a corpus, ready to be searched; safe to share between threads.

    Attributes:
        version: the generation, and a digest of the cases when they are others than it holds.
        loose: how many cases are not, or not so, in the generation.
    """

    def __init__(
        self,
        shelf: _Shelf,
        embedder: Embedder | None,
        cases: Iterable[Case],
        earlier: "CasePool | None" = None,
    ) -> None:
        """Use :meth:`read`, and :meth:`renewed` for a pool of other cases."""
        self._shelf = shelf
        self._embedder = embedder if shelf.vectors is not None else None
        self._held = {case.id: case for case in cases}
        self._digests = _digests(self._held, earlier)
        kept = [self._digests.get(id_) == told for id_, told in shelf.digests.items()]
        loose = [case for id_, case in self._held.items() if self._is_loose(id_)]
        self.loose = len(loose)
        self.version = self._version(changed=bool(loose) or not all(kept))
        shelved = [self._held[id_] for id_, same in zip(shelf.digests, kept, strict=True) if same]
        self._cases: tuple[Case, ...] = (*shelved, *loose)
        self._ordinals = {case.id: ordinal for ordinal, case in enumerate(self._cases)}
        self._places: Ordinals = np.flatnonzero(np.array([*kept, *(True for _ in loose)], bool))
        self._traits = CaseTraits.of(self._cases)
        self._twins = Twins(self._cases)
        fields = [case_passage(case).fields for case in loose]
        self._lexical = LexicalIndex(
            shelf.postings, build_postings(fields, Bm25f(), lengths=shelf.lengths)
        )
        self._vectors = self._joined(fields)

    @classmethod
    def read(
        cls, snapshot: Snapshot, embedder: Embedder | None, cases: Iterable[Case]
    ) -> "CasePool":
        """The pool of these cases over what a generation holds of them."""
        vectors = None
        if embedder is not None and snapshot.manifest.embedder == embedder.name:
            vectors = snapshot.array(_VECTORS).reshape(-1, embedder.dimension)
        shelf = _Shelf(
            generation=snapshot.generation,
            digests=dict(_PAIRS.validate_json(snapshot.read(_CASES))),
            postings=read_postings(snapshot, "case"),
            lengths=_MEANS.validate_json(snapshot.read(_LENGTHS)),
            vectors=vectors,
        )
        return cls(shelf, embedder, cases)

    @classmethod
    def of(cls, cases: Sequence[Case], embedder: Embedder | None = None) -> "CasePool":
        """The pool of these cases alone, without a generation."""
        lengths = mean_lengths([case_passage(case).fields for case in cases])
        vectors = embedder.encode(()) if embedder is not None else None
        shelf = _Shelf("", {}, build_postings(()), lengths, vectors)
        return cls(shelf, embedder, cases)

    def renewed(self, cases: Iterable[Case]) -> "CasePool":
        """The pool of other cases over the same generation; what it knew costs nothing again."""
        return CasePool(self._shelf, self._embedder, cases, self)

    def __len__(self) -> int:
        return len(self._cases)

    def search(
        self,
        queries: Sequence[str],
        k: int,
        situation: Situation,
        weights: CaseWeights = WEIGHTS,
    ) -> tuple[FoundCase, ...]:
        """The ``k`` best cases, best first, those of one event as one; see `case_score`.

        Args:
            queries: what is looked for; a case is reached by their mean.
            k: how many at most.
            situation: what else is known.
            weights: how much each part of the score counts.
        """
        own = [self._ordinals[one] for one in situation.own if one in self._ordinals]
        facts = [found for query in queries if (found := self._facts(query, own)) is not None]
        if k <= 0 or not facts or not self._cases:
            return ()
        reached = Facts(
            meaning=np.mean([one.meaning for one in facts], axis=0),
            words=np.mean([one.words for one in facts], axis=0),
        )
        scores = score(reached, self._traits, situation, weights)
        scores[own] = 0
        ranking = top(scores, k + TWINS_DEPTH)
        scored = dict(zip(ranking.ordinals, ranking.scores, strict=True))
        return tuple(
            FoundCase(
                self._cases[first], scored[first], tuple(self._cases[one].id for one in twins)
            )
            for first, *twins in self._twins.together(ranking.ordinals)[:k]
        )

    def _facts(self, query: str, own: Sequence[int]) -> Facts | None:
        """How far one query reaches each case; None when it holds no word that is known.

        What is the complaint's own must not be the best that others are measured by.
        """
        words = self._lexical.scores(query)
        if words is None:
            return None
        words = words[self._places]
        words[list(own)] = 0
        best = float(words.max(initial=0))
        meaning: Scores = np.zeros(len(words), dtype=np.float32)
        if self._vectors is not None and self._embedder is not None:
            likeness = self._vectors @ self._embedder.encode_query(query)
            meaning = np.maximum(likeness[self._places], 0)
        return Facts(meaning, words / best if best > 0 else words)

    def known_digests(self) -> Mapping[int, str]:
        """The digest of each record by the identity of its object, which this pool keeps alive."""
        return {id(case): self._digests[id_] for id_, case in self._held.items()}

    def _is_loose(self, id_: str) -> bool:
        return self._digests[id_] != self._shelf.digests.get(id_)

    def _version(self, *, changed: bool) -> str:
        if not changed:
            return self._shelf.generation
        told = hashlib.sha256()
        for id_ in sorted(self._digests):
            told.update(f"{id_}\n{self._digests[id_]}\n".encode())
        return f"{self._shelf.generation}+cases.{told.hexdigest()[:_DIGEST]}"

    def _joined(self, fields: Sequence[PassageFields]) -> Vectors | None:
        if self._shelf.vectors is None or self._embedder is None:
            return None
        if not fields:
            return self._shelf.vectors
        loose = self._embedder.encode([embedded_text(one) for one in fields])
        return np.concatenate([self._shelf.vectors, loose])


def store_cases(draft: Draft, cases: Iterable[Case], embedder: Embedder | None) -> int:
    """Writes the pool of these cases into a generation; how many they are."""
    held = {case.id: case for case in cases}
    fields = [case_passage(case).fields for case in held.values()]
    lengths = mean_lengths(fields)
    store_postings(draft, "case", build_postings(fields, Bm25f(), lengths=lengths))
    draft.bytes(_CASES, _PAIRS.dump_json(tuple(_digests(held, None).items())))
    draft.bytes(_LENGTHS, _MEANS.dump_json(dict(lengths)))
    if embedder is not None:
        vectors = embedder.encode([embedded_text(one) for one in fields])
        draft.array(_VECTORS, vectors.reshape(-1))
    return len(held)


def count_loose(snapshot: Snapshot, cases: Iterable[Case]) -> int:
    """How many cases a generation does not hold as they are, or holds although they are gone."""
    stored = dict(_PAIRS.validate_json(snapshot.read(_CASES)))
    digests = _digests({case.id: case for case in cases}, None)
    return len(digests.items() ^ stored.items())


def _digests(held: Mapping[str, Case], earlier: CasePool | None) -> dict[str, str]:
    """A digest of each record; that of a record which is the very same object is taken over."""
    known = earlier.known_digests() if earlier is not None else {}
    return {
        id_: known[id(case)] if id(case) in known else _digest(case) for id_, case in held.items()
    }


def _digest(case: Case) -> str:
    return hashlib.blake2b(case.model_dump_json().encode(), digest_size=_DIGEST).hexdigest()
