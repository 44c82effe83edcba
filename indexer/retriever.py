"""Retrieval: articles that hold on a day in a place, and resolved cases, for a query."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar, overload

from corpus.library import ArticleView
from corpus.model import Region, Validity
from indexer.case_pool import CasePool, FoundCase
from indexer.case_score import Situation
from indexer.chunker import PassageKind, article_passage, embedded_text
from indexer.fusion import reciprocal_rank_fusion
from indexer.hybrid import DENSE_SHARE, HybridIndex
from indexer.learned.index import LearnedIndex, LearnedRanking, Offered
from indexer.lexical import LexicalIndex
from indexer.pools import read_articles, read_postings, read_probe, read_vectors
from indexer.ports import Embedder, PassageIndex, Reranker, TextSource
from indexer.ranking import Ranking
from indexer.same_model import ProvenEmbedder
from indexer.scope import Scope
from indexer.second_look import RERANK_DEPTH, reordered
from indexer.snapshot import Snapshot

FUSION_DEPTH = 50
"""How many passages of each query take part in a fusion, when more are not asked for."""


@dataclass(frozen=True, slots=True)
class StatuteHit:
    """An article that was found, with what is known of its validity on the day asked for.

    ``applies`` is the probability that it applies, where a learned ranking gave one.
    """

    article: ArticleView
    validity: Validity
    score: float
    applies: float | None = None

    @property
    def text(self) -> str:
        """What a reranker reads."""
        return embedded_text(article_passage(self.article).fields)


CaseHit = FoundCase
Hit = StatuteHit | CaseHit
Found = TypeVar("Found", StatuteHit, CaseHit)


class Retriever:
    """Searches one snapshot; safe to share between threads.

    Statutes are those in force on ``as_of`` and valid in ``region``; cases are not filtered,
    because a case from elsewhere or from later still teaches, but nearer ones stand before others.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        library: TextSource,
        embedder: Embedder | None = None,
        *,
        dense_share: float = DENSE_SHARE,
        reranker: Reranker | None = None,
        ranking: LearnedRanking | None = None,
    ) -> None:
        """Reads the snapshot's tables.

        Args:
            snapshot: the generation to search.
            library: gives the texts and decides on validity.
            embedder: makes the vectors of queries. The snapshot's vectors are used only when they
                are of this very embedder; else the search is lexical.
            dense_share: weight of the vectors against the words, 0 to 1.
            reranker: judges the best hits once more; their scores are then its own.
            ranking: puts the articles in order by many features; used only with the embedder
                whose likeness it was learnt on.
        """
        self.snapshot = snapshot
        self._reranker = reranker
        self._library = library
        self._table = read_articles(snapshot)
        proven = _proven(snapshot, embedder)
        self._embedder = embedder.name if embedder and proven else None
        self._unranked = _index(snapshot, proven, dense_share)
        self._articles = self._ordered_by(ranking)
        self._scope = Scope(self._table, library)
        self._cases = CasePool.read(snapshot, proven, library.cases())

    def with_cases(self) -> "Retriever":
        """The same retriever over the library's cases as they are now; the articles are shared."""
        fresh = copy(self)
        fresh._cases = self._cases.renewed(self._library.cases())
        return fresh

    @property
    def version(self) -> str:
        """What is searched, as an answer's provenance: the generation, and newer cases if any."""
        return self._cases.version

    @property
    def loose(self) -> int:
        """How many cases are searched that the generation does not hold."""
        return self._cases.loose

    @property
    def embedder(self) -> str | None:
        """Name of what makes the vectors in use; None where search is lexical."""
        return self._embedder

    @property
    def reranker(self) -> str | None:
        """Name of what judges the best hits once more."""
        return self._reranker.name if self._reranker else None

    @overload
    def search(
        self, query: str, *, kind: Literal["statute"], k: int = 10, as_of: date, region: Region
    ) -> tuple[StatuteHit, ...]: ...

    @overload
    def search(
        self, query: str, *, kind: Literal["case"], k: int = 10, as_of: date, region: Region
    ) -> tuple[CaseHit, ...]: ...

    def search(
        self, query: str, *, kind: PassageKind, k: int = 10, as_of: date, region: Region
    ) -> tuple[StatuteHit, ...] | tuple[CaseHit, ...]:
        """The ``k`` best hits, best first; an empty or meaningless query finds nothing.

        Args:
            query: what is looked for, in simplified characters.
            kind: which pool.
            k: how many at most.
            as_of: the day of the facts.
            region: the place; () for national law only.
        """
        if kind == "case":
            return self.like_cases([query], Situation(as_of, region), k=k)
        ranking = self._rank(query, self._depth(k), as_of, region)
        hits = self._statute_hits(ranking, as_of)
        if self.learned:
            hits = tuple(replace(hit, applies=hit.score) for hit in hits)
        return self._best(query, hits, k)

    def like_cases(
        self, queries: Sequence[str], situation: Situation, *, k: int = 10
    ) -> tuple[CaseHit, ...]:
        """The ``k`` cases most alike, best first; an empty or meaningless query finds nothing.

        Args:
            queries: what is looked for, in simplified characters.
            situation: what else is known of the complaint.
            k: how many at most.
        """
        found = self._cases.search(queries, self._depth(k), situation)
        return self._best("\n".join(queries), found, k)

    @overload
    def search_many(
        self,
        queries: Sequence[str],
        *,
        kind: Literal["statute"],
        k: int = 10,
        as_of: date,
        region: Region,
    ) -> tuple[StatuteHit, ...]: ...

    @overload
    def search_many(
        self,
        queries: Sequence[str],
        *,
        kind: Literal["case"],
        k: int = 10,
        as_of: date,
        region: Region,
    ) -> tuple[CaseHit, ...]: ...

    def search_many(
        self, queries: Sequence[str], *, kind: PassageKind, k: int = 10, as_of: date, region: Region
    ) -> tuple[StatuteHit, ...] | tuple[CaseHit, ...]:
        """The ``k`` best hits over several queries.

        Articles are fused by reciprocal rank, which is their score; for cases see `case_score`.
        A reranker reads the queries as one text, a line each.
        """
        if kind == "case":
            return self.like_cases(queries, Situation(as_of, region), k=k)
        depth = max(self._depth(k), FUSION_DEPTH)
        rankings = [self._rank(query, depth, as_of, region) for query in queries]
        fused = reciprocal_rank_fusion([ranking.ordinals for ranking in rankings])
        fused = fused[: max(self._depth(k), 0)]
        ranking = Ranking(tuple(key for key, _ in fused), tuple(score for _, score in fused))
        return self._best("\n".join(queries), self._statute_hits(ranking, as_of), k)

    def _depth(self, k: int) -> int:
        """How many hits must be found for the best ``k`` to be among them."""
        return k if self._reranker is None or k <= 0 else max(k, RERANK_DEPTH)

    def with_ranking(self, ranking: LearnedRanking | None) -> "Retriever":
        """The same search with its articles put in order by another ranking, or by none."""
        other = copy(self)
        other._articles = other._ordered_by(ranking)
        return other

    def _ordered_by(self, ranking: LearnedRanking | None) -> PassageIndex:
        found = self._unranked
        if ranking is None or self._embedder is None or not isinstance(found, HybridIndex):
            return found
        return ranking.over(found, self._table, self._embedder)

    @property
    def learned(self) -> bool:
        """Whether articles come in the order of a learned ranking."""
        return isinstance(self._articles, LearnedIndex)

    def offered(self, query: str, *, as_of: date, region: Region) -> Offered:
        """The articles a learned ranking would put in order, with their features.

        What a ranking learns from; empty without one, or for a query that says nothing.
        """
        index = self._articles
        allowed = self._scope.mask(as_of, region)
        found = index.offered(query, allowed=allowed) if isinstance(index, LearnedIndex) else None
        if found is None:
            return Offered()
        ordinals, rows = found
        return Offered(
            tuple((self._table.version(o).title, self._table.number(o)) for o in ordinals.tolist()),
            rows,
        )

    def _best(self, query: str, hits: tuple[Found, ...], k: int) -> tuple[Found, ...]:
        """The ``k`` best of the hits found, in the reranker's order where there is one."""
        if self._reranker is None or not hits:
            return hits
        scored = reordered(
            self._reranker, query, [hit.text for hit in hits], [hit.score for hit in hits]
        )
        return tuple(replace(hits[place], score=score) for place, score in scored[:k])

    def _rank(self, query: str, k: int, as_of: date, region: Region) -> Ranking:
        return self._articles.search(query, k, allowed=self._scope.mask(as_of, region))

    def _statute_hits(self, ranking: Ranking, as_of: date) -> tuple[StatuteHit, ...]:
        hits: list[StatuteHit] = []
        for ordinal, score in zip(ranking.ordinals, ranking.scores, strict=True):
            version = self._table.version(ordinal)
            view = self._library.article_in(version, self._table.number(ordinal))
            # The corpus may have changed since this snapshot; what it no longer holds is not shown.
            if view is not None:
                hits.append(StatuteHit(view, self._scope.validity(version, as_of), score))
        return tuple(hits)


def _proven(snapshot: Snapshot, embedder: Embedder | None) -> ProvenEmbedder | None:
    """The embedder, where the snapshot's vectors are of its making."""
    if embedder is None or snapshot.manifest.embedder != embedder.name:
        return None
    return ProvenEmbedder(embedder, read_probe(snapshot))


def _index(snapshot: Snapshot, embedder: ProvenEmbedder | None, share: float) -> PassageIndex:
    lexical = LexicalIndex(read_postings(snapshot, "statute"))
    if embedder is None:
        return lexical
    return HybridIndex(lexical, read_vectors(snapshot), embedder, share=share)
