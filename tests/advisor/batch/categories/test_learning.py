"""Categories learnt from few rows."""

import pytest

from advisor.batch.categories import FEWEST, Telling, learn, learning
from advisor.errors import RefusedInput


def test_what_is_told_alike_gets_the_same_category(rows, senses):
    learnt = learn(rows, (), senses)
    asked = ("路灯不亮，路面也坏了", "老板欠工资不给", "学校的老师乱收费")
    given = learnt.model.guess(Telling("", text) for text in asked)
    assert [one.name for one in given] == ["道路", "劳动", "教育"]
    assert learnt.model.names == ("劳动", "教育", "道路")


@pytest.mark.parametrize("taken", [12, 18])
def test_what_resembles_nothing_known_is_not_sure(rows, senses, taken):
    (guess,) = learn(rows[:taken], (), senses).model.guess([Telling("", "宠物犬狂吠扰民")])
    assert not guess.sure


def test_the_check_counts_rows_left_out(rows, senses):
    check = learn(rows, (), senses).check
    assert check.rows == len(rows) >= check.given >= check.right > 0


def test_the_order_of_rows_does_not_matter(rows, senses):
    asked = [Telling("", "路面有坑，学生上学难走")]
    (first,) = learn(rows, (), senses).model.guess(asked)
    (second,) = learn(rows[::-1], (), senses).model.guess(asked)
    assert first.name == second.name
    assert first.confidence == pytest.approx(second.confidence)


def test_a_category_of_few_rows_is_named_and_not_learnt(rows, senses):
    more = (*rows, *[(Telling("", "河水发黑发臭"), "环保")] * (FEWEST - 1))
    learnt = learn(more, (), senses)
    assert learnt.too_few == ("环保",)
    assert "环保" not in learnt.model.names


@pytest.mark.parametrize("taken", [0, 3, 6])
def test_fewer_than_two_categories_are_refused(rows, senses, taken):
    three_of_each = tuple(row for n, row in enumerate(rows) if n % 6 < 3)
    given = three_of_each if taken == 3 else rows[:taken]
    with pytest.raises(RefusedInput, match="两个类别") as error:
        learn(given, (), senses)
    assert error.value.code == "no_categories"


def test_of_very_many_rows_small_categories_stay_whole(rows, senses, monkeypatch):
    monkeypatch.setattr(learning, "_MOST_ROWS", 20)
    many = (*rows[:6] * 10, *rows[6:])
    learnt = learn(many, (), senses)
    assert learnt.check.rows <= 20
    assert learnt.model.names == ("劳动", "教育", "道路")
