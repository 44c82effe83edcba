"""The cross-validation of categories: folds, groups, figures, and the real messages."""

from collections import Counter
from pathlib import Path

import pytest

from advisor.batch.categories import Senses, Telling, shipped_senses
from advisor.batch.model import BatchRow
from advisor.matter import MatterRecognizer
from eval.categories import (
    GuessRow,
    Material,
    cross_validate,
    figure,
    macro_f1,
    read_material,
    summarize,
)
from eval.categories_command import table
from eval.categories_folds import alike_groups, folds_of
from eval.errors import DatasetInvalid

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "messages"


def _row(category, given, **more):
    told = {"id": "1", "repeat": 0, "fold": 0, "confidence": 1.0, "sure": True}
    return GuessRow.model_validate({**told, **more, "category": category, "given": given})


def test_near_duplicates_are_of_one_group():
    texts = (
        "村口的路灯坏了半个月，请尽快修好",
        "学校食堂饭菜太凉",
        "村口的路灯坏了半个月了，请尽快修好吧，谢谢",
        "学校食堂饭菜太凉，学生吃不饱",
        "工资",
    )
    assert alike_groups(texts) == (0, 1, 0, 1, 4)


def test_folds_keep_groups_whole_and_classes_even():
    labels = ["甲"] * 30 + ["乙"] * 12
    groups = [0, 0, 0, *range(3, 42)]
    folds = folds_of(labels, groups, seed=1)
    assert len(set(folds[:3])) == 1
    for name in "甲乙":
        held = Counter(fold for fold, label in zip(folds, labels, strict=True) if label == name)
        assert max(held.values()) - min(held.values()) <= 1
    assert folds != folds_of(labels, groups, seed=2)


def test_figures_as_worked_out_by_hand():
    rows = [_row("甲", "甲"), _row("甲", "乙"), _row("乙", "乙"), _row("乙", "乙")]
    first, second = figure(rows, "甲"), figure(rows, "乙")
    assert (first.precision, first.recall) == (1.0, 0.5)
    assert first.f1 == pytest.approx(2 / 3)
    assert second.f1 == pytest.approx(0.8)
    assert macro_f1(rows) == pytest.approx((2 / 3 + 0.8) / 2)


def test_a_guess_that_is_not_sure_counts_as_open():
    rows = [_row("甲", "甲"), _row("甲", "乙", sure=False), _row("乙", "乙", fold=1)]
    report = summarize(
        [*rows, *(_row("甲", "甲", fold=fold) for fold in (2, 3, 4))],
        groups=6,
        scheme=False,
    )
    assert report.given == pytest.approx(5 / 6)
    assert report.right_of_given == 1.0
    assert report.right == pytest.approx(5 / 6)
    assert not report.grouped
    assert "不归并" in table(report)


def test_every_row_is_judged_once_by_what_was_not_learnt_from_it():
    texts = {"道路": "路灯和路面坏了第{}处", "劳动": "工资拖欠了第{}个月"}
    rows = tuple(
        BatchRow(number=n, sheet="", line=n, ref=str(n), text=text.format(n), category=name)
        for n, (name, text) in enumerate(list(texts.items()) * 10)
    )
    material = Material(rows, (Telling("", "路灯"),))
    senses = Senses(MatterRecognizer(()), None)
    found = cross_validate(material, senses, grouped=False, repeats=2)
    assert Counter(one.id for one in found) == {row.ref: 2 for row in rows}
    assert all(one.category == one.given for one in found)


def test_a_folder_without_messages_is_refused(tmp_path):
    with pytest.raises(DatasetInvalid, match="没有这个文件"):
        read_material(tmp_path)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real messages are not on this machine")
@pytest.mark.parametrize(("scheme", "least"), [(True, 0.88), (False, 0.81)])
def test_the_real_messages_stay_learnable(scheme, least):
    material = read_material(REAL)
    taken = material if scheme else Material(material.rows, material.others)
    rows = cross_validate(taken, shipped_senses(), grouped=True, repeats=1)
    report = summarize(rows, groups=0, scheme=scheme)
    assert report.rows == 495
    assert report.macro_f1 >= least
    assert report.right_of_given > report.right
