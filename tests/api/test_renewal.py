"""Renewal: texts added while serving are used, work in hand keeps what it began with."""

import time
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from advisor.bootstrap import open_services, renewed
from advisor.errors import StoreLocked
from advisor.ledger import CaseWriter, LedgerFile, import_ledger
from advisor.matter import MatterRecognizer
from advisor.model import AdviceRequest
from advisor.settings import Settings
from api.app import create_app
from api.cli import main
from api.cli.desk import Desk
from api.renewal import Renewal
from corpus.ledger_rows import LedgerItem
from corpus.store import CorpusStore
from indexer.case_pool import MOST_LOOSE
from indexer.snapshot import POINTER, index_folder

LAW = """# 示例市停车条例

2015年3月1日 示例市人民代表大会常务委员会通过

<!-- INFO END -->

第一条 为了规范停车秩序，方便居民出行，制定本条例。

第二条 停车泊位不得安装地锁。

第三条 本条例自2015年5月1日起施行。
"""
ARTICLE = "/v1/statutes/示例市停车条例/articles/2"
REQUEST = AdviceRequest(text="邻居填土堵住了我家的排水沟，污水倒灌。")
NEXT = f"000002-{'0' * 32}"
"""The name of an index generation."""
PATIENCE_SECONDS = 60


@dataclass
class Serving:
    """Notes which services are in use; a double of the application."""

    now: object

    def services(self):
        return self.now

    def renew(self, services):
        self.now = services


@pytest.fixture
def serving_double(services):
    return Serving(services)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """Real services over the shipped knowledge in a home of their own."""
    return open_services(Settings(home=tmp_path_factory.mktemp("renewal")))


def add_law(home, folder):
    path = folder / "示例市停车条例.md"
    path.write_text(LAW, encoding="utf-8")
    done = CliRunner().invoke(main, ["corpus", "add", str(path)], obj=Desk(Settings(home=home)))
    assert done.exit_code == 0, done.output


def point_to(services, name):
    """Let the home of the services name this generation."""
    folder = index_folder(services.settings.home)
    folder.mkdir(exist_ok=True)
    (folder / POINTER).write_text(name, encoding="ascii")


def test_a_text_added_while_serving_is_used_by_the_next_answers(
    shipped, serving, events_of, tmp_path
):
    app = create_app(shipped)
    app.state.renewal.every = 0.05
    with serving(app) as client:
        before = client.get(ARTICLE)
        was = client.get("/readyz").json()
        add_law(shipped.settings.home, tmp_path)
        until = time.monotonic() + PATIENCE_SECONDS
        while client.get("/readyz").json()["index"] == was["index"]:
            assert time.monotonic() < until, "the service did not take up the new text"
            time.sleep(0.05)
        after = client.get(ARTICLE)
        found = client.get("/v1/search", params={"q": "泊位安装地锁", "region": "嘉兴"}).json()
        given = client.post("/v1/advice", json={"text": REQUEST.text}).json()
        streamed = client.post("/v1/advice/stream", json={"text": REQUEST.text})
        now = client.get("/readyz").json()

    assert before.status_code == 404
    assert after.json()["text"] == "停车泊位不得安装地锁。"
    assert found["hits"]
    assert now["newer"] is None
    for advice in (given, events_of(streamed.text)[-1][2]):
        assert advice["provenance"]["index"] == now["index"]
        assert advice["provenance"]["corpus"] != shipped.adviser.versions.corpus
    assert app.state.services.store is shipped.store


def store_case(home, number):
    """Another process stores a resolved matter; the index is left alone."""
    store = CorpusStore(home / "corpus.db")
    item = LedgerItem(
        place="1",
        title=f"晾谷场路灯坏了{number}",
        text="晾谷场的路灯坏了半个月，晚上看不见路。",
        reply="经核实线路老化，供电所已更换电缆，现场试灯正常。",
    )
    writer = CaseWriter(MatterRecognizer(()), (), (), date(2025, 1, 1))
    done = import_ledger(store, LedgerFile("台账", str(number), 1, (item,)), writer)
    store.close()
    return done.added[0]


def test_a_case_stored_elsewhere_is_found_while_serving_without_another_index(tmp_path, serving):
    opened = open_services(Settings(home=tmp_path))
    app = create_app(opened)
    with serving(app) as client:
        was = client.get("/readyz").json()["index"]
        stored = store_case(tmp_path, 1)
        until = time.monotonic() + PATIENCE_SECONDS
        while client.get("/readyz").json()["index"] == was:
            assert time.monotonic() < until, "the service did not take up the new case"
            time.sleep(0.05)
        found = client.get("/v1/search", params={"q": "晾谷场路灯", "kind": "case"}).json()
        given = client.post("/v1/advice", json={"text": REQUEST.text}).json()
        now = client.get("/readyz").json()

    assert found["hits"][0]["case_id"] == stored
    assert now["newer"] is None
    assert given["provenance"]["index"] == now["index"]
    assert [path.name for path in index_folder(tmp_path).glob("0*")] == [was]


def test_cases_stored_while_the_services_are_opened_anew_are_not_lost(tmp_path):
    opened = open_services(Settings(home=tmp_path))
    double = Serving(opened)
    kept = []

    def renew(services):
        fresh = renewed(services)
        kept.append(store_case(tmp_path, 2))
        return fresh

    write_own(tmp_path, "cases/own.yaml", OWN_CASE)
    assert Renewal(double, renew=renew).look()
    ids = {case.id for case in double.now.library.cases()}
    assert {"own-1", *kept} <= ids


def test_many_new_cases_are_taken_into_the_index_in_the_background(services, serving_double):
    opened = []

    def renew(old):
        opened.append(1)
        return old

    renewal = Renewal(serving_double, renew=renew)
    services.retriever.loose = MOST_LOOSE
    assert renewal.look()
    assert opened == []
    services.retriever.loose = MOST_LOOSE + 1
    assert renewal.look()
    assert renewal.look()
    assert opened == [1]  # the index could not take them in: not again before as many more


def test_cases_that_cannot_be_read_leave_the_old_in_place(services, serving_double):
    def fail(_):
        raise OSError

    renewal = Renewal(serving_double, add_cases=fail)
    assert not renewal.look_for_cases()
    assert serving_double.now is services


def write_own(home, name, text):
    path = home / "knowledge" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def wait_for(client, told):
    """The town's knowledge as /readyz tells it, once it satisfies ``told``."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not told(town := client.get("/readyz").json()["knowledge"]):
        assert time.monotonic() < until, f"not taken up: {town}"
        time.sleep(0.05)
    return town


OWN_CASE = """
id: own-1
title: 示例村公共晾谷场被占
matters: [parking_shortage]
place: 示例镇示例村
facts: 晾谷场被几户停满农用车，谷子没地方晒。
points: [{point: 晾谷场被占, cues: [晾谷场]}]
measures: [村民代表商定轮流使用]
outcome: 车已挪走，按日轮用。
source: {kind: ledger}
"""


def test_a_towns_knowledge_is_taken_up_while_serving(tmp_path, serving):
    opened = open_services(Settings(home=tmp_path))
    app = create_app(opened)
    app.state.renewal.every = 0.05
    with serving(app) as client:
        write_own(tmp_path, "cases/own.yaml", OWN_CASE)
        added = wait_for(client, lambda town: town["added"] == 1)
        found = client.get("/v1/search", params={"q": "晾谷场被占", "kind": "case"}).json()
        given = client.post("/v1/advice", json={"text": REQUEST.text}).json()
        write_own(tmp_path, "duties/own.yaml", "- {id: [\n")
        broken = wait_for(client, lambda town: town["faults"])
        health = client.get("/healthz").json()
        still = client.get("/v1/search", params={"q": "晾谷场被占", "kind": "case"}).json()
        (tmp_path / "knowledge/duties/own.yaml").unlink()
        wait_for(client, lambda town: not town["faults"])

    assert found["hits"][0]["case_id"] == "own-1"
    assert given["provenance"]["corpus"].endswith(f"+own.{added['version']}")
    assert broken["version"] == added["version"]
    assert "knowledge/duties/own.yaml" in health["notices"][0]
    assert still["hits"][0]["case_id"] == "own-1"
    assert app.state.services.store is opened.store


def test_an_order_in_work_ends_with_the_services_it_began_with(services, gate):
    app = create_app(services)
    fresh = type(services)(services.settings)
    gate.at = "plan"
    order = app.state.workroom.begin(REQUEST)
    assert gate.reached.wait(PATIENCE_SECONDS)

    app.state.workroom.renew(fresh)
    later = app.state.workroom.begin(REQUEST)
    gate.open()
    app.state.workroom.close(PATIENCE_SECONDS)

    assert services.store.get(order.id) is not None
    assert services.store.get(later.id) is None
    assert fresh.store.get(later.id) is not None


def test_nothing_is_opened_while_the_pointer_stays(services, serving_double):
    opened = []
    renewal = Renewal(serving_double, renew=opened.append)

    assert renewal.look()
    services.retriever.snapshot = SimpleNamespace(generation=NEXT)
    point_to(services, NEXT)
    assert renewal.look()

    assert opened == []


def test_what_cannot_be_used_leaves_the_old_in_place_and_is_tried_again(services, serving_double):
    fresh, swapped = type(services)(services.settings), []
    results = [OSError("disk"), fresh]

    def renew(_):
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    renewal = Renewal(serving_double, renew=renew, settled=lambda: swapped.append(1))
    point_to(services, NEXT)

    assert not renewal.look()
    assert serving_double.now is services
    assert renewal.look()
    assert serving_double.now is fresh
    assert swapped == [1]


def test_a_generation_that_was_refused_is_not_opened_again_and_again(services, serving_double):
    opened = []

    def renew(old):
        opened.append(1)
        return old  # the one that is named is damaged: the older one is served on

    renewal = Renewal(serving_double, renew=renew)
    point_to(services, NEXT)

    assert renewal.look()
    assert renewal.look()
    assert opened == [1]


def test_a_newer_generation_not_taken_up_is_told(services, browser):
    point_to(services, NEXT)

    assert browser.get("/readyz").json()["newer"] == NEXT


class Watch:
    """Notes that the cited laws were examined; a store that may not answer."""

    def __init__(self, failure=None):
        self.asked = 0
        self.failure = failure

    def laws(self):
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        return ()


@pytest.mark.parametrize("failure", [None, StoreLocked()])
def test_the_laws_that_stored_advice_cites_are_examined_and_no_failure_costs_the_swap(
    services, serving_double, failure
):
    fresh = type(services)(services.settings)
    fresh.law_watch = Watch(failure)
    renewal = Renewal(serving_double, renew=lambda _: fresh)
    point_to(services, NEXT)

    assert renewal.look()
    assert serving_double.now is fresh
    assert fresh.law_watch.asked == 1
