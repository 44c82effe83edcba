import pytest

from eval.measures.precedents import (
    PRECEDENT_ALIKE,
    PRECEDENT_DIFFERENT,
    PRECEDENT_MATTER,
    PRECEDENT_SAME,
    contradicted,
)

ALL = (PRECEDENT_MATTER, PRECEDENT_ALIKE, PRECEDENT_SAME, PRECEDENT_DIFFERENT)


def values(found):
    return tuple(one.value(found) for one in ALL)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (1.0, 1.0, 1.0, 1.0)),
        ({"case_id": "unknown"}, (0.0, 1.0, 1.0, 1.0)),
        ({"same": ["同属“消防通道”"]}, (1.0, 0.0, None, 1.0)),
        ({"same": ["面包车长期堵门", "楼上漏水"]}, (1.0, 1.0, 0.5, 1.0)),
        ({"different": ["先例中救护车开不进，本件未提到，待核实"]}, (1.0, 1.0, 1.0, 0.0)),
        ({"different": []}, (1.0, 1.0, 1.0, None)),
    ],
)
def test_what_is_said_of_a_case_is_held_against_the_complaint(answer, resolved, fields, expected):
    assert values(answer(advice={"precedents": [resolved(**fields)]})) == expected


def test_no_case_shown_has_no_value(answer):
    assert values(answer(advice={"precedents": []})) == (None,) * 4


def test_a_difference_is_contradicted_only_where_it_says_that_something_is_not_told():
    told = "面包车堵着消防通道"
    assert contradicted("先例中面包车堵着，本件未提到，待核实", told)
    assert not contradicted("先例发生在面包车堵着的外省", told)
    assert not contradicted("先例中老人摔倒，本件未提到，待核实", told)
