import pytest

from eval.measures.legal_basis import (
    BASIS_HELD,
    BASIS_HIT,
    BASIS_IDLE,
    BASIS_PRECISION,
    BASIS_RECALL,
    BASIS_USEFUL,
)

ALL = (BASIS_RECALL, BASIS_HIT, BASIS_PRECISION, BASIS_USEFUL)
LAW = "中华人民共和国示例停车法"
NO_LAW = {"kind": "no_applicable_law", "required": ["没有"]}


@pytest.mark.parametrize(
    ("articles", "values"),
    [
        (["第一条"], (0.5, 1.0, 1.0, 1.0)),
        (["第一条", "第二条"], (1.0, 1.0, 1.0, 1.0)),
        (["第三条"], (0.0, 0.0, 1.0, 1.0)),
        (["第八条", "第九条"], (0.0, 0.0, 0.0, 0.0)),
        (["第九条", "第一条", "第一条"], (0.5, 1.0, 0.5, 1.0)),
        (["第五条", "第六条", "第七条", "第八条", "第九条", "第一条"], (0.5, 0.0, 0.166667, 1.0)),
        ([], (0.0, 0.0, None, 0.0)),
    ],
)
def test_what_is_shown_is_held_against_the_labels(answer, shown, articles, values):
    basis = [shown(f"L{n}", article, "任意") for n, article in enumerate(articles)]
    found = answer(advice={"legal_basis": basis})
    assert tuple(one.value(found) for one in ALL) == values


def test_a_case_without_any_article_only_asks_that_none_is_shown(answer, shown):
    case = {"core": [], "acceptable": [], "traps": [NO_LAW]}
    found = answer(case)
    assert [one.value(found) for one in ALL] == [None] * 4
    assert BASIS_IDLE.value(found) == 1.0
    assert BASIS_IDLE.value(answer(case, {"legal_basis": []})) == 0.0
    assert BASIS_IDLE.of_crash(found.case) == 1.0
    assert BASIS_IDLE.value(answer()) is None


def test_what_the_collection_lacks_is_told(answer):
    missing = [{"law": LAW, "article": "第一条"}, {"law": LAW, "article": "第九条"}]
    assert BASIS_HELD.value(answer()) == 1.0
    assert BASIS_HELD.value(answer({"core": missing})) == 0.5
    assert BASIS_HELD.of_crash(answer().case) is None
