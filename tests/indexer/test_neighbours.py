"""Nearest neighbours: exact for few, nearly so for many, never the vector itself."""

import numpy as np
import pytest

import indexer.neighbours
from indexer.neighbours import nearest


def vectors(count: int) -> np.ndarray:
    rng = np.random.default_rng(3)
    centres = rng.standard_normal((max(1, count // 5), 32))
    near = centres[np.arange(count) % len(centres)] + 0.3 * rng.standard_normal((count, 32))
    made = near.astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def brute(all_of: np.ndarray, k: int) -> np.ndarray:
    scores = all_of @ all_of.T
    np.fill_diagonal(scores, -2)
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_vectors_have_fewer_neighbours(count: int) -> None:
    places, scores = nearest(vectors(5)[:count], 4)
    assert places.shape == scores.shape == (count, max(0, min(4, count - 1)))


def test_neighbours_are_the_nearest_others() -> None:
    made = vectors(300)
    places, scores = nearest(made, 5)
    assert (places == brute(made, 5)).mean() > 0.99
    assert not (places == np.arange(300)[:, None]).any()
    assert (np.diff(scores, axis=1) <= 1e-6).all()


def test_twins_are_each_others_neighbours() -> None:
    made = np.repeat(vectors(40), 3, axis=0)
    places, _ = nearest(made, 2)
    assert (places // 3 == (np.arange(120) // 3)[:, None]).all()


def test_many_vectors_are_looked_up_in_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer.neighbours, "EXACT_UP_TO", 500)
    made = vectors(2000)
    places, _ = nearest(made, 4)
    again, _ = nearest(made, 4)
    assert (places == again).all()
    assert (places == brute(made, 4)).mean() > 0.8
