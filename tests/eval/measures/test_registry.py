"""What holds for every measure: named once, defined, with a range that its values keep."""

import pytest

from eval.measures.registry import ADVICE_MEASURES, BY_NAME


def test_every_measure_has_a_name_of_its_own():
    assert len(BY_NAME) == len(ADVICE_MEASURES)
    assert len({one.title for one in ADVICE_MEASURES}) == len(ADVICE_MEASURES)


@pytest.mark.parametrize("measure", ADVICE_MEASURES, ids=lambda one: one.name)
def test_a_measure_says_what_it_counts_and_keeps_its_range(answer, measure):
    assert measure.definition
    assert measure.source
    found = measure.value(answer({"traps": [{"kind": "criminal", "forbidden": ["私了"]}]}))
    if found is not None:
        assert found >= measure.low
        assert measure.high is None or found <= measure.high


@pytest.mark.parametrize(
    "measure",
    [one for one in ADVICE_MEASURES if one.high == 1.0 and one.direction != "none"],
    ids=lambda one: one.name,
)
def test_a_crash_is_the_worst_a_share_can_be(measure):
    worst = {"up": measure.low, "down": measure.high}[measure.direction]
    assert measure.worst in (worst, None)
    assert measure.worst is not None or measure.name == "basis_held"
