"""Advice without a model over real messages: latency, failures, abstentions, law not in force."""

import random
import time
from collections import Counter
from collections.abc import Sequence

from advisor.bootstrap import Services, open_services
from advisor.model import Advice, AdviceRequest
from corpus.model import Status
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.bench.messages import read_messages
from eval.bench.process import percentiles

_HOLDING = frozenset({Status.IN_FORCE, Status.REVISED_SINCE})


def measure(material: Material) -> Measured:
    """Latencies in ms of a seeded sample, each advice composed and stored; shares in percent."""
    messages = read_messages(material.messages)
    count = min(material.complaints, len(messages))
    sample = random.Random(material.seed).sample(messages, count)
    services = open_services(material.settings())
    given, spent, failures = _advise_all(services, sample)
    articles = [one for advice in given for one in advice.legal_basis]
    ended = sum(one.status not in _HOLDING for one in articles)
    total = len(given) or 1
    return Measured(
        values={
            **percentiles(spent),
            "complaints": count,
            "errors": sum(failures.values()),
            "abstained": sum(one.matter.abstained for one in given) / total * 100,
            "without_law": sum(not one.legal_basis for one in given) / total * 100,
            "articles": len(articles) / total,
            "ended": ended / (len(articles) or 1) * 100,
        },
        remarks={"出错的种类": "、".join(f"{n} {c}" for n, c in failures.items()) or "无"},
    )


def _advise_all(
    services: Services, texts: Sequence[str]
) -> tuple[list[Advice], list[float], Counter[str]]:
    given: list[Advice] = []
    spent: list[float] = []
    failures: Counter[str] = Counter()
    for text in texts:
        begun = time.perf_counter()
        try:
            given.append(services.advise(AdviceRequest(text=text, mode="extractive")))
        except Exception as error:  # whatever goes wrong is what is counted here
            failures[type(error).__name__] += 1
        spent.append((time.perf_counter() - begun) * 1000)
    return given, spent, failures
