"""The stream with a model behind it: first events, a silent model, clients that leave."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from eval.bench import slow_model
from eval.bench.figure import FigureSpec, Measured, Target
from eval.bench.material import Material
from eval.bench.process import percentiles
from eval.bench.service import serving
from eval.redaction.generator import samples

DEADLINE_SECONDS = 2
"""The model's, when it says nothing."""
FIGURES = (
    FigureSpec("triage_p50_ms", "到分诊 p50", "毫秒"),
    FigureSpec("triage_p95_ms", "到分诊 p95", "毫秒", Target("≤", 300)),
    FigureSpec("evidence_p50_ms", "到依据 p50", "毫秒"),
    FigureSpec("evidence_p95_ms", "到依据 p95", "毫秒", Target("≤", 300)),
    FigureSpec("evidence_max_ms", "到依据最慢一次", "毫秒"),
    FigureSpec("left", "提前离开的读者", "人", Target("≥", 30), digits=0),
    FigureSpec("lost", "其中没有存下建议的", "件", Target("=", 0), digits=0),
    FigureSpec("drafted", "其中由模型起草的", "%"),
    FigureSpec("silent_seconds", "模型不出声时到完整建议", "秒", Target("≤", DEADLINE_SECONDS + 2)),
)
_AT_ONCE = 8
_STORED_WITHIN_SECONDS = 20.0
_POLL_SECONDS = 0.05
_TIMEOUT_SECONDS = 60.0


class StreamBroken(Exception):
    """A stream ended without what it promises."""


def measure(material: Material) -> Measured:
    """Latencies in ms of the first events, seconds with a silent model, and advice that was lost.

    Clients come one after another and leave once they have the evidence, before the model has
    written a word; then their advice is looked for. With the silent model they come together.
    """
    texts = [one.text for one in samples(material.streams + _AT_ONCE, material.seed)]
    with slow_model.slow_model() as address:
        first = _with_slow_model(material, address, texts[_AT_ONCE:])
        silent = _with_silent_model(material, address, texts[:_AT_ONCE])
    return Measured(
        values={**first, **silent},
        remarks={
            "模型": f"脚本模型，先静默 {slow_model.SILENT_SECONDS} 秒，"
            f"再用 {slow_model.WRITING_SECONDS} 秒写完；群众诉求由模板生成",
            "静默": f"ADVISOR_LLM_DEADLINE={DEADLINE_SECONDS}，同时 {_AT_ONCE} 件，取最慢一件",
        },
    )


def _with_slow_model(material: Material, address: str, texts: Sequence[str]) -> dict[str, float]:
    triage, evidence, given = [], [], []
    settings = _settings(f"{address}/slow/v1")
    with (
        serving(material.stream_home, settings=settings) as service,
        _client(service.url) as client,
    ):
        for text in texts:
            advice_id, spent = _first_events(client, text)
            triage.append(spent["triage"])
            evidence.append(spent["evidence"])
            given.append(_stored(client, advice_id))
    modes = [one["mode"] for one in given if one is not None]
    return {
        **{f"triage_{name}": value for name, value in percentiles(triage).items()},
        **{f"evidence_{name}": value for name, value in percentiles(evidence).items()},
        "left": len(texts),
        "lost": given.count(None),
        "drafted": modes.count("llm") / len(texts) * 100,
    }


def _with_silent_model(material: Material, address: str, texts: Sequence[str]) -> dict[str, float]:
    settings = _settings(f"{address}/silent/v1")
    settings["ADVISOR_LLM_DEADLINE"] = str(DEADLINE_SECONDS)
    with (
        serving(material.stream_home, settings=settings) as service,
        _client(service.url) as client,
        ThreadPoolExecutor(len(texts)) as callers,
    ):
        spent = list(callers.map(lambda text: _whole(client, text), texts))
    return {"silent_seconds": max(spent)}


def _settings(model_url: str) -> dict[str, str]:
    return {"ADVISOR_LLM_BASE_URL": model_url, "ADVISOR_LLM_MODEL": slow_model.NAME}


def _client(url: str) -> httpx.Client:
    # A proxy in the environment must not stand between us and loopback.
    return httpx.Client(base_url=url, trust_env=False, timeout=_TIMEOUT_SECONDS)


def _first_events(client: httpx.Client, text: str) -> tuple[str, Mapping[str, float]]:
    """The id of the advice, and when triage and evidence came, in ms; leaves after both."""
    spent: dict[str, float] = {}
    advice_id = ""
    begun = time.perf_counter()
    with client.stream("POST", "/v1/advice/stream", json={"text": text}) as response:
        for name, content in _events(response):
            spent[name] = (time.perf_counter() - begun) * 1000
            if name == "triage":
                advice_id = str(json.loads(content)["id"])
            if name == "evidence":
                return advice_id, spent
    raise StreamBroken(f"no evidence, only {list(spent)}")


def _whole(client: httpx.Client, text: str) -> float:
    """Seconds until the whole advice has come."""
    begun = time.perf_counter()
    with client.stream("POST", "/v1/advice/stream", json={"text": text}) as response:
        names = [name for name, _ in _events(response)]
    if names[-1:] != ["done"]:
        raise StreamBroken(f"no advice, only {names}")
    return time.perf_counter() - begun


def _events(response: httpx.Response) -> Iterator[tuple[str, str]]:
    """Name and content of each event, as it comes."""
    if response.status_code != httpx.codes.OK:
        raise StreamBroken(f"status {response.status_code}")
    name = ""
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, value


def _stored(client: httpx.Client, advice_id: str) -> Mapping[str, object] | None:
    """The advice under the id that was told, once it is made; None when it never is."""
    until = time.perf_counter() + _STORED_WITHIN_SECONDS
    while time.perf_counter() < until:
        found = client.get(f"/v1/advice/{advice_id}")
        if found.status_code == httpx.codes.OK:
            stored: dict[str, object] = found.json()
            return stored
        if found.status_code != httpx.codes.ACCEPTED:
            return None
        time.sleep(_POLL_SECONDS)
    return None
