"""What is told of an advice while it is being made."""

import pytest

from advisor.model import AdviceRequest

STORY = "小区车位不够，外面的车停进来，有人装地锁，晚上找不到车位。要求划清车位。"
SECTIONS = ["analysis", "plan", "legal_basis", "precedents"]


@pytest.fixture
def told(adviser):
    """Advise and give the advice with its events."""

    def run(key=None):
        events = []
        advice = adviser.advise(
            AdviceRequest(text=STORY), idempotency_key=key, on_event=events.append
        )
        return advice, events

    return run


def test_the_id_is_known_with_the_first_event(told, store):
    advice, events = told()

    assert events[0].name == "triage"
    assert events[0].value["id"] == advice.id
    assert store.get(advice.id) is not None


def test_without_a_model_the_first_event_says_so(told):
    _, events = told()

    assert events[0].value["mode"] == "extractive"


def test_the_events_are_the_advice(told):
    advice, events = told()
    plain = advice.model_dump(mode="json")
    values = {e.name: e.value for e in events}

    assert list(values) == ["triage", "evidence", *SECTIONS]
    assert values["analysis"] == plain["analysis"]
    assert values["plan"] == plain["plan"]
    assert values["legal_basis"]["items"] == plain["legal_basis"]
    assert values["precedents"]["items"] == plain["precedents"]
    assert values["triage"]["region"] == plain["complaint"]["region"]
    assert values["triage"]["matter"] == plain["matter"]


def test_an_advice_given_again_is_told_again(told):
    first, events = told("k1")
    again, retold = told("k1")

    assert again == first
    assert [e.name for e in retold] == [e.name for e in events]
    for one, other in zip(events, retold, strict=True):
        if one.name != "evidence":
            assert one.value == other.value
    ids = {a["evidence_id"] for a in retold[1].value["articles"]}
    assert ids == {a.evidence_id for a in first.legal_basis}
