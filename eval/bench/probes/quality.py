"""Quality of retrieval on the lay questions: the baseline that later work is compared with."""

from advisor.bootstrap import open_embedder, open_library
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.dataset import load_dataset
from eval.retrieval import RECALL_DEPTHS, measure_questions, search_of, summarize
from indexer.build import build
from indexer.retriever import Retriever


def measure(material: Material) -> Measured:
    """The measures of ``advisor-eval retrieval``, and what identifies dataset and index."""
    dataset = load_dataset(material.questions)
    settings = material.settings()
    library = open_library(settings)
    embedder = open_embedder(settings)
    retriever = Retriever(build(library, settings.home, embedder=embedder), library, embedder)
    rows = tuple(measure_questions(dataset.questions, search_of(retriever, k=max(RECALL_DEPTHS))))
    report = summarize(dataset, retriever, rows)
    return Measured(
        values={**report.measures, "questions": report.questions},
        remarks={"评测集": f"{report.dataset}，sha256 {report.dataset_sha256[:12]}"},
    )
