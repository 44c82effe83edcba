"""Feedback, outcomes, reviews and figures over HTTP."""

import pytest

FORM = {"text": "邻居填土堵住了我家的排水沟，污水倒灌。"}


@pytest.fixture
def advice_id(browser):
    return browser.post("/v1/advice", json=FORM).json()["id"]


def say(browser, advice_id, kind="feedback", **body):
    return browser.post(f"/v1/advice/{advice_id}/{kind}", json={"by": "张三", **body})


def test_from_advice_to_figures(browser, advice_id):
    plan = browser.get(f"/v1/advice/{advice_id}/plan.txt")
    assert plan.headers["content-type"] == "text/plain; charset=utf-8"
    edited = plan.text.replace("当日", "次日")
    kept = say(browser, advice_id, verdict="modified", sections=["plan"], edited_plan=edited)
    assert kept.status_code == 200
    assert kept.json()["verdict"] == "modified"
    assert 0 < kept.json()["edit_distance"] < 0.1

    done = say(browser, advice_id, "outcome", cleared=True, closed_on="2025-06-13", satisfied=True)
    assert (done.json()["days"], done.json()["satisfied"]) == (12, True)

    figures = browser.get("/v1/adoption").json()
    assert figures["total"]["modified"] == 1
    assert figures["by"]["matter"][0]["value"] == "neighbour_drainage"
    assert figures["course"][0]["cleared"]["count"] == 1
    assert browser.get("/v1/adoption?until=2025-05-31").json()["total"]["given"] == 0
    assert browser.get("/v1/adoption?origin=import").json()["total"]["given"] == 0


def test_the_name_of_a_matter_is_told_beside_its_code(browser, services, advice_id):
    books = [type("Book", (), {"id": "neighbour_drainage", "name": "相邻排水纠纷"})]
    services.knowledge = type("Knowledge", (), {"playbooks": books})
    (row,) = browser.get("/v1/adoption").json()["by"]["matter"]
    assert (row["value"], row["name"], row["waiting"] + row["unanswered"]) == (
        "neighbour_drainage",
        "相邻排水纠纷",
        1,
    )


def test_the_last_feedback_counts_and_can_be_taken_back(browser, advice_id):
    say(browser, advice_id, verdict="adopted")
    say(browser, advice_id, verdict="rejected", reason="not_local")
    assert browser.get("/v1/adoption").json()["reasons"] == {"not_local": 1}
    assert say(browser, advice_id, verdict=None).json()["verdict"] is None
    assert browser.get("/v1/adoption").json()["total"]["judged"] == 0


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("feedback", {"verdict": "rejected"}, 422, "reason_missing"),
        ("feedback", {"verdict": "maybe"}, 422, "invalid_request"),
        ("feedback", {}, 422, "invalid_request"),
        ("feedback", {"verdict": "adopted", "extra": 1}, 422, "invalid_request"),
        ("outcome", {"cleared": True}, 422, "closed_on"),
        ("review", {"verdict": "adopted"}, 422, "nothing_to_review"),
    ],
)
def test_what_does_not_hold_together_is_refused(browser, advice_id, kind, body, status, code):
    response = say(browser, advice_id, kind, **body)
    assert (response.status_code, response.json()["code"]) == (status, code)


@pytest.mark.parametrize("kind", ["feedback", "outcome", "review"])
def test_an_unknown_advice_is_not_found(browser, kind):
    body = {"cleared": False} if kind == "outcome" else {"verdict": "adopted"}
    response = say(browser, "nobody", kind, **body)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert browser.get("/v1/advice/nobody/plan.txt").status_code == 404


def test_a_review_is_blind_and_by_somebody_else(browser, advice_id):
    say(browser, advice_id, verdict="adopted")
    drawn = browser.get("/v1/adoption/sample?reviewer=王五&size=5&seed=a").json()
    assert drawn["advice_ids"] == [advice_id]
    assert "adopted" not in browser.get(f"/v1/advice/{advice_id}").text
    assert browser.get("/v1/adoption/sample?reviewer=张三").json()["advice_ids"] == []
    kept = browser.post(
        f"/v1/advice/{advice_id}/review", json={"by": "王五", "verdict": "rejected"}
    )
    assert kept.json() == {"advice_id": advice_id, "kept": True}
    assert browser.get("/v1/adoption").json()["review"]["pairs"] == 1
