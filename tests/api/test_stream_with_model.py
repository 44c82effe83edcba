"""The stream over the whole straight path with a scripted model: a slow one, and a failing one."""

import importlib.util
import json
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisor.adoption.record import Recorder
from advisor.advise import Adviser
from advisor.bootstrap import Services
from advisor.drafting import ModelWriter
from advisor.errors import ModelUnavailable
from advisor.llm.scripted import ScriptedLLM
from advisor.matter import MatterRecognizer
from advisor.model import AI_LABEL, RETRIEVAL_LABEL, Versions
from advisor.settings import Settings
from advisor.store import InMemoryAdviceStore
from api.app import create_app
from corpus.library import Library
from indexer.build import build
from indexer.retriever import Retriever
from prompts import Catalog

TEXT = "小区车位不够，有人装了地锁占着车位，晚上没地方停车。希望拆掉地锁。"
ANSWER = {
    "analysis": {
        "summary": "有人装地锁占车位，反映人要求拆除。",
        "facts": ["反映人称小区车位不够，有人装了地锁占着车位"],
        "disputes": [{"text": "地锁能不能装", "evidence": ["L1"]}],
    },
    "plan": {
        "steps": [
            {"action": "到场看车位", "owner": "社区干部", "deadline_days": 1, "evidence": ["L1"]}
        ],
        "lead_department": "示例城管局",
        "escalation": "报镇里",
        "resident_script": "明天去看，您也可以去法院。",
    },
    "legal_basis": [{"evidence_id": "L1", "why": "车位的规矩"}],
    "precedents": [{"evidence_id": "C1", "same": ["车位不够"], "different": ["有地锁"]}],
}
STREAM = "/v1/advice/stream"


def _world():
    path = Path(__file__).parent.parent / "advisor" / "conftest.py"
    spec = importlib.util.spec_from_file_location("advisor_world", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Slow:
    """A line of a script that is given when it is let go; bounded."""

    asked: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, _request):
        self.asked.set()
        if not self.go.wait(30):
            raise TimeoutError
        return json.dumps(ANSWER, ensure_ascii=False)


@dataclass(frozen=True)
class Unmasked:
    """A text in which nothing was personal."""

    masked: str

    def restore(self, text):
        return text


class NoMasking:
    """Finds nothing personal; a double of the masking port."""

    def mask(self, text):
        return Unmasked(text)

    def personal(self, _text):
        return ()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    knowledge = _world().KNOWLEDGE
    library = Library(None, knowledge)
    retriever = Retriever(build(library, tmp_path_factory.mktemp("index")), library)
    return knowledge, library, retriever


@pytest.fixture
def services_with(world, tmp_path):
    """The services over the small world, written by a model with these lines."""

    def make(*lines):
        knowledge, library, retriever = world
        store = InMemoryAdviceStore()
        adviser = Adviser(
            library=library,
            knowledge=knowledge,
            general=knowledge.general,
            retriever=retriever,
            recognizer=MatterRecognizer(knowledge.playbooks),
            store=store,
            default_region="浙江省嘉兴市秀洲区",
            versions=Versions(index="g1", corpus="c1", code="0"),
            now=lambda: datetime(2025, 6, 1, 4, tzinfo=UTC),
        )
        adviser = replace(adviser, writer=ModelWriter(ScriptedLLM(lines), Catalog(), NoMasking()))
        recorder = Recorder(store.adoption, store, NoMasking())
        settings = Settings(home=tmp_path)
        watch = store.law_watch
        return Services(settings, knowledge, library, retriever, store, adviser, recorder, watch)

    return make


def test_a_client_that_left_finds_what_the_slow_model_wrote(services_with, serving):
    slow = Slow()
    services = services_with(slow)

    with serving(create_app(services)) as client:
        with client.stream("POST", STREAM, json={"text": TEXT}) as response:
            lines = (one for one in response.iter_lines() if one.startswith("data: "))
            triage = json.loads(next(lines).removeprefix("data: "))
            assert slow.asked.wait(30)
        pending = client.get(f"/v1/advice/{triage['id']}")
        slow.go.set()
        client.stop()

    assert triage["mode"] == "llm"
    assert pending.status_code == 202
    assert services.store.get(triage["id"]).mode == "llm"


def test_the_parts_told_are_those_of_the_advice(services_with, browser, events_of):
    services = services_with(json.dumps(ANSWER, ensure_ascii=False))

    response = type(browser)(create_app(services)).post(STREAM, json={"text": TEXT})

    values = {name: value for _, name, value in events_of(response.text)}
    advice = values["done"]
    assert (advice["mode"], advice["ai_label"]) == ("llm", AI_LABEL)
    assert advice["plan"]["lead_department"] == "示例城管局"
    for part in ("analysis", "plan", "legal_basis", "precedents"):
        assert values[part] == advice[part]


def test_a_failing_model_leaves_an_honest_advice(services_with, browser, events_of):
    services = services_with(ModelUnavailable("模型服务暂不可用。"))

    response = type(browser)(create_app(services)).post(STREAM, json={"text": TEXT})

    told = events_of(response.text)
    advice = told[-1][2]
    assert told[-1][1] == "done"
    assert (advice["mode"], advice["ai_label"]) == ("extractive", RETRIEVAL_LABEL)
    assert any("模型服务暂不可用" in limit for limit in advice["limits"])
