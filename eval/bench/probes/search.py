"""Latency of search on one core, with short lay questions and with whole messages as queries."""

import os
import time
from collections.abc import Sequence

from advisor.bootstrap import open_library
from advisor.retrieval_models import open_embedder
from corpus.region import parse_region
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.bench.messages import read_messages
from eval.bench.process import memory_mb, percentiles
from eval.dataset import load_dataset
from indexer.build import build
from indexer.retriever import Retriever

_K = 10


def measure_questions(material: Material) -> Measured:
    """Latencies in ms of the lay questions."""
    dataset = load_dataset(material.questions)
    return _measure(material, [one.question for one in dataset.questions])


def measure_messages(material: Material) -> Measured:
    """Latencies in ms of the messages, each searched with its whole text."""
    return _measure(material, read_messages(material.messages))


def _measure(material: Material, queries: Sequence[str]) -> Measured:
    settings = material.settings()
    library = open_library(settings)
    embedder = open_embedder(settings)
    retriever = Retriever(build(library, settings.home, embedder=embedder), library, embedder)
    place, day = parse_region(settings.region), library.as_of
    spent, found = [], 0
    retriever.search("预热", kind="statute", k=_K, as_of=day, region=place)
    for query in queries:
        begun = time.perf_counter()
        hits = retriever.search(query, kind="statute", k=_K, as_of=day, region=place)
        spent.append((time.perf_counter() - begun) * 1000)
        found += bool(hits)
    return Measured(
        values={
            **percentiles(spent),
            "queries": len(queries),
            "characters": sum(map(len, queries)) / len(queries),
            "answered": found / len(queries) * 100,
            "resident_mb": memory_mb(os.getpid(), "VmRSS") or float("nan"),
        }
    )
