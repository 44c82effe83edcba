"""Runs the systems of a retrieval measurement, each in a process of its own for its own memory."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, groupby
from multiprocessing import get_context
from pathlib import Path

from advisor.article_prior import PlaybookPrior
from advisor.bootstrap import open_library
from advisor.matter import MatterRecognizer
from advisor.retrieval_models import open_embedder, open_reranker
from advisor.settings import Settings
from corpus.errors import CorpusError
from corpus.library import Library
from corpus.model import Region
from eval.bench.process import peak_mb
from eval.dataset import ArticleKey, Dataset, Question
from eval.errors import EvalError, RunRefused
from eval.learnt import fold_model, fold_of, held_out
from eval.pool import pool_of
from eval.ranking_material import OverAny, asked_of, titles_of
from eval.ranking_training import ranker_name
from eval.retrieval import QuestionRow, SystemRows, measure_questions, search_of
from eval.rivals import RIVALS, Rival
from indexer.build import build
from indexer.errors import IndexerError
from indexer.learned.index import LearnedRanking
from indexer.learned.trees import BoostedTrees
from indexer.ports import Embedder
from indexer.retriever import Retriever
from indexer.training_questions import FOLDS


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and how.

    Args:
        settings: the home that holds the collection; the embedder of a plain run, the reranker of
            all.
        dataset: every question of the file.
        folds: only these folds, when any are given.
        models: a folder with one model per fold; each question is searched with the model that
            has not learnt it.
        rankers: a folder with one learned ranking per fold, to be measured beside; needs
            ``models``.
        shares: weights of the vectors; each is a system of its own.
        region: local law that takes part; () for national law only.
        k: how many hits a question asks for.
        gists: whether articles are found by our gists and phrasings too.
    """

    settings: Settings
    dataset: Dataset
    folds: tuple[int, ...]
    models: Path | None
    rankers: Path | None
    shares: tuple[float, ...]
    region: Region
    k: int
    gists: bool = True

    def questions(self) -> tuple[Question, ...]:
        """The questions that are measured."""
        parts = [fold_of(self.dataset, fold) for fold in self.folds]
        return tuple(chain.from_iterable(parts)) if parts else self.dataset.questions

    def moved(self, home: Path) -> "Plan":
        """The same plan with its index in another home."""
        return replace(self, settings=self.settings.model_copy(update={"home": home}))

    def crossed(self) -> tuple[int, ...]:
        """The folds that take part in a cross-validation."""
        return self.folds or tuple(range(FOLDS))


def run_apart(plan: Plan, rivals: Sequence[str]) -> Iterator[tuple[SystemRows, ...]]:
    """Our own systems, then each rival, one process after the other.

    Raises:
        RunRefused: one of them cannot be measured; the message says why.
    """
    tasks = (partial(measure_ours, plan), *(partial(measure_rival, plan, name) for name in rivals))
    for task in tasks:
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as child:
            found = child.submit(_told, task).result()
        if isinstance(found, str):
            raise RunRefused(found)
        yield found


def _told(task: Callable[[], tuple[SystemRows, ...]]) -> tuple[SystemRows, ...] | str:
    """What a task gives, or why it is refused: our errors do not travel between processes."""
    try:
        return task()
    except (CorpusError, EvalError, IndexerError) as error:
        return str(error)


def _library(plan: Plan) -> Library:
    library = open_library(plan.settings)
    if plan.gists:
        return library
    return Library(library.store, replace(library.knowledge, statutes=()))


def measure_ours(plan: Plan) -> tuple[SystemRows, ...]:
    """Our search with each weight of the vectors, in this process.

    Raises:
        ModelUnfit: a model of the cross-validation is missing or has learnt its questions.
    """
    library = _library(plan)
    parts = tuple(_folded(plan, library)) if plan.models else (_plain(plan, library),)
    ranked = (RANKED,) if plan.models and plan.rankers else ()
    return tuple(
        SystemRows(
            system=system,
            index="，".join(part.index for part in parts),
            index_model=parts[0].index_model,
            learnt=0 if system == WORDS else sum(part.learnt for part in parts),
            peak_mb=peak_mb(),
            rows=_in_order(plan, [row for part in parts for row in part.rows[place]]),
        )
        for place, system in enumerate((*ranked, *map(_named, plan.shares)))
    )


def measure_rival(plan: Plan, name: str) -> tuple[SystemRows, ...]:
    """A rival over the same articles, in this process.

    Raises:
        RivalAbsent: its library is not installed.
    """
    library = _library(plan)
    rows: list[QuestionRow] = []
    sizes: list[int] = []
    for as_of, asked in groupby(sorted(plan.questions(), key=_day), key=_day):
        pool = pool_of(library, as_of, plan.region)
        search = _search_of_rival(RIVALS[name](pool.texts), pool.keys, plan.k)
        search("预热", as_of)
        rows.extend(measure_questions(tuple(asked), search))
        sizes.append(len(pool.keys))
    return (
        SystemRows(
            system=name,
            index=f"{max(sizes)} 条",
            index_model=name,
            learnt=0,
            peak_mb=peak_mb(),
            rows=_in_order(plan, rows),
        ),
    )


WORDS, RANKED = "words", "learned ranking"
"""Names of systems: BM25F alone, and what orders the articles of a service."""


def _day(question: Question) -> date:
    return question.as_of


def _search_of_rival(
    rival: Rival, keys: Sequence[ArticleKey], k: int
) -> Callable[[str, date], tuple[ArticleKey, ...]]:
    return lambda question, _: tuple(keys[place] for place in rival.search(question, k))


def _named(share: float) -> str:
    return {0.0: WORDS, 1.0: "meaning"}.get(share, f"words+meaning {share:g}")


def _in_order(plan: Plan, rows: Sequence[QuestionRow]) -> tuple[QuestionRow, ...]:
    """The rows in the order of the dataset."""
    places = {question.id: place for place, question in enumerate(plan.dataset.questions)}
    return tuple(sorted(rows, key=lambda row: places[row.id]))


@dataclass(frozen=True, slots=True)
class _Part:
    """What one model gave: the rows of each weight over its questions."""

    index: str
    index_model: str
    learnt: int
    rows: tuple[tuple[QuestionRow, ...], ...]


def _plain(plan: Plan, library: Library) -> _Part:
    """The model of the settings over all questions, whatever it has learnt."""
    embedder, asked = open_embedder(plan.settings), plan.questions()
    if plan.gists:
        return _part(plan, library, embedder, asked)
    with tempfile.TemporaryDirectory(prefix="advisor-plain-") as home:
        return _part(plan.moved(Path(home)), library, embedder, asked)


def _folded(plan: Plan, library: Library) -> Iterator[_Part]:
    """One model after the other, each over the questions it has not learnt."""
    for fold in plan.crossed():
        if not (asked := fold_of(plan.dataset, fold)):
            continue
        model = fold_model(plan.models or Path(), plan.dataset, fold)
        with tempfile.TemporaryDirectory(prefix="advisor-fold-") as home:
            yield _part(
                plan.moved(Path(home)), library, model, asked, _ranking(plan, library, fold)
            )


def _ranking(plan: Plan, library: Library, fold: int) -> LearnedRanking | None:
    """The learned ranking that has not learnt the questions of this fold."""
    if plan.rankers is None:
        return None
    trees = BoostedTrees.read(plan.rankers / ranker_name(fold))
    recognizer = MatterRecognizer.of(library.knowledge)
    own = {one.id for one in fold_of(plan.dataset, fold)}
    others = [one for one in plan.dataset.questions if one.id not in own]
    judge = OverAny(trees, asked_of(others, titles_of(library)))
    return LearnedRanking(PlaybookPrior(library.knowledge, library, recognizer), judge)


def _part(
    plan: Plan,
    library: Library,
    embedder: Embedder | None,
    asked: Sequence[Question],
    ranking: LearnedRanking | None = None,
) -> _Part:
    snapshot = build(library, plan.settings.home, embedder=embedder)
    reranker = open_reranker(plan.settings)
    rows: list[tuple[QuestionRow, ...]] = []
    retrievers = [
        Retriever(snapshot, library, embedder, dense_share=share, reranker=reranker)
        for share in plan.shares
    ]
    if ranking is not None:
        ranked = Retriever(snapshot, library, embedder, reranker=reranker, ranking=ranking)
        retrievers.insert(0, ranked)
    for retriever in retrievers:
        search = search_of(retriever, k=plan.k, region=plan.region)
        search("预热", asked[0].as_of)
        rows.append(tuple(measure_questions(asked, search)))
    learnt = _learnt(plan.dataset, embedder, asked)
    return _Part(snapshot.generation, snapshot.manifest.model, learnt, tuple(rows))


def _learnt(dataset: Dataset, embedder: Embedder | None, asked: Sequence[Question]) -> int:
    """How many of the questions a model has learnt."""
    unknown = {question.id for question in held_out(dataset, embedder)}
    return sum(question.id not in unknown for question in asked)
