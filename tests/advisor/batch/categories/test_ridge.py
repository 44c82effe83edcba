"""Kernel ridge classification against what its definition says."""

import numpy as np
import pytest

from advisor.batch.categories.ridge import fit


@pytest.fixture
def cloud():
    rng = np.random.default_rng(3)
    labels = np.arange(30) % 3
    return rng.normal(size=(30, 5)) + 3.0 * np.eye(3, 5)[labels], labels


def test_what_lies_apart_is_told_apart(cloud):
    rows, labels = cloud
    ridge = fit(rows @ rows.T, labels, 3)
    given = ridge.tell(rows @ rows.T).likely
    assert (given.argmax(axis=1) == labels).mean() > 0.9
    assert given.sum(axis=1) == pytest.approx(1.0)


def test_what_resembles_nothing_is_alike_nothing(cloud):
    rows, labels = cloud
    told = fit(rows @ rows.T, labels, 3).tell(np.zeros((1, 30)))
    assert told.alike == pytest.approx([0.0])
    assert told.likely[0] == pytest.approx([1 / 3] * 3)


def test_a_row_left_out_gets_what_it_would_get_had_it_not_been_there():
    rows = np.random.default_rng(5).normal(size=(12, 3))
    labels = np.arange(12) % 2
    kernel, targets = rows @ rows.T, np.eye(2)[labels]
    ridge = fit(kernel, labels, 2)
    others = np.arange(12) != 4
    inside = kernel[np.ix_(others, others)] + 0.1 * np.eye(11)  # both classes count alike
    shares = np.linalg.solve(inside, targets[others] - 0.5)
    scores = kernel[4, others] @ shares + 0.5
    powers = np.exp(ridge.sharpness * (scores - scores.max()))
    assert ridge.left_out.likely[4] == pytest.approx(powers / powers.sum())


def test_a_small_class_counts_as_much_as_a_large_one():
    rows = np.array([[1.0, 0.0]] * 20 + [[0.0, 1.0]] * 2)
    ridge = fit(rows @ rows.T, np.array([0] * 20 + [1] * 2), 2)
    told = ridge.tell(rows[[0, -1]] @ rows.T)
    assert told.likely.argmax(axis=1).tolist() == [0, 1]
    assert told.likely[0, 0] == pytest.approx(told.likely[1, 1], abs=0.01)
