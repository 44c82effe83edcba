import pytest

from eval.measures.matter import MATTER, MATTER_3


def matter(type_, *alternatives, abstained=False):
    others = [{"type": one, "name": one, "confidence": 0.3} for one in alternatives]
    return {
        "matter": {
            "type": type_,
            "name": "x",
            "confidence": 0.5,
            "alternatives": others,
            "abstained": abstained,
        }
    }


@pytest.mark.parametrize(
    ("given", "may_abstain", "right", "among"),
    [
        (matter("fire_lane"), False, 1.0, 1.0),
        (matter("noise", "fire_lane"), False, 0.0, 1.0),
        (matter("noise", "a", "b", "fire_lane"), False, 0.0, 0.0),
        (matter(None, "fire_lane", abstained=True), False, 0.0, 1.0),
        (matter(None, "noise", abstained=True), False, 0.0, 0.0),
        (matter(None, "noise", abstained=True), True, 1.0, 1.0),
        (matter("noise"), True, 0.0, 0.0),
    ],
)
def test_a_matter_is_right_when_accepted_or_rightly_left_open(
    answer, given, may_abstain, right, among
):
    found = answer(case={"may_abstain": may_abstain}, advice=given)
    assert MATTER.value(found) == right
    assert MATTER_3.value(found) == among
