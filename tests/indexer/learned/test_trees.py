import numpy as np
import pytest

from indexer.errors import RankerDamaged
from indexer.learned.forest import LEAF, Tree
from indexer.learned.trees import BoostedTrees, RankerCard

CARD = RankerCard(
    embedder="static-1",
    features=("near", "known"),
    seed=1,
    recipe="",
    stories=1,
    questions=0,
    datasets={},
)
# near <= 0.5 ? (known <= 1 ? -2 : 1) : 3
TREE = Tree(
    feature=(0, 1, LEAF, LEAF, LEAF),
    threshold=(0.5, 1.0, 0.0, 0.0, 0.0),
    left=(1, 2, 0, 0, 0),
    right=(4, 3, 0, 0, 0),
    value=(0.0, 0.0, -2.0, 1.0, 3.0),
)
STUMP = Tree(feature=(LEAF,), threshold=(0.0,), left=(0,), right=(0,), value=(0.5,))
ROWS = np.array([[0.5, 1.0], [0.2, 1.5], [0.6, 0.0]], dtype=np.float32)


def _odds(rows: np.ndarray, *trees: Tree) -> list[float]:
    likely = BoostedTrees(CARD, trees).probability(rows).astype(np.float64)
    return np.log(likely / (1 - likely)).tolist()


def test_each_row_falls_to_its_leaf_and_the_leaves_of_all_trees_add_up() -> None:
    assert _odds(ROWS, TREE) == pytest.approx([-2.0, 1.0, 3.0], abs=1e-4)
    assert _odds(ROWS, TREE, STUMP) == pytest.approx([-1.5, 1.5, 3.5], abs=1e-4)


def test_no_rows_and_no_trees_are_no_error() -> None:
    assert BoostedTrees(CARD, (TREE,)).probability(ROWS[:0]).shape == (0,)
    assert BoostedTrees(CARD, ()).probability(ROWS).tolist() == [0.5, 0.5, 0.5]


def test_what_is_written_is_read_again(tmp_path) -> None:
    path = tmp_path / "ranker.json"
    BoostedTrees(CARD, (TREE, STUMP)).write(path)
    again = BoostedTrees.read(path)
    assert again.card == CARD
    assert (
        again.probability(ROWS).tolist()
        == BoostedTrees(CARD, (TREE, STUMP)).probability(ROWS).tolist()
    )
    assert again.fits("static-1")
    assert not again.fits("static-2")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"card": {}, "trees": []}',
        # A node that leads back to itself would never end.
        b'{"card": %s, "trees": [{"feature": [0], "threshold": [0], "left": [0], "right": [0],'
        b' "value": [0]}]}' % CARD.model_dump_json().encode(),
        # Of a node below two others nobody knows which leaves stand to its left.
        b'{"card": %s, "trees": [{"feature": [0, 0, -1], "threshold": [0, 0, 0], "left": [1, 2, 0],'
        b' "right": [2, 2, 0], "value": [0, 0, 0]}]}' % CARD.model_dump_json().encode(),
        b'{"card": %s, "trees": [{"feature": [-1, -1], "threshold": [0], "left": [0], "right": [0],'
        b' "value": [0]}]}' % CARD.model_dump_json().encode(),
    ],
)
def test_a_damaged_file_is_refused_in_chinese(tmp_path, content) -> None:
    path = tmp_path / "ranker.json"
    path.write_bytes(content)
    with pytest.raises(RankerDamaged, match="排序模型"):
        BoostedTrees.read(path)


def test_a_missing_file_is_refused(tmp_path) -> None:
    with pytest.raises(RankerDamaged):
        BoostedTrees.read(tmp_path / "none.json")
