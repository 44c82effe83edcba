"""Teaches the trees of the learned ranking with LightGBM, and measures them by cross-validation.

Friedman's gradient boosting with cross entropy, so that a score is a probability; a ranking loss
(LambdaMART) puts the same articles first within one point and says nothing of how sure it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np

from eval.errors import RivalAbsent
from eval.ranking_material import (
    ASKED,
    CORE,
    FOLDS,
    IDLE,
    LEFT_OUT,
    PLAIN,
    TOLD,
    TOLD_LEFT_OUT,
    Lesson,
)
from indexer.learned.features import FEATURES
from indexer.learned.forest import LEAF, Tree
from indexer.learned.index import as_judged
from indexer.learned.trees import Asked, BoostedTrees, RankerCard
from indexer.ranking import Scores

WEIGHTS: Mapping[str, float] = {
    PLAIN: 0.5,
    LEFT_OUT: 0.5,
    TOLD: 0.15,
    TOLD_LEFT_OUT: 0.15,
    ASKED: 1.0,
    IDLE: 0.5,
}
"""A story is told twice. Tellings are many, and rarer cases than people come with."""
_NO_LAW = "不是法律诉求的留言"
ROUNDS = 250
RECIPE: Mapping[str, Any] = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


def ranker_name(fold: int) -> str:
    """The file of the trees that have not learnt this fold."""
    return f"ranker-{fold}.json"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Means over the lessons of one kind that need an article: what stands among the first."""

    kind: str
    lessons: int
    measures: Mapping[str, float]


def teach(lessons: Sequence[Lesson], card: RankerCard, asked: Asked) -> BoostedTrees:
    """Trees learnt from these lessons; the same for the same lessons and seed.

    Raises:
        RivalAbsent: LightGBM is not installed.
    """
    try:
        import lightgbm
    except ImportError as error:
        raise RivalAbsent("lightgbm") from error
    rows = np.concatenate([one.rows for one in lessons])
    applies = np.concatenate([one.applies for one in lessons])
    weight = np.concatenate([np.full(len(one.rows), WEIGHTS[one.kind]) for one in lessons])
    material = lightgbm.Dataset(rows, applies, weight=weight, feature_name=list(FEATURES))
    booster = lightgbm.train({**RECIPE, "seed": card.seed}, material, ROUNDS)
    trees = tuple(_tree(one) for one in booster.dump_model()["tree_info"])
    return BoostedTrees(card, trees, asked)


def cross_taught(
    lessons: Sequence[Lesson], card: RankerCard, asked: Asked
) -> Iterator[BoostedTrees]:
    """For each fold the trees that have not learnt it.

    ``asked`` counts all questions: for a story that is what a service knows; whoever measures
    questions must take those of the fold out.
    """
    for fold in range(FOLDS):
        yield teach([one for one in lessons if one.fold != fold], card, asked)


def measured(lessons: Sequence[Lesson], trees: Sequence[BoostedTrees]) -> tuple[Ranked, ...]:
    """Every lesson in the order of the trees that have not learnt its fold; means by kind."""
    rows: dict[str, list[Mapping[str, float]]] = {}
    for one in (lesson for lesson in lessons if lesson.wanted):
        likely = trees[one.fold].probability(as_judged(one.rows))
        rows.setdefault(one.kind, []).append(_measure(one, likely))
    return tuple(
        Ranked(kind, len(of_kind), {n: fmean(row[n] for row in of_kind) for n in of_kind[0]})
        for kind, of_kind in rows.items()
    )


def silent(
    lessons: Sequence[Lesson], trees: Sequence[BoostedTrees], below: float
) -> Mapping[str, float]:
    """By kind, the share of lessons for which no article is as likely as ``below``.

    Of lessons that need an article this is the share of errors; of those that need none, of
    successes. Each is judged by the trees that have not learnt it.
    """
    said: dict[str, list[bool]] = {}
    for one in lessons:
        likely = trees[one.fold].probability(as_judged(one.rows))
        kind = one.kind if one.wanted or one.kind == IDLE else _NO_LAW
        said.setdefault(kind, []).append(float(likely.max(initial=0.0)) < below)
    return {kind: fmean(of_kind) for kind, of_kind in said.items()}


def _measure(lesson: Lesson, likely: Scores) -> Mapping[str, float]:
    order = np.argsort(-likely, kind="stable")
    core = lesson.applies[order] >= CORE
    first = np.flatnonzero(core)
    return {
        "hit@5": float(core[:5].any()),
        "hit@10": float(core[:10].any()),
        "Recall@10": float(core[:10].sum()) / lesson.wanted,
        "Recall@100": float(core[:100].sum()) / lesson.wanted,
        "MRR@10": 1.0 / (1.0 + first[0]) if len(first) and first[0] < 10 else 0.0,
    }


def _tree(told: Mapping[str, Any]) -> Tree:
    """One tree as LightGBM tells it, as arrays; children stand behind their parents."""
    columns: list[list[float]] = [[], [], [], [], []]
    _enter(told["tree_structure"], columns)
    feature, threshold, left, right, value = columns
    return Tree(
        feature=tuple(map(int, feature)),
        threshold=tuple(threshold),
        left=tuple(map(int, left)),
        right=tuple(map(int, right)),
        value=tuple(value),
    )


def _enter(node: Mapping[str, Any], columns: list[list[float]]) -> int:
    """Appends a node and all below it; gives its place."""
    place = len(columns[0])
    inner = "split_feature" in node
    row = (
        (node["split_feature"], node["threshold"], 0, 0, 0.0)
        if inner
        else (LEAF, 0.0, 0, 0, node["leaf_value"])
    )
    for column, entry in zip(columns, row, strict=True):
        column.append(entry)
    if inner:
        columns[2][place] = _enter(node["left_child"], columns)
        columns[3][place] = _enter(node["right_child"], columns)
    return place
