"""The run of the citation measure: cut the cases, judge them kind by kind, add up."""

import gc
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.lawbook import ArticleText, LawBook
from corpus.library import Library
from corpus.model import Region
from eval.genuine import BARE, genuine
from eval.measures.citation_validity import CitationReport, judge_kind
from eval.mutants import Trial, mutants
from eval.specimens import Specimens, gather

SEED = 20_260_101
MUTANTS = 100_000
GENUINE = 20_000


def measure_citations(
    library: Library,
    *,
    region: Region,
    mutant_count: int = MUTANTS,
    genuine_count: int = GENUINE,
    seed: int = SEED,
) -> CitationReport:
    """Measure the gate on false and true citations cut from the library's own articles.

    The day asked about is the library's ``as_of``.

    Raises:
        SpecimenShort: no article with official wording holds in the region.
    """
    ended = [s.old for s in library.knowledge.successions if s.ended_on <= library.as_of]
    specimens = collect(library, library.articles(), library.as_of, region, ended)
    trials = [
        *mutants(specimens, count=mutant_count, seed=seed),
        *genuine(specimens, count=genuine_count, seed=seed + 1),
    ]
    return judge(trials, library, as_of=library.as_of, region=region, seed=seed)


def collect(
    book: LawBook,
    articles: Iterable[ArticleText],
    as_of: date,
    region: Region,
    ended: Sequence[str],
) -> Specimens:
    """The specimens of a book on a day in a place."""
    return gather(book, articles, as_of=as_of, region=region, ended_names=ended)


def judge(
    trials: Sequence[Trial], book: LawBook, *, as_of: date, region: Region, seed: int
) -> CitationReport:
    """Judge the trials and add up, one row for each kind."""
    by_kind: dict[str, list[Trial]] = {}
    for trial in trials:
        by_kind.setdefault(trial.kind, []).append(trial)
    gc.collect()
    gc.freeze()  # the trials are ours, not the gate's: keep them out of its collector
    try:
        judged = [
            judge_kind(kind, group, book, as_of=as_of, region=region)
            for kind, group in by_kind.items()
        ]
    finally:
        gc.unfreeze()
    rows = [row for row, _ in judged]
    first, again = sum(s.first for _, s in judged), sum(s.again for _, s in judged)
    accepts = sum(r.wrong for r in rows if not r.genuine)
    rejects = sum(r.wrong for r in rows if r.genuine)
    true_trials = sum(r.trials for r in rows if r.genuine)
    return CitationReport(
        seed=seed,
        as_of=as_of,
        mutants=len(trials) - true_trials,
        genuine=true_trials,
        false_accepts=accepts,
        false_rejects=rejects,
        false_reject_rate=rejects / true_trials if true_trials else 0.0,
        checks_per_second=len(trials) / again if again else 0.0,
        bare_per_second=next((r.checks_per_second for r in rows if r.kind == BARE), 0.0),
        cold_per_second=len(trials) / first if first else 0.0,
        kinds=tuple(rows),
    )
