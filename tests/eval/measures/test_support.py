import pytest

from eval.measures.support import SUPPORT


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
