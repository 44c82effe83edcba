"""POST and GET /v1/advice."""

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
