"""Which questions a model has learnt, as its card tells: none of those may be measured with it."""

import re
from collections.abc import Sequence
from pathlib import Path

from eval.dataset import Dataset, Question
from eval.errors import ModelUnfit
from indexer.errors import ModelDamaged
from indexer.ports import Embedder
from indexer.static_embedder import StaticEmbedder
from indexer.training_questions import FOLDS

_LEFT_OUT = re.compile(rf"without rows n % {FOLDS} == (\d)")


def fold_of(dataset: Dataset, fold: int) -> tuple[Question, ...]:
    """Every fifth question, beginning with this one: what ``--leave-out`` leaves out."""
    return dataset.questions[fold::FOLDS]


def held_out(dataset: Dataset, embedder: Embedder | None) -> tuple[Question, ...]:
    """The questions of a dataset that a model has not learnt.

    A model that learnt from another file has learnt none of this one, as far as its card tells;
    of a model without a card nothing is known, and every question is given.
    """
    told = (embedder.card.questions or "") if isinstance(embedder, StaticEmbedder) else ""
    if dataset.sha256 not in told:
        return dataset.questions
    left_out = _LEFT_OUT.search(told)
    return fold_of(dataset, int(left_out[1])) if left_out else ()


def fold_model(folder: Path, dataset: Dataset, fold: int) -> StaticEmbedder:
    """The model of one fold of a cross-validation: it lies in ``folder/0`` to ``folder/4``.

    Raises:
        ModelUnfit: it is missing or damaged, or has learnt questions of its fold.
    """
    try:
        embedder = StaticEmbedder.read(folder / str(fold))
    except ModelDamaged as error:
        raise ModelUnfit(str(error)) from error
    if not _ids(fold_of(dataset, fold)) <= _ids(held_out(dataset, embedder)):
        raise ModelUnfit(
            f"模型（{folder / str(fold)}）学过第 {fold} 折的提问，用它测这一折不算数。"
        )
    return embedder


def _ids(questions: Sequence[Question]) -> frozenset[str]:
    return frozenset(question.id for question in questions)
