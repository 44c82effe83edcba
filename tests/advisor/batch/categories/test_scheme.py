"""A scheme of categories and what it adds."""

import pytest
from openpyxl import Workbook

from advisor.batch.categories import Telling, learn, read_scheme
from advisor.batch.categories.scheme import SchemeWords
from advisor.errors import RefusedInput

SCHEME = (
    ("类别", "下级", "细目"),
    ("道路", "设施", "窨井盖"),
    ("道路", "绿化", "行道树"),
    ("教育", "办学", "校车"),
    ("环保", "污染", "噪声"),
)


def test_cells_left_empty_stand_for_the_ones_above(tmp_path):
    path, book = tmp_path / "体系.xlsx", Workbook()
    for row in (("道路", "设施", "窨井盖"), (None, None, "护栏"), (None, "绿化", "行道树")):
        book.active.append(row)
    book.save(path)
    assert read_scheme(path) == (
        ("道路", "设施", "窨井盖"),
        ("道路", "设施", "护栏"),
        ("道路", "绿化", "行道树"),
    )
    text = tmp_path / "体系.csv"
    text.write_text("道路,设施,窨井盖\n,,护栏\n", encoding="gb18030")
    assert read_scheme(text) == (("道路", "设施", "窨井盖"), ("道路", "设施", "护栏"))


def test_a_word_of_the_scheme_tells_its_category_without_any_row(rows, senses):
    asked = [Telling("窨井盖丢了", "门前的窨井盖丢了好几天。")]
    (before,) = learn(rows, (), senses).model.guess(asked)
    (after,) = learn(rows, asked, senses, SCHEME).model.guess(asked)
    assert after.name == "道路"
    assert after.confidence > (before.confidence if before.name == "道路" else 0)


def test_nearness_is_that_of_the_nearest_branch():
    asked = [Telling("行道树", "行道树倒了"), Telling("校车", "校车晚点")]
    words = SchemeWords(("教育", "道路"), SCHEME, asked * 2)
    near = words.perceive(asked)
    assert near.shape == (2, 4)
    assert near[0, 1] > near[0, 0]
    assert near[1, 0] > near[1, 1]


def test_a_scheme_of_other_categories_is_refused():
    with pytest.raises(RefusedInput, match="没有台账的类别") as error:
        SchemeWords(("民政", "林业"), SCHEME, ())
    assert error.value.code == "no_scheme"
