"""From a stored case to a search that finds it, beside many others, in a running service."""

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

import httpx

from advisor.bootstrap import Services, open_services, with_new_cases
from advisor.settings import Settings
from corpus.knowledge import Knowledge
from corpus.model import Case, CaseSource, Playbook
from corpus.store import CorpusStore
from corpus.store_rows import Contents, FileRecord
from eval.bench.figure import FigureSpec, Measured, Target
from eval.bench.material import Material
from eval.bench.process import percentiles
from eval.bench.service import serving

TRIALS = 20
_A_SECOND = Target("≤", 1000)
FIGURES = (
    FigureSpec("own_p50_ms", "本进程存入 p50", "毫秒"),
    FigureSpec("own_max_ms", "本进程存入最慢一次", "毫秒", _A_SECOND),
    FigureSpec("served_p50_ms", "另一进程存入，运行中的服务 p50", "毫秒"),
    FigureSpec("served_max_ms", "另一进程存入，运行中的服务最慢一次", "毫秒", _A_SECOND),
    FigureSpec("cases", "案例", "个", Target("≥", 20_000), digits=0),
    FigureSpec("open_seconds", "案例成批存入后打开（含重建案例索引）", "秒", digits=2),
)
_ROOT = "bench:"
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 4000
_LONGEST = 8
_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 30.0


def measure(material: Material) -> Measured:
    """Latencies from commit to hit: in the process that stores, and in a service beside it."""
    settings = Settings(home=material.cases_home)
    store = CorpusStore(settings.corpus_path)
    services = open_services(settings)
    made = tuple(_made_up(services.knowledge, material.cases, material.seed))
    _store(store, "many", made)
    begun = time.perf_counter()
    services = open_services(settings)
    opened = time.perf_counter() - begun
    own = [one * 1000 for one in _own(services, store, made[0])]
    served = [one * 1000 for one in _served(settings, store, made[0])]
    return Measured(
        values={
            "cases": len(services.library.cases()),
            "open_seconds": opened,
            **{f"own_{name}": value for name, value in percentiles(own).items()},
            **{f"served_{name}": value for name, value in percentiles(served).items()},
        }
    )


def _own(services: Services, store: CorpusStore, pattern: Case) -> Iterator[float]:
    """Seconds until the process that stored a case finds it."""
    for trial in range(TRIALS):
        case = _marked(pattern, f"本进程{trial}")
        _store(store, case.id, (case,))
        begun = time.perf_counter()
        services = with_new_cases(services)
        hits = services.retriever.search(case.title, kind="case", k=1, as_of=_FIRST_DAY, region=())
        if hits[0].case.id != case.id:
            raise LookupError(case.id)
        yield time.perf_counter() - begun


def _served(settings: Settings, store: CorpusStore, pattern: Case) -> Iterator[float]:
    """Seconds until a service finds what another process stored."""
    with (
        serving(settings.home) as service,
        httpx.Client(base_url=service.url, trust_env=False, timeout=_PATIENCE_SECONDS) as client,
    ):
        for trial in range(TRIALS):
            case = _marked(pattern, f"另一进程{trial}")
            _store(store, case.id, (case,))
            begun = time.perf_counter()
            while not _found(client, case):
                if time.perf_counter() - begun > _PATIENCE_SECONDS:
                    raise LookupError(case.id)
                time.sleep(_POLL_SECONDS)
            yield time.perf_counter() - begun


def _found(client: httpx.Client, case: Case) -> bool:
    answer = client.get("/v1/search", params={"q": case.title, "kind": "case", "k": 1})
    hits = answer.raise_for_status().json()["hits"]
    return bool(hits) and hits[0]["case_id"] == case.id


def _made_up(knowledge: Knowledge, count: int, seed: int) -> Iterator[Case]:
    """Cases put together at random from our own phrasings: no real ones, but of real size."""
    chance = random.Random(seed)
    for number in range(count):
        book: Playbook = chance.choice(knowledge.playbooks)
        told = chance.choices(book.phrasings, k=chance.randint(2, _LONGEST))
        steps = chance.sample(list(book.steps), k=2)
        yield Case(
            id=f"made_up_{number}",
            title=f"{book.name}{number}",
            matters=[book.id],
            place=f"{number % 97}号村",
            region=("浙江省", "嘉兴市", "秀洲区"),
            closed_on=_FIRST_DAY + timedelta(days=chance.randrange(_DAYS)),
            facts="。".join(told),
            measures=[step.action for step in steps],
            outcome=book.nature,
            source=CaseSource(kind="ledger"),
        )


def _marked(pattern: Case, name: str) -> Case:
    """A case that one query surely finds first."""
    told = f"晾谷场{name}的路灯坏了半个月"
    return pattern.model_copy(update={"id": f"marked_{name}", "title": told, "facts": f"{told}。"})


def _store(store: CorpusStore, name: str, cases: tuple[Case, ...]) -> None:
    record = FileRecord(
        root=_ROOT,
        name=name,
        container=name,
        size=0,
        mtime_ns=0,
        sha256=name,
        container_sha256=name,
        outcome="case",
    )
    with store.writing() as writer:
        writer.put(record, Contents(cases=cases))
