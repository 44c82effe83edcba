"""Search, statutes, citations and the probes."""

import pytest

from advisor.errors import StoreLocked
from corpus.knowledge import Knowledge, TownKnowledge


def test_search_finds_with_the_filters_given(browser, services):
    response = browser.get(
        "/v1/search", params={"q": "停车入位", "k": 3, "region": "杭州市", "date": "2024-01-02"}
    )

    assert response.status_code == 200
    found = response.json()
    assert found["hits"][0]["rank"] == 1
    assert found["hits"][0]["title"] == "示例市停车条例"
    assert found["hits"][0]["article"] == "第一条"
    assert found["hits"][0]["status"] == "in_force"
    assert found["region"] == "浙江省杭州市"
    assert services.retriever.asked[0]["region"] == ("浙江省", "杭州市")
    assert services.retriever.asked[0]["as_of"].isoformat() == "2024-01-02"


def test_search_uses_the_default_region(browser, services):
    browser.get("/v1/search", params={"q": "停车"})

    assert services.retriever.asked[0]["region"] == ("浙江省", "嘉兴市", "秀洲区")


def test_search_of_cases(browser):
    found = browser.get("/v1/search", params={"q": "车位", "kind": "case"}).json()

    assert found["hits"][0]["kind"] == "case"
    assert found["hits"][0]["case_id"] == "case-1"


def test_nothing_found_is_an_empty_list(browser):
    response = browser.get("/v1/search", params={"q": "胡言乱语"})

    assert response.status_code == 200
    assert response.json()["hits"] == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "invalid_request"),
        ({"q": ""}, "invalid_request"),
        ({"q": "停车", "kind": "all"}, "invalid_request"),
        ({"q": "停车", "k": "0"}, "invalid_request"),
        ({"q": "停车", "date": "2024-13-40"}, "invalid_request"),
        ({"q": "停车", "region": "火星市"}, "unknown_region"),
    ],
)
def test_bad_queries_are_refused(browser, params, code):
    response = browser.get("/v1/search", params=params)

    assert response.status_code == 422
    assert response.json()["code"] == code


def test_statutes_page_by_cursor(browser):
    first = browser.get("/v1/statutes", params={"limit": 1}).json()
    second = browser.get("/v1/statutes", params={"cursor": first["next_cursor"]}).json()

    titles = [one["title"] for one in (*first["items"], *second["items"])]
    assert sorted(titles) == ["示例市停车条例", "示例市噪声条例"]
    assert second["next_cursor"] is None


def test_a_foreign_statute_cursor_is_refused(browser):
    response = browser.get("/v1/statutes", params={"cursor": "_w"})

    assert response.status_code == 422
    assert response.json()["code"] == "bad_cursor"


def test_versions_of_a_statute_by_a_short_name(browser):
    found = browser.get("/v1/statutes/停车条例", params={"date": "2019-01-01"}).json()

    assert found["title"] == "示例市停车条例"
    assert found["versions"][0]["validity"]["status"] == "not_yet_in_force"


@pytest.mark.parametrize("number", ["2", "第二条", "第2条", "二"])
def test_an_article_however_its_number_is_written(browser, number):
    response = browser.get(f"/v1/statutes/示例市停车条例/articles/{number}")

    assert response.status_code == 200
    found = response.json()
    assert found["article"] == "第二条"
    assert found["text_kind"] == "verbatim"
    assert found["corpus_as_of"] == "2025-04-19"


def test_a_text_revised_since_says_so_with_its_source(browser):
    found = browser.get("/v1/statutes/示例市噪声条例/articles/1").json()

    assert found["statute"]["validity"]["status"] == "revised_since"
    assert found["statute"]["validity"]["source"] == "示例公报"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/statutes/没有的法",
        "/v1/statutes/没有的法/articles/1",
        "/v1/statutes/示例市停车条例/articles/99",
    ],
)
def test_unknown_law_is_a_404(browser, path):
    response = browser.get(path)

    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_an_article_number_that_is_none_is_refused(browser):
    response = browser.get("/v1/statutes/示例市停车条例/articles/abc")

    assert response.status_code == 422
    assert response.json()["code"] == "article_number"


def test_probes(browser):
    assert browser.get("/healthz").json() == {"status": "ok", "notices": []}
    ready = browser.get("/readyz").json()
    town = ready.pop("knowledge")
    assert ready == {
        "status": "ready",
        "corpus_as_of": "2025-04-19",
        "index": "g1",
        "newer": None,
    }
    assert (town["version"], town["faults"]) == ("", [])


def test_probes_say_that_the_towns_knowledge_is_broken(browser, services):
    services.knowledge = Knowledge(town=TownKnowledge(version="abc", faults=("文件写错了",)))

    assert browser.get("/healthz").json() == {"status": "ok", "notices": ["文件写错了"]}
    told = browser.get("/readyz").json()["knowledge"]
    assert (told["version"], told["faults"]) == ("abc", ["文件写错了"])


def test_not_ready_without_its_store(browser, services):
    def fail(*_):
        raise StoreLocked

    services.store.list = fail

    response = browser.get("/readyz")

    assert response.status_code == 503
    assert response.json()["code"] == "store_unavailable"
    assert browser.get("/healthz").status_code == 200
