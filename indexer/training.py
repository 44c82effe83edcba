"""Trains a static model from scratch on a CPU: contrastive, first in-batch, then hard negatives.

torch is needed for it and for nothing else: ``pip install minqing-advisor[models]``.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.errors import TrainingRefused
from indexer.hard_negatives import mine
from indexer.recipe import Recipe
from indexer.static_format import Card, StaticTable
from indexer.tokenizer import Tokens, tokenize_many
from indexer.training_material import Kind, Material, TrainingScope

if TYPE_CHECKING:
    from indexer.learner import Learner

Tell = Callable[[str], None]

_PIECE = 4096
_OWNER_BITS = np.uint64(42)
_ID_MASK = np.uint64((1 << 42) - 1)
_IDF_FLOOR = 0.5
_ASKING: tuple[Kind, ...] = ("gist", "question", "matter", "word")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model's card says of its sources: the corpus, the questions, the days and place."""

    corpus: str
    questions: str | None
    scope: TrainingScope


def train(
    material: Material, recipe: Recipe, *, seen: Seen, tell: Tell
) -> tuple[StaticTable, Card]:
    """A model that learnt from the material, and its card.

    Args:
        material: the pairs.
        recipe: seed, sizes, stages.
        seen: what the card says of the material.
        tell: told in Chinese how far it is.

    Raises:
        TrainingRefused: torch is not installed, or there are no pairs.
    """
    if not any(material.pairs.values()):
        raise TrainingRefused("没有可供学习的语料，请先收入法规。")
    tokens, rarity = _vocabulary(material, recipe.vocabulary)
    learner = _learner(material, recipe, tokens, rarity)
    tell(f"文本 {len(material.texts)}，词项 {len(tokens)}，学习对 {dict(material.counts())}")
    learner.run(recipe.first, None, tell)
    mined = mine(learner.table(), material, seed=recipe.seed)
    tell(f"已找出 {len(mined)} 条文本的难例")
    learner.run(recipe.second, mined, tell)
    card = Card(
        seed=recipe.seed,
        recipe=recipe.told(),
        pairs=material.counts(),
        texts=len(material.texts),
        tokens=len(tokens),
        corpus=seen.corpus,
        questions=seen.questions,
        as_of=seen.scope.as_of,
        region=seen.scope.region,
        material=material.digest(),
        versions={name: version(name) for name in ("numpy", "torch")},
    )
    return learner.table(), card


def _learner(
    material: Material, recipe: Recipe, tokens: Tokens, rarity: NDArray[np.float32]
) -> "Learner":
    try:
        from indexer.learner import Learner
    except ImportError as error:
        raise TrainingRefused(
            "训练向量模型需要 torch，请先安装：pip install 'minqing-advisor[models]'。"
        ) from error
    return Learner(material, recipe, tokens, rarity)


def _vocabulary(material: Material, size: int) -> tuple[Tokens, NDArray[np.float32]]:
    """The tokens that most texts hold, ascending, and the rarity of each, 1 on average."""
    asking = {place for kind in _ASKING for place, _ in material.pairs.get(kind, ())}
    counted: Counter[int] = Counter()
    places = [*material.articles, *sorted(asking)]
    for begin in range(0, len(places), _PIECE):
        texts = [material.texts[place] for place in places[begin : begin + _PIECE]]
        tokens = tokenize_many(texts)
        held = np.unique((tokens.owners << _OWNER_BITS) | tokens.ids)
        ids, counts = np.unique(held & _ID_MASK, return_counts=True)
        counted.update(dict(zip(ids.tolist(), counts.tolist(), strict=True)))
    kept = sorted(token for token, count in counted.most_common(size) if count > 1)
    frequency = np.array([counted[token] for token in kept])
    rarity = np.log((len(material.articles) + 1) / (frequency + 0.5)).clip(_IDF_FLOOR)
    scale = rarity.mean() if len(rarity) else 1.0
    return np.array(kept, dtype=np.uint64), (rarity / scale).astype(np.float32)
