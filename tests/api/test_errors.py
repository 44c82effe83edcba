"""Every error leaves as problem+json in Chinese with a stable code."""

import json
import re

import pytest

from advisor.errors import IdempotencyConflict, StoreDamaged, StoreLocked
from api.app import create_app
from corpus.errors import StoreCorrupt
from indexer.errors import SnapshotMissing

CHINESE = re.compile("[\u4e00-\u9fff]")
COMPLAINT = {"text": "邻居填土堵住了我家的排水沟，污水倒灌。"}


def assert_problem(response, status, code):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"].endswith(code)
    assert CHINESE.search(problem["title"])
    assert CHINESE.search(problem["detail"])
    told = re.sub("advisor( [a-z]+)+", "", problem["detail"])
    assert not re.search("[a-z]{2,} [a-z]{2,}", told)
    return problem


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "empty_text"),
        ({"text": " \n\t\u3000"}, 422, "empty_text"),
        ({"text": "\u200b\u202e\ufeff"}, 422, "empty_text"),
        ({"text": "水" * 20_001}, 422, "text_too_long"),
        ({"text": "\x00\x01\x02PNG\ufffd\ufffd"}, 422, "not_text"),
        ({"text": "My neighbour blocked the drain and will not talk to me."}, 422, "not_chinese"),
        ({**COMPLAINT, "region": "不存在省虚构市"}, 422, "unknown_region"),
        ({**COMPLAINT, "occurred_on": "2999-01-01"}, 422, "future_date"),
        ({**COMPLAINT, "occurred_on": "0900-01-01"}, 422, "date_too_early"),
        ({**COMPLAINT, "occurred_on": "昨天"}, 422, "invalid_request"),
        ({**COMPLAINT, "mode": "magic"}, 422, "invalid_request"),
        ({**COMPLAINT, "mode": "llm"}, 422, "no_model"),
        ({**COMPLAINT, "ocurred_on": "2025-01-01"}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
        ({"text": 5}, 422, "invalid_request"),
        ({"text": "堵沟\ud800"}, 422, "invalid_request"),
        ({**COMPLAINT, "region": "堵沟\ud800"}, 422, "invalid_request"),
        ({**COMPLAINT, "ledger_ref": {"system": "a", "id": "\udfff"}}, 422, "invalid_request"),
        ([], 422, "invalid_request"),
        (None, 422, "invalid_request"),
    ],
)
def test_bad_complaints_are_refused_in_chinese(browser, services, body, status, code):
    response = browser.post(
        "/v1/advice",
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )

    assert_problem(response, status, code)
    assert services.store.list().items == ()


def test_a_refused_value_is_named_but_never_repeated(browser):
    response = browser.post("/v1/advice", json={"text": ["身份证330000"], "extra": "电话138"})

    problem = assert_problem(response, 422, "invalid_request")
    assert {one["field"] for one in problem["errors"]} == {"body.text", "body.extra"}
    assert "330000" not in response.text
    assert "138" not in response.text


@pytest.mark.parametrize("content", [b"{", b"", b'{"text": }', b"[" * 200_000])
def test_broken_json_is_a_400(browser, content):
    response = browser.post(
        "/v1/advice", content=content, headers={"Content-Type": "application/json"}
    )

    assert response.status_code in {400, 422}
    assert_problem(response, response.status_code, response.json()["code"])
    assert response.json()["code"] in {"invalid_json", "bad_request", "invalid_request"}


def test_bytes_in_no_encoding_are_a_400(browser):
    response = browser.post(
        "/v1/advice",
        content='{"text": "污水"}'.encode("gb18030"),
        headers={"Content-Type": "application/json"},
    )

    assert "GB18030" in assert_problem(response, 400, "encoding")["detail"]


@pytest.mark.parametrize("charset", ["GB18030", "gbk", '"gb2312"'])
def test_a_body_in_a_chinese_encoding_is_read(browser, services, charset):
    response = browser.post(
        "/v1/advice",
        content='{"text": "邻居填土堵住了排水沟。"}'.encode("gb18030"),
        headers={"Content-Type": f"application/json; charset={charset}"},
    )

    assert response.status_code == 200
    assert services.advised[0].text == "邻居填土堵住了排水沟。"


def test_an_unknown_charset_is_a_415(browser):
    response = browser.post(
        "/v1/advice", content=b"{}", headers={"Content-Type": "application/json; charset=zip"}
    )

    assert_problem(response, 415, "charset")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_a_415(browser, kind):
    response = browser.post("/v1/advice", content=b"text=a", headers={"Content-Type": kind})

    assert_problem(response, 415, "media_type")


def test_a_large_body_is_a_413(browser):
    response = browser.post("/v1/advice", json={"text": "水" * 400_000})

    assert_problem(response, 413, "body_too_large")


def test_a_large_body_without_a_length_is_a_413(browser):
    async def pieces():
        for _ in range(40):
            yield b" " * 60_000

    response = browser.post(
        "/v1/advice", content=pieces(), headers={"Content-Type": "application/json"}
    )

    assert_problem(response, 413, "body_too_large")


def test_a_form_of_another_site_is_a_403(browser):
    response = browser.post(
        "/advise",
        data={"text": "邻居堵沟"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert_problem(response, 403, "cross_site")


def test_an_unknown_address_is_a_404(browser):
    problem = assert_problem(browser.get("/v1/没有"), 404, "not_found")
    assert problem["instance"] == "/v1/%E6%B2%A1%E6%9C%89"


def test_a_wrong_method_is_a_405_that_says_which_is_right(browser):
    response = browser.request("DELETE", "/v1/advice")

    assert_problem(response, 405, "method_not_allowed")
    assert "allow" in response.headers


def test_unknown_advice_is_a_404(browser):
    assert_problem(browser.get("/v1/advice/none"), 404, "not_found")


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (IdempotencyConflict("k"), 409, "idempotency_conflict"),
        (StoreLocked(), 503, "store_unavailable"),
        (StoreDamaged(), 503, "store_unavailable"),
        (StoreCorrupt("语料库已损坏"), 503, "corpus_unavailable"),
    ],
)
def test_failures_of_the_floors_have_their_status(browser, services, failure, status, code):
    services.failure = failure

    assert_problem(browser.post("/v1/advice", json=COMPLAINT), status, code)


def test_a_missing_index_is_a_503(browser, services, tmp_path):
    services.failure = SnapshotMissing(tmp_path)

    assert_problem(browser.post("/v1/advice", json=COMPLAINT), 503, "index_unavailable")


def test_an_unexpected_failure_is_a_500_that_says_nothing(browser, services):
    services.failure = RuntimeError("secret 330000199001011234")

    response = browser.post("/v1/advice", json=COMPLAINT)

    assert_problem(response, 500, "internal")
    assert "secret" not in response.text
    assert "content-security-policy" in response.headers


def test_create_app_needs_no_network_documents(services):
    paths = {getattr(route, "path", "") for route in create_app(services).routes}
    assert "/docs" not in paths
    assert "/redoc" not in paths
