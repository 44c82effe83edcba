"""Measures retrieval: lay questions in, one row per question out, the means from the rows."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import fmean, quantiles

from pydantic import BaseModel, ConfigDict

from corpus.model import Region
from eval.dataset import ArticleKey, Dataset, Question, article_key, gold_keys
from eval.measures import ndcg, recall, reciprocal_rank, success
from indexer.retriever import Retriever, StatuteHit

Search = Callable[[str, date], Sequence[StatuteHit]]
"""A question and its day to the hits, best first."""

RECALL_DEPTHS = (5, 10, 20, 100)


class QuestionRow(BaseModel):
    """What one question gave; ``found_at`` are the ranks of its gold articles, 0 for not found."""

    model_config = ConfigDict(frozen=True)

    id: str
    measures: dict[str, float]
    found_at: tuple[int, ...]
    milliseconds: float


class RetrievalReport(BaseModel):
    """The means over a dataset, and all that is needed to tell two runs apart.

    Latencies are in milliseconds and cover a search with its texts and validity.
    """

    model_config = ConfigDict(frozen=True)

    dataset: str
    dataset_sha256: str
    index: str
    index_model: str
    questions: int
    measures: dict[str, float]
    p50_ms: float
    p95_ms: float


def search_of(retriever: Retriever, *, k: int, region: Region = ()) -> Search:
    """The search that is measured: ``k`` statute hits in force on the question's day."""
    return lambda question, as_of: retriever.search(
        question, kind="statute", k=k, as_of=as_of, region=region
    )


def measure_questions(questions: Sequence[Question], search: Search) -> Iterator[QuestionRow]:
    """One row per question, in order."""
    for question in questions:
        begun = time.perf_counter()
        hits = search(question.question, question.as_of)
        spent = (time.perf_counter() - begun) * 1000
        yield _row(question, _distinct(hits), spent)


def summarize(
    dataset: Dataset, retriever: Retriever, rows: Sequence[QuestionRow]
) -> RetrievalReport:
    """The means of the rows."""
    spent = [row.milliseconds for row in rows]
    cuts = quantiles(spent, n=20, method="inclusive") if len(spent) > 1 else spent * 19
    return RetrievalReport(
        dataset=dataset.name,
        dataset_sha256=dataset.sha256,
        index=retriever.snapshot.generation,
        index_model=retriever.snapshot.manifest.model,
        questions=len(rows),
        measures={name: fmean(row.measures[name] for row in rows) for name in rows[0].measures},
        p50_ms=cuts[9],
        p95_ms=cuts[18],
    )


def _distinct(hits: Sequence[StatuteHit]) -> tuple[ArticleKey, ...]:
    """Keys in order, each once: versions and parts of a law may share a number."""
    keys = (article_key(hit.article.statute.title, hit.article.number) for hit in hits)
    return tuple(dict.fromkeys(keys))


def _row(question: Question, ranked: Sequence[ArticleKey], milliseconds: float) -> QuestionRow:
    gold = gold_keys(question)
    ranks = {key: rank for rank, key in enumerate(ranked, start=1)}
    measures = {f"Recall@{k}": recall(ranked, gold, k) for k in RECALL_DEPTHS}
    measures["MRR@10"] = reciprocal_rank(ranked, gold, 10)
    measures["nDCG@10"] = ndcg(ranked, gold, 10)
    measures["Success@5"] = success(ranked, gold, 5)
    return QuestionRow(
        id=question.id,
        measures=measures,
        found_at=tuple(sorted(ranks.get(key, 0) for key in gold)),
        milliseconds=round(milliseconds, 3),
    )
