"""The search alone over the cases: the complaint as it is told against the core articles."""

import time
from collections.abc import Iterator, Sequence

from eval.cases_set import GrassrootsCase
from eval.dataset import article_key
from eval.measures import ndcg, recall, reciprocal_rank, success
from eval.run_file import RunRow
from indexer.retriever import Retriever

DEPTH = 10
SEARCH_MEASURES = {"hit@5": 1, "hit@10": 1, "Recall@10": 1, "nDCG@10": 1, "MRR@10": 1}
"""Names of the measures and the versions of their definitions."""


def search_rows(cases: Sequence[GrassrootsCase], retriever: Retriever) -> Iterator[RunRow]:
    """One row for each case that has a core article, in order."""
    return (_row(case, retriever) for case in cases if case.core)


def _row(case: GrassrootsCase, retriever: Retriever) -> RunRow:
    begun = time.perf_counter()
    hits = retriever.search(
        case.text, kind="statute", k=DEPTH, as_of=case.as_of, region=case.region
    )
    seconds = time.perf_counter() - begun
    keys = (article_key(hit.article.statute.title, hit.article.number) for hit in hits)
    found, core = tuple(dict.fromkeys(keys)), case.core_keys
    return RunRow(
        case=case.id,
        measures={
            "hit@5": success(found, core, 5),
            "hit@10": success(found, core, DEPTH),
            "Recall@10": round(recall(found, core, DEPTH), 6),
            "nDCG@10": round(ndcg(found, core, DEPTH), 6),
            "MRR@10": round(reciprocal_rank(found, core, DEPTH), 6),
        },
        detail={"ranks": [found.index(key) + 1 if key in found else 0 for key in sorted(core)]},
        seconds=round(seconds, 3),
    )
