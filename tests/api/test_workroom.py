"""The workroom: bounded, shared, remembered, closed in good order."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from advisor.errors import IdempotencyConflict, RefusedInput, StoreLocked
from advisor.model import AdviceRequest
from api.app import create_app
from api.errors import Refusal
from api.workroom import Workroom

REQUEST = AdviceRequest(text="邻居填土堵住了我家的排水沟，污水倒灌。")
OTHER = AdviceRequest(text="路灯坏了三天没人修。")


@pytest.fixture
def workroom(services):
    return Workroom(services, at_once=2)


def test_an_order_has_its_id_with_the_first_event(workroom, services, gate):
    gate.at = "evidence"
    order = workroom.begin(REQUEST)

    told = order.wait_begun()

    assert [one.name for one in told.events] == ["triage"]
    assert workroom.find(order.id) is order
    gate.open()
    workroom.close(30)
    assert services.store.get(order.id) is not None
    assert workroom.find(order.id) is None


def test_input_that_cannot_be_worked_on_is_raised_to_who_waits(workroom):
    order = workroom.begin(AdviceRequest(text=""))

    with pytest.raises(RefusedInput):
        order.wait_begun()


def test_places_are_bounded_and_become_free_again(workroom, gate):
    gate.at = "analysis"
    workroom.begin(REQUEST)
    workroom.begin(OTHER)

    with pytest.raises(Refusal) as refused:
        workroom.begin(AdviceRequest(text="楼上漏水没人管。"))

    assert refused.value.problem.status == 503
    gate.open()
    workroom.close(30)


def test_a_key_joins_the_order_in_work_or_conflicts_with_it(workroom, gate):
    gate.at = "analysis"
    order = workroom.begin(REQUEST, "k")

    assert workroom.begin(REQUEST, "k") is order
    with pytest.raises(IdempotencyConflict):
        workroom.begin(OTHER, "k")
    assert workroom.begin(REQUEST, "other") is not order


def test_an_order_that_failed_is_remembered_with_its_reason(workroom, services):
    def fail(name):
        if name == "stored":
            raise StoreLocked

    services.between = fail
    order = workroom.begin(REQUEST)
    workroom.close(30)

    assert workroom.find(order.id) is order
    assert isinstance(order.told().error, StoreLocked)


def test_an_advice_given_by_another_is_found_under_the_id_that_was_told(
    workroom, services, sample_advice
):
    winner = sample_advice()

    def lose(request, *, idempotency_key=None, on_event):
        made = type(services).advise(services, request, on_event=on_event)
        assert made.id != winner.id
        return winner

    services.advise = lose
    order = workroom.begin(REQUEST)
    workroom.close(30)

    assert workroom.find(order.id).told().advice is winner


def test_a_closed_workroom_takes_nothing_and_waits_no_longer_than_told(workroom, gate):
    gate.at = "analysis"
    order = workroom.begin(REQUEST)
    order.wait_begun()

    workroom.close(0)

    assert not order.told().ended
    with pytest.raises(Refusal):
        workroom.begin(OTHER)


def test_who_listens_is_woken_and_who_left_is_not(workroom, gate):
    gate.at = "analysis"
    order = workroom.begin(REQUEST)
    assert gate.reached.wait(30)
    heard, left = [], []

    def gone():
        left.append(1)

    order.listen(lambda: heard.append(1))
    order.listen(gone)
    order.leave(gone)
    gate.open()
    workroom.close(30)

    assert len(heard) == 5
    assert left == []


def test_callers_who_wait_take_no_thread_from_other_addresses(services, gate, serving):
    gate.at = "analysis"
    waiting = []

    with serving(create_app(services)) as client, ThreadPoolExecutor(50) as callers:
        for number in range(50):
            body = {"text": f"邻居填土堵住了第{number}户的排水沟。"}
            waiting.append(callers.submit(client.post, "/v1/advice", json=body))
        assert gate.reached.wait(30)
        ready = client.get("/readyz")
        answered_before = [one for one in waiting if one.done()]
        gate.open()

    assert ready.status_code == 200
    assert answered_before == []
    assert {one.result().status_code for one in waiting} == {200}
    assert len(services.advised) == 50
