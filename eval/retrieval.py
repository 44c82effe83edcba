"""Measures retrieval: lay questions in, one row per question out, the means from the rows."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import fmean, quantiles

from pydantic import BaseModel, ConfigDict

from corpus.model import Region
from eval.dataset import ArticleKey, Question, article_key, gold_keys
from eval.families import FAMILIES, family_of_question
from eval.intervals import intervals
from eval.measures import ndcg, recall, reciprocal_rank, success
from indexer.retriever import Retriever

Search = Callable[[str, date], Sequence[ArticleKey]]
"""A question and its day to the keys of what was found, best first; keys may repeat."""

RECALL_DEPTHS = (5, 10, 20, 100)


class QuestionRow(BaseModel):
    """What one question gave.

    ``found_at`` are the ranks of its gold articles, 0 for not found; ``family`` is that of most
    of them; ``milliseconds`` of processor time, all threads.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    family: str
    measures: dict[str, float]
    found_at: tuple[int, ...]
    milliseconds: float


class FamilyMeans(BaseModel):
    """The means over the questions of one family of law."""

    model_config = ConfigDict(frozen=True)

    family: str
    questions: int
    measures: dict[str, float]


class SystemReport(BaseModel):
    """The means of one way of searching over a dataset.

    ``intervals`` are the 95 % bootstrap intervals of the means. ``learnt`` is how many of the
    questions the model has learnt, so that its figures are too good. Times are milliseconds of
    processor time for one search; ``peak_mb`` the most memory its process held, index building
    included.
    """

    model_config = ConfigDict(frozen=True)

    system: str
    index: str
    index_model: str
    questions: int
    learnt: int
    measures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    families: tuple[FamilyMeans, ...]
    p50_ms: float
    p95_ms: float
    peak_mb: float


class RetrievalReport(SystemReport):
    """The system asked for first, what was measured beside it, and what tells two runs apart."""

    dataset: str
    dataset_sha256: str
    region: Region
    folds: int
    beside: tuple[SystemReport, ...]


class SystemRows(BaseModel):
    """What one way of searching gave, question by question."""

    model_config = ConfigDict(frozen=True)

    system: str
    index: str
    index_model: str
    learnt: int
    peak_mb: float
    rows: tuple[QuestionRow, ...]


def search_of(retriever: Retriever, *, k: int, region: Region = ()) -> Search:
    """The search that is measured: ``k`` statute hits in force on the question's day."""

    def search(question: str, as_of: date) -> tuple[ArticleKey, ...]:
        hits = retriever.search(question, kind="statute", k=k, as_of=as_of, region=region)
        return tuple(article_key(hit.article.statute.title, hit.article.number) for hit in hits)

    return search


def measure_questions(questions: Sequence[Question], search: Search) -> Iterator[QuestionRow]:
    """One row per question, in order."""
    for question in questions:
        begun = time.process_time()
        found = search(question.question, question.as_of)
        spent = (time.process_time() - begun) * 1000
        # Versions and parts of a law may share a number: each key counts once.
        yield _row(question, tuple(dict.fromkeys(found)), spent)


def summarize(found: SystemRows) -> SystemReport:
    """The means of the rows, in all and by family."""
    rows = found.rows
    spent = [row.milliseconds for row in rows]
    cuts = quantiles(spent, n=20, method="inclusive") if len(spent) > 1 else spent * 19
    names = tuple(rows[0].measures)
    bounds = intervals([[row.measures[name] for name in names] for row in rows])
    return SystemReport(
        system=found.system,
        index=found.index,
        index_model=found.index_model,
        questions=len(rows),
        learnt=found.learnt,
        measures=_means(rows),
        intervals=dict(zip(names, bounds, strict=True)),
        families=tuple(_families(rows)),
        p50_ms=cuts[9],
        p95_ms=cuts[18],
        peak_mb=found.peak_mb,
    )


def _means(rows: Sequence[QuestionRow]) -> dict[str, float]:
    return {name: fmean(row.measures[name] for row in rows) for name in rows[0].measures}


def _families(rows: Sequence[QuestionRow]) -> Iterator[FamilyMeans]:
    for family in FAMILIES:
        if own := [row for row in rows if row.family == family]:
            yield FamilyMeans(family=family, questions=len(own), measures=_means(own))


def _row(question: Question, ranked: Sequence[ArticleKey], milliseconds: float) -> QuestionRow:
    gold = gold_keys(question)
    ranks = {key: rank for rank, key in enumerate(ranked, start=1)}
    measures = {f"Recall@{k}": recall(ranked, gold, k) for k in RECALL_DEPTHS}
    measures["MRR@10"] = reciprocal_rank(ranked, gold, 10)
    measures["nDCG@10"] = ndcg(ranked, gold, 10)
    measures["Success@5"] = success(ranked, gold, 5)
    return QuestionRow(
        id=question.id,
        family=family_of_question(question.gold),
        measures=measures,
        found_at=tuple(sorted(ranks.get(key, 0) for key in gold)),
        milliseconds=round(milliseconds, 3),
    )
