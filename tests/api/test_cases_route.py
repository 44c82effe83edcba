"""POST /v1/cases: stored without a person, searchable with the answer, twice the same is once."""

import pytest

from advisor.bootstrap import open_services
from advisor.settings import Settings
from api.app import create_app
from indexer.snapshot import generations, index_folder

ITEM = {
    "number": "42",
    "title": "晾谷场路灯坏了",
    "text": "晾谷场的路灯坏了半个月，晚上看不见路，尉迟小六摔了一跤。",
    "received_on": "2025-03-01",
    "reply": "经核实线路老化，供电所已更换电缆，现场试灯正常。",
    "closed_on": "2025-03-04",
    "persons": ["尉迟小六"],
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    from fastapi.testclient import TestClient

    services = open_services(Settings(home=tmp_path_factory.mktemp("cases")))
    with TestClient(create_app(services)) as client:
        yield client


def post(client, *items):
    return client.post("/v1/cases", json={"items": items})


def test_a_case_is_searchable_with_the_answer_and_names_nobody(client):
    done = post(
        client, ITEM, ITEM | {"text": "楼上漏水没人管，找了几次。", "reply": "已转物业办理。"}
    )

    assert done.status_code == 200
    told = done.json()
    assert (told["rows"], told["added"]) == (2, 1)
    assert told["skipped"][0]["place"] == "第2件（编号42）"
    hit = client.get("/v1/search", params={"q": "晾谷场路灯", "kind": "case"}).json()["hits"][0]
    assert hit["case_id"].startswith("ledger_")
    assert "尉迟小六" not in hit["text"]


def test_a_case_is_found_without_another_index(client):
    home = client.app.state.services.settings.home
    before = generations(index_folder(home))
    told = post(client, ITEM | {"text": "晾谷场边的窨井盖被压坏，露出一个大洞。"}).json()
    hits = client.get("/v1/search", params={"q": "晾谷场窨井盖", "kind": "case"}).json()["hits"]

    assert told["added"] == 1
    assert "窨井盖" in hits[0]["text"]
    assert generations(index_folder(home)) == before


def test_the_same_again_changes_nothing(client):
    post(client, ITEM)
    before = client.get("/readyz").json()["index"]
    told = post(client, ITEM).json()

    assert (told["added"], told["changed"], told["unchanged"]) == (0, 0, 1)
    assert client.get("/readyz").json()["index"] == before


@pytest.mark.parametrize(
    "items", [[], [{"title": "无详情"}], [ITEM | {"姓名": "甲"}], [ITEM | {"closed_on": "昨天"}]]
)
def test_what_is_no_case_is_refused(client, items):
    refused = post(client, *items)

    assert refused.status_code == 422
    assert refused.json()["code"] == "invalid_request"
