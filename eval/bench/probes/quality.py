"""Quality of retrieval on the lay questions that the shipped model has not learnt."""

from advisor.bootstrap import open_library
from advisor.retrieval_models import open_embedder
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.dataset import load_dataset
from eval.learnt import held_out
from eval.retrieval import RECALL_DEPTHS, SystemRows, measure_questions, search_of, summarize
from indexer.build import build
from indexer.retriever import Retriever


def measure(material: Material) -> Measured:
    """The measures of ``advisor-eval retrieval``, and what identifies dataset and index."""
    dataset = load_dataset(material.questions)
    settings = material.settings()
    library = open_library(settings)
    embedder = open_embedder(settings)
    asked = held_out(dataset, embedder)
    retriever = Retriever(build(library, settings.home, embedder=embedder), library, embedder)
    rows = tuple(measure_questions(asked, search_of(retriever, k=max(RECALL_DEPTHS))))
    report = summarize(
        SystemRows(
            system="",
            index=retriever.snapshot.generation,
            index_model=retriever.snapshot.manifest.model,
            learnt=0,
            peak_mb=0,
            rows=rows,
        )
    )
    return Measured(
        values={**report.measures, "questions": report.questions},
        remarks={"评测集": f"{dataset.name}，sha256 {dataset.sha256[:12]}"},
    )
