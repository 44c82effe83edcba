"""POST /v1/advice/stream: what is told, when, and what becomes of it when nobody listens."""

import json
import re
import threading

import pytest

from advisor.errors import StoreLocked
from api.app import create_app
from api.workroom import Workroom

COMPLAINT = {"text": "邻居填土堵住了我家的排水沟，污水倒灌。"}
STREAM = "/v1/advice/stream"
PARTS = ["triage", "evidence", "analysis", "plan", "legal_basis", "precedents"]


def read_until(lines, name):
    """Read a running stream up to the data of one event, and give it."""
    current = None
    for line in lines:
        if line.startswith("event: "):
            current = line.removeprefix("event: ")
        elif line.startswith("data: ") and current == name:
            return json.loads(line.removeprefix("data: "))
    raise AssertionError(f"{name} never came")


def test_every_part_comes_in_order_and_is_the_part_of_the_advice(browser, events_of):
    response = browser.post(STREAM, json=COMPLAINT)

    told = events_of(response.text)
    values = {name: value for _, name, value in told}
    advice = values["done"]
    assert [name for _, name, _ in told] == [*PARTS, "done"]
    assert [one for one, _, _ in told] == [str(n) for n in range(1, 8)]
    for part in PARTS[2:]:
        assert values[part] == advice[part]
    assert values["triage"]["id"] == advice["id"]
    assert values["triage"]["triage"] == advice["triage"]
    assert [one["evidence_id"] for one in values["evidence"]["articles"]] == ["L1", "L2"]
    assert browser.get(f"/v1/advice/{advice['id']}").json() == advice


def test_nothing_on_the_way_may_keep_the_events(browser):
    headers = browser.post(STREAM, json=COMPLAINT).headers

    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-cache"
    assert headers["x-accel-buffering"] == "no"
    assert headers["x-content-type-options"] == "nosniff"


def test_data_is_one_line_whatever_was_pasted(browser, services, sample_advice, events_of):
    advice = sample_advice()
    analysis = advice.analysis.model_copy(update={"summary": "一\n\nevent: done\r\ndata: {}\u2028"})
    services.made_of = lambda: advice.model_copy(update={"analysis": analysis})

    told = events_of(browser.post(STREAM, json=COMPLAINT).text)

    assert [name for _, name, _ in told] == [*PARTS, "done"]
    assert told[2][2]["summary"] == analysis.summary


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "empty_text"),
        ({**COMPLAINT, "region": "不存在省虚构市"}, 422, "unknown_region"),
        ({**COMPLAINT, "mode": "llm"}, 422, "no_model"),
        ({**COMPLAINT, "extra": 1}, 422, "invalid_request"),
    ],
)
def test_input_that_cannot_be_worked_on_is_an_ordinary_problem(browser, body, status, code):
    response = browser.post(STREAM, json=body)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == code


def test_a_failure_before_anything_was_told_has_its_status(browser, services):
    services.failure = StoreLocked()
    assert browser.post(STREAM, json=COMPLAINT).status_code == 503

    services.failure = RuntimeError("secret")
    response = browser.post(STREAM, json=COMPLAINT)
    assert response.status_code == 500
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [(StoreLocked(), 503, "store_unavailable"), (RuntimeError("secret"), 500, "internal")],
)
def test_a_later_failure_is_an_event(browser, services, events_of, failure, status, code):
    def fail(name):
        if name == "stored":
            raise failure

    services.between = fail

    response = browser.post(STREAM, json=COMPLAINT)

    told = events_of(response.text)
    assert [name for _, name, _ in told] == [*PARTS, "error"]
    problem = told[-1][2]
    assert (problem["status"], problem["code"]) == (status, code)
    assert re.search("[\u4e00-\u9fff]", problem["detail"])
    assert "secret" not in response.text
    again = browser.get(f"/v1/advice/{told[0][2]['id']}")
    assert (again.status_code, again.json()["code"]) == (status, code)


def test_triage_and_evidence_come_before_anything_is_written(services, gate, serving):
    gate.at = "analysis"

    with (
        serving(create_app(services)) as client,
        client.stream("POST", STREAM, json=COMPLAINT) as response,
    ):
        lines = response.iter_lines()
        assert read_until(lines, "triage")["triage"]["track"] == "联办"
        assert read_until(lines, "evidence")["cases"][0]["evidence_id"] == "C1"
        assert services.store.list().items == ()
        gate.open()
        assert read_until(lines, "done")["id"] == services.store.list().items[0].id


def test_a_client_that_goes_away_loses_nothing(services, gate, serving):
    gate.at = "analysis"

    with serving(create_app(services)) as client:
        with client.stream("POST", STREAM, json=COMPLAINT) as response:
            advice_id = read_until(response.iter_lines(), "triage")["id"]
        assert gate.reached.wait(30)
        pending = client.get(f"/v1/advice/{advice_id}")
        gate.open()
        workroom_done(client, advice_id)
        found = client.get(f"/v1/advice/{advice_id}")

    assert pending.status_code == 202
    assert pending.json()["status"] == "pending"
    assert found.status_code == 200
    assert found.json()["id"] == advice_id


def workroom_done(client, advice_id):
    """Ask until the advice is stored; bounded."""
    pause = threading.Event()
    for _ in range(600):
        if client.get(f"/v1/advice/{advice_id}").status_code != 202:
            return
        pause.wait(0.05)
    raise AssertionError("never stored")


def test_silence_is_filled_with_comments(services, gate, serving):
    gate.at = "analysis"
    app = create_app(services, Workroom(services, heartbeat=0.01))

    with (
        serving(app) as client,
        client.stream("POST", STREAM, json=COMPLAINT) as response,
    ):
        lines = response.iter_lines()
        read_until(lines, "evidence")
        heard = [line for line in (next(lines) for _ in range(6)) if line]
        gate.open()
        read_until(lines, "done")

    assert heard
    assert all(line.startswith(":") for line in heard)


def test_one_too_many_is_told_when_to_come_again(services, gate, serving):
    gate.at = "analysis"
    app = create_app(services, Workroom(services, at_once=1))

    with serving(app) as client, client.stream("POST", STREAM, json=COMPLAINT) as response:
        read_until(response.iter_lines(), "evidence")
        busy = client.post(STREAM, json={"text": "路灯坏了三天没人修。"})
        form = client.post(
            "/advise",
            data={
                "text": "路灯坏了三天没人修。",
                "region": "",
                "occurred_on": "",
                "token": "t",
            },
            headers={"X-Requested-With": "fetch", "Accept": "text/event-stream"},
        )
        gate.open()

    assert busy.status_code == 503
    assert busy.json()["code"] == "busy"
    assert int(busy.headers["retry-after"]) > 0
    assert form.status_code == 503
    assert "服务繁忙" in form.text


def test_the_same_key_joins_what_is_in_work(services, gate, serving):
    gate.at = "analysis"
    headers = {"Idempotency-Key": "k"}

    with serving(create_app(services)) as client:
        with client.stream("POST", STREAM, json=COMPLAINT, headers=headers) as response:
            first = read_until(response.iter_lines(), "triage")["id"]
        other = client.post(STREAM, json={"text": "路灯坏了三天没人修。"}, headers=headers)
        with client.stream("POST", STREAM, json=COMPLAINT, headers=headers) as response:
            lines = response.iter_lines()
            assert read_until(lines, "triage")["id"] == first
            gate.open()
            assert read_until(lines, "done")["id"] == first

    assert other.status_code == 409
    assert len(services.advised) == 1


def test_the_same_key_later_is_told_the_first_advice(browser, services, events_of):
    headers = {"Idempotency-Key": "k"}

    first = events_of(browser.post(STREAM, json=COMPLAINT, headers=headers).text)
    again = events_of(browser.post(STREAM, json=COMPLAINT, headers=headers).text)

    assert again == first
    assert len(services.advised) == 1


def test_a_service_that_stops_finishes_what_it_began(services, gate, serving):
    gate.at = "analysis"

    with serving(create_app(services)) as client:
        with client.stream("POST", STREAM, json=COMPLAINT) as response:
            advice_id = read_until(response.iter_lines(), "triage")["id"]
        assert gate.reached.wait(30)
        client.stop()
        threading.Timer(0.2, gate.open).start()

    assert services.store.get(advice_id) is not None
