"""The learned ranking's teaching: lessons are honest, the same lessons give the same trees."""

import numpy as np
import pytest

from corpus.model import ArticleNumber
from eval.dataset import Question
from eval.errors import RivalAbsent
from eval.ranking_material import (
    ASKED,
    CORE,
    FOLDS,
    IDLE,
    PLAIN,
    Lesson,
    Untaught,
    asked_of,
    fold_of,
    unasked,
)
from eval.ranking_training import cross_taught, measured, silent, teach
from indexer.learned.features import FEATURES
from indexer.learned.forest import Tree
from indexer.learned.index import Offered
from indexer.learned.trees import BoostedTrees, RankerCard

CARD = RankerCard(
    embedder="e", features=FEATURES, seed=1, recipe="", stories=0, questions=0, datasets={}
)
LAW = "示例法"


def question(*articles):
    gold = [{"law": LAW, "article": article} for article in articles]
    return Question.model_validate({"id": 1, "question": "问", "gold": gold, "as_of": "2023-12-31"})


def lesson(seed=0, fold=0, kind=PLAIN):
    """Sixty articles of which those near in meaning apply."""
    rows = np.random.default_rng(seed).random((60, len(FEATURES)), dtype=np.float32)
    applies = np.where(rows[:, 0] > 0.9, CORE, 0.0).astype(np.float32)
    return Lesson(f"l{seed}", kind, fold, applies, rows, max(1, int(applies.sum())))


def test_answers_are_counted_by_the_laws_full_title() -> None:
    asked = asked_of(
        [question("第二条", "第一条"), question("第二条")], {LAW: "中华人民共和国示例法"}
    )
    assert asked == {
        "中华人民共和国示例法": {ArticleNumber(1): 1, ArticleNumber(2): 2},
    }


def test_a_question_does_not_speak_for_its_own_answer() -> None:
    rows = np.zeros((2, len(FEATURES)), dtype=np.float32)
    asked, law = FEATURES.index("asked"), FEATURES.index("law_asked")
    rows[:, asked], rows[:, law] = np.log1p([1, 3]), np.log1p(4)
    offered = Offered(((LAW, ArticleNumber(1)), (LAW, ArticleNumber(2))), rows)
    alone = unasked(offered, frozenset({(LAW, ArticleNumber(1))}))
    assert np.expm1(alone[:, asked]).tolist() == pytest.approx([0, 3])
    assert np.expm1(alone[:, law]).tolist() == pytest.approx([3, 3])
    assert rows[0, asked] > 0


def test_untaught_goes_by_the_hybrid_score() -> None:
    rows = np.zeros((2, len(FEATURES)), dtype=np.float32)
    rows[:, FEATURES.index("whole_mixed")] = (0.2, 0.7)
    assert Untaught({}).probability(rows).tolist() == pytest.approx([0.2, 0.7])


def test_each_lesson_is_measured_by_the_trees_that_have_not_learnt_it() -> None:
    leaf = dict(feature=(-1,), threshold=(0.0,), left=(0,), right=(0,))
    right = Tree(
        feature=(0, -1, -1),
        threshold=(0.9, 0, 0),
        left=(1, 0, 0),
        right=(2, 0, 0),
        value=(0, -3, 3),
    )
    blind = BoostedTrees(CARD, (Tree(**leaf, value=(0.0,)),))
    seeing = BoostedTrees(CARD, (right,))
    lessons = [lesson(fold=0), lesson(1, fold=1)]
    (both,) = measured(lessons, (seeing, seeing, blind, blind, blind))
    assert both.measures["hit@5"] == 1.0
    (half,) = measured(lessons, (seeing, blind, blind, blind, blind))
    assert half.lessons == 2
    assert half.measures["Recall@10"] < both.measures["Recall@10"]


def test_it_is_told_for_how_many_texts_nothing_is_likely() -> None:
    tree = Tree(
        feature=(0, -1, -1),
        threshold=(0.5, 0, 0),
        left=(1, 0, 0),
        right=(2, 0, 0),
        value=(0, -3, 3),
    )
    trees = (BoostedTrees(CARD, (tree,)),) * FOLDS
    far = Lesson("f", IDLE, 0, np.zeros(2), np.zeros((2, len(FEATURES)), dtype=np.float32), 0)
    none = Lesson("n", IDLE, 0, np.zeros(0), np.zeros((0, len(FEATURES)), dtype=np.float32), 0)
    near = Lesson("e", IDLE, 0, np.zeros(2), np.ones((2, len(FEATURES)), dtype=np.float32), 0)
    assert silent((far, none, near), trees, 0.2) == {IDLE: pytest.approx(2 / 3)}


def test_stories_lie_in_folds_by_their_id() -> None:
    folds = {fold_of(f"s{n:03}") for n in range(100)}
    assert folds == set(range(FOLDS))
    assert fold_of("s001") == fold_of("s001")


def test_teaching_without_the_library_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "lightgbm", None)
    with pytest.raises(RivalAbsent, match="lightgbm"):
        teach([lesson()], CARD, {})


def test_the_same_lessons_give_the_same_trees_and_they_see_what_counts() -> None:
    pytest.importorskip("lightgbm", reason="needs the extra: pip install .[eval]")
    lessons = [lesson(n, fold=n % FOLDS, kind=ASKED) for n in range(20)]
    first, second = (teach(lessons, CARD, {}) for _ in range(2))
    rows = lesson(99).rows
    assert first.probability(rows).tolist() == second.probability(rows).tolist()
    (ranked,) = measured(lessons, tuple(cross_taught(lessons, CARD, {})))
    assert ranked.measures["hit@5"] == 1.0
