"""The learner: rows and weights of a static model, fitted with torch.

The loss is the softmax over the answers of a batch (van den Oord et al., *Representation Learning
with Contrastive Predictive Coding*, 2018). Imported only by who trains.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from indexer.hard_negatives import Mined
from indexer.recipe import Recipe, Stage
from indexer.static_embedder import bags_of
from indexer.static_format import StaticTable
from indexer.tokenizer import Tokens
from indexer.training_material import Material

_PIECE = 4096
_WARM_UP = 100
_LAST_RATE = 0.02
_LONGEST = 240
_TOLD_EVERY = 100

Pair = tuple[int, int]


class Learner:
    """Holds the parameters between the stages."""

    def __init__(
        self, material: Material, recipe: Recipe, tokens: Tokens, rarity: NDArray[np.float32]
    ) -> None:
        """``tokens`` ascending, shape (n,); ``rarity``, shape (n,), is where the weights begin."""
        torch.manual_seed(recipe.seed)
        torch.set_num_threads(recipe.threads)
        self._rng = np.random.default_rng(recipe.seed)
        self._material = material
        self._recipe = recipe
        self._tokens = tokens
        self._bags = _Texts(material.texts, tokens)
        start = torch.randn(len(tokens), recipe.dimension) / math.sqrt(recipe.dimension)
        self._rows = torch.nn.Parameter(start)
        self._weights = torch.nn.Parameter(torch.from_numpy(rarity.copy()))

    def run(self, stage: Stage, mined: Mined | None, tell: Callable[[str], None]) -> None:
        """One stage; with ``mined`` each pair that has hard negatives brings one of them."""
        optimizers = (
            (torch.optim.SparseAdam([self._rows], lr=stage.rate, betas=(0.9, 0.99)), 1.0),
            (torch.optim.Adam([self._weights], lr=stage.rate), 2.0),
        )
        for step in range(stage.steps):
            rate = stage.rate * _pace(step, stage.steps)
            for optimizer, factor in optimizers:
                optimizer.param_groups[0]["lr"] = rate * factor
                optimizer.zero_grad()
            loss = self._loss(self._draw(stage), mined)
            loss.backward()
            for optimizer, _ in optimizers:
                optimizer.step()
            if step % _TOLD_EVERY == 0:
                tell(f"第 {step}/{stage.steps} 步，损失 {loss.item():.3f}")

    def table(self) -> StaticTable:
        """The vectors as they are now, weights baked in, rounded to int8."""
        with torch.no_grad():
            vectors = (self._rows * self._weights[:, None]).numpy()
        return StaticTable.quantized(self._tokens, vectors)

    def _draw(self, stage: Stage) -> Sequence[Pair]:
        """A batch in which no answer stands twice."""
        shares = [(kind, s) for kind, s in stage.shares.items() if self._material.pairs.get(kind)]
        chances = np.array([share for _, share in shares])
        kinds = self._rng.choice(len(shares), self._recipe.batch, p=chances / chances.sum())
        drawn: dict[int, Pair] = {}
        for kind in kinds:
            pairs = self._material.pairs[shares[kind][0]]
            pair = pairs[int(self._rng.integers(len(pairs)))]
            drawn.setdefault(pair[1], pair)
        return tuple(drawn.values())

    def _loss(self, batch: Sequence[Pair], mined: Mined | None) -> torch.Tensor:
        asked = self._encode([asking for asking, _ in batch])
        answers = self._encode([answer for _, answer in batch])
        right = torch.arange(len(batch))
        heat = self._recipe.temperature
        if mined is None:
            scores = asked @ answers.T / heat
            both = functional.cross_entropy(scores, right)
            return (both + functional.cross_entropy(scores.T, right)) / 2
        offered = [mined[asking] for asking, _ in batch if asking in mined]
        wrong = [one[int(self._rng.integers(len(one)))] for one in offered]
        if wrong:
            answers = torch.cat([answers, self._encode(wrong)])
        return functional.cross_entropy(asked @ answers.T / heat, right)

    def _encode(self, places: Sequence[int]) -> torch.Tensor:
        rows, times, starts = self._bags.batch(places, self._recipe.dropped, self._rng)
        ids = torch.from_numpy(rows)
        scale = torch.from_numpy(times) * self._weights[ids]
        sums = functional.embedding_bag(
            ids,
            self._rows,
            torch.from_numpy(starts),
            mode="sum",
            per_sample_weights=scale,
            sparse=True,
        )
        return functional.normalize(sums, dim=1)


class _Texts:
    """All texts as bags of rows, side by side."""

    def __init__(self, texts: Sequence[str], tokens: Tokens) -> None:
        pieces = [
            bags_of(texts[begin : begin + _PIECE], tokens) for begin in range(0, len(texts), _PIECE)
        ]
        self._rows = np.concatenate([piece.rows.astype(np.int32) for piece in pieces])
        self._times = np.concatenate([piece.times for piece in pieces])
        self._lengths = np.concatenate([np.diff(piece.starts) for piece in pieces])
        self._starts = np.cumsum(self._lengths) - self._lengths

    def batch(
        self, places: Sequence[int], dropped: float, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Rows, times and starts of these texts, some tokens left out; of long texts more."""
        chosen = np.asarray(places)
        lengths = self._lengths[chosen]
        heads = np.cumsum(lengths) - lengths
        at = np.repeat(self._starts[chosen] - heads, lengths) + np.arange(lengths.sum())
        missing = np.maximum(dropped, 1 - _LONGEST / np.maximum(lengths, 1))
        kept = rng.random(len(at)) > np.repeat(missing, lengths)
        owners = np.repeat(np.arange(len(chosen)), lengths)[kept]
        at = at[kept]
        starts = np.searchsorted(owners, np.arange(len(chosen))).astype(np.int64)
        return self._rows[at].astype(np.int64), self._times[at], starts


def _pace(step: int, steps: int) -> float:
    """Rises over the first steps, then falls towards the end."""
    return min(1.0, (step + 1) / _WARM_UP) * max(_LAST_RATE, 1 - step / steps)
