"""POST and GET /v1/advice."""

import io
import threading

import docx

from api.app import create_app

COMPLAINT = {"text": "邻居填土堵住了我家的排水沟，污水倒灌。"}
MEMBERS = [
    "id",
    "created_at",
    "schema_version",
    "mode",
    "ai_label",
    "status",
    "corpus_as_of",
    "complaint",
    "matter",
    "triage",
    "analysis",
    "plan",
    "legal_basis",
    "precedents",
    "limits",
    "rejected_citations",
    "provenance",
    "law_changes",
]


def test_an_advice_has_the_members_of_the_contract_in_order(browser):
    response = browser.post("/v1/advice", json=COMPLAINT)

    assert response.status_code == 200
    assert list(response.json()) == MEMBERS


def test_an_advice_is_read_again_exactly_as_given(browser):
    given = browser.post("/v1/advice", json=COMPLAINT)

    again = browser.get(f"/v1/advice/{given.json()['id']}")

    assert again.status_code == 200
    assert again.json() == given.json()
    assert given.headers["content-location"] == f"/v1/advice/{given.json()['id']}"


def test_the_request_reaches_the_use_case(browser, services):
    body = {
        **COMPLAINT,
        "region": "杭州市",
        "occurred_on": "2025-03-01",
        "mode": "extractive",
        "ledger_ref": {"system": "民情", "id": "42"},
    }

    browser.post("/v1/advice", json=body)

    request = services.advised[0]
    assert request.region == "杭州市"
    assert request.occurred_on.isoformat() == "2025-03-01"
    assert request.mode == "extractive"
    assert request.ledger_ref.id == "42"


def test_the_same_key_and_content_give_the_first_advice(browser, services):
    headers = {"Idempotency-Key": "abc"}

    first = browser.post("/v1/advice", json=COMPLAINT, headers=headers)
    second = browser.post("/v1/advice", json=COMPLAINT, headers=headers)

    assert first.json() == second.json()
    assert len(services.advised) == 1


def test_the_same_key_for_another_complaint_is_a_conflict(browser):
    headers = {"Idempotency-Key": "abc"}
    browser.post("/v1/advice", json=COMPLAINT, headers=headers)

    response = browser.post("/v1/advice", json={"text": "路灯不亮了。"}, headers=headers)

    assert response.status_code == 409
    assert response.json()["code"] == "idempotency_conflict"


def test_the_list_pages_to_its_end_without_the_complaint(browser):
    ids = {browser.post("/v1/advice", json=COMPLAINT).json()["id"] for _ in range(5)}

    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = browser.get("/v1/advice", params=params)
        assert COMPLAINT["text"] not in page.text
        seen += [one["id"] for one in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            break

    assert len(seen) == 5
    assert set(seen) == ids


def test_a_foreign_cursor_is_refused(browser):
    response = browser.get("/v1/advice", params={"cursor": "xx%"})

    assert response.status_code == 422
    assert response.json()["code"] == "bad_cursor"


def test_a_page_size_out_of_bounds_is_refused(browser):
    response = browser.get("/v1/advice", params={"limit": 0})

    assert response.status_code == 422
    assert "不能小于 1" in response.json()["detail"]


LATER = {"Prefer": "respond-async, wait=5"}


def test_who_prefers_it_is_answered_at_once_and_finds_the_advice_later(services, gate, serving):
    gate.at = "plan"
    with serving(create_app(services)) as client:
        accepted = client.post("/v1/advice", json=COMPLAINT, headers=LATER)
        assert gate.reached.wait(30)
        pending = client.get(accepted.headers["location"])
        gate.open()
        found = ask_until_given(client, accepted.headers["location"])

    assert accepted.status_code == 202
    assert accepted.headers["preference-applied"] == "respond-async"
    assert accepted.headers["location"] == f"/v1/advice/{accepted.json()['id']}"
    assert accepted.json()["triage"]["track"] == "联办"
    assert pending.status_code == 202
    assert pending.json()["status"] == "pending"
    assert pending.json()["ready"] == ["analysis"]
    assert int(pending.headers["retry-after"]) > 0
    assert found.json()["id"] == accepted.json()["id"]
    assert list(found.json()) == MEMBERS


def ask_until_given(client, path):
    """Ask again as long as the answer is that it is being made; bounded."""
    pause = threading.Event()
    for _ in range(600):
        response = client.get(path)
        if response.status_code != 202:
            assert response.status_code == 200
            return response
        pause.wait(0.05)
    raise AssertionError("never given")


def test_input_that_cannot_be_worked_on_is_refused_at_once_all_the_same(browser, services):
    response = browser.post("/v1/advice", json={"text": ""}, headers=LATER)

    assert response.status_code == 422
    assert response.json()["code"] == "empty_text"


def test_the_same_key_leads_to_the_same_advice_later(browser, services):
    headers = LATER | {"Idempotency-Key": "abc"}
    given = browser.post("/v1/advice", json=COMPLAINT, headers={"Idempotency-Key": "abc"})

    accepted = browser.post("/v1/advice", json=COMPLAINT, headers=headers)

    assert accepted.status_code == 202
    assert accepted.json()["id"] == given.json()["id"]
    assert len(services.advised) == 1


def test_another_preference_changes_nothing(browser):
    response = browser.post("/v1/advice", json=COMPLAINT, headers={"Prefer": "return=minimal"})

    assert response.status_code == 200
    assert list(response.json()) == MEMBERS


def test_an_advice_is_given_as_a_word_document(browser):
    given = browser.post("/v1/advice", json=COMPLAINT).json()

    paper = browser.get(f"/v1/advice/{given['id']}.docx")

    assert paper.status_code == 200
    assert paper.headers["content-type"].endswith("wordprocessingml.document")
    assert f"advice-{given['id']}.docx" in paper.headers["content-disposition"]
    told = "\n".join(one.text for one in docx.Document(io.BytesIO(paper.content)).paragraphs)
    assert given["ai_label"] in told
    assert given["plan"]["resident_script"].splitlines()[0] in told


def test_the_paper_of_an_unknown_advice_is_a_problem(browser):
    paper = browser.get("/v1/advice/none.docx")

    assert paper.status_code == 404
    assert paper.json()["code"] == "not_found"


def test_the_page_links_to_the_paper(browser):
    given = browser.post("/v1/advice", json=COMPLAINT).json()

    assert f'href="/v1/advice/{given["id"]}.docx"' in browser.get(f"/advice/{given['id']}").text
