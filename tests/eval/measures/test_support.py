import pytest

from eval.measures.support import SUPPORT, SUPPORT_BY_LOT


def step(action, *evidence):
    one = {"order": 1, "action": action, "owner": "网格员", "deadline_days": 1}
    return {"steps": [{**one, "evidence": list(evidence)}], "competence": []}


@pytest.mark.parametrize(
    ("action", "evidence", "value"),
    [
        ("告诉车主消防通道不许停放", ["P1", "L1"], 1.0),
        ("告诉车主法律规定必须配合处理", ["P1", "L1"], 0.0),
        ("请老人到活动室坐坐", ["L1"], 0.0),
        ("消防通道停放的罚款二百元", ["L1"], 1.0),
        ("消防通道停放的罚款200元", ["L1"], 1.0),
        ("消防通道停放的罚款五百元", ["L1"], 0.0),
        ("消防通道停放的五日内来挪", ["P1", "L1"], 1.0),
        ("告诉车主消防通道不许停放", ["P1"], None),
        ("告诉车主消防通道不许停放", ["L7"], None),
    ],
)
def test_a_statement_is_borne_by_shared_terms_and_equal_amounts(
    answer, plan_with, action, evidence, value
):
    assert SUPPORT.value(answer(advice=plan_with(**step(action, *evidence)))) == value


def test_an_article_drawn_by_lot_bears_what_it_happens_to_share(answer, plan_with):
    """The pack of the tests has one other law; it speaks of the night and of the roadside."""
    about_it = plan_with(**step("夜间路边停放的不算", "P1", "L1"))
    about_other = plan_with(**step("告诉车主消防通道不许停放", "P1", "L1"))
    assert SUPPORT_BY_LOT.value(answer(advice=about_it)) == 1.0
    assert SUPPORT_BY_LOT.value(answer(advice=about_other)) == 0.0
    assert SUPPORT_BY_LOT.value(answer(advice=plan_with(**step("挪车", "P1")))) is None
