"""Citation validity: how often the gate lets a false citation pass or turns a true one away."""

import time
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from corpus.citation_check import CitationVerdict, check_text
from corpus.lawbook import LawBook
from corpus.model import Region
from eval.mutants import Trial

_PASSES = 3


class KindRow(BaseModel):
    """The figures of one kind of citation; ``wrong`` counts against the gate."""

    model_config = ConfigDict(frozen=True)

    kind: str
    genuine: bool
    trials: int
    wrong: int
    checks_per_second: float
    examples: tuple[str, ...] = ()


class CitationReport(BaseModel):
    """False accepts among the mutants, false rejects among the genuine, and the speed.

    ``false_reject_rate`` is a share in [0, 1]. Speeds are sentences parsed and judged, each with
    one citation, per second of processor time: ``checks_per_second`` with the laws at hand,
    ``bare_per_second`` those of them without a quotation, ``cold_per_second`` reading each law
    from the store the first time it is named.
    """

    model_config = ConfigDict(frozen=True)

    seed: int
    as_of: date
    mutants: int
    genuine: int
    false_accepts: int
    false_rejects: int
    false_reject_rate: float
    checks_per_second: float
    bare_per_second: float
    cold_per_second: float
    kinds: tuple[KindRow, ...]


class Spent(NamedTuple):
    """Seconds of processor time for the same trials: laws read on the way, and laws at hand."""

    first: float
    again: float


def judge_kind(
    kind: str, trials: Sequence[Trial], library: LawBook, *, as_of: date, region: Region
) -> tuple[KindRow, Spent]:
    """Judge all trials of one kind once and again; gives the row and the time the gate took.

    The time with the laws at hand is the least of three passes: what else runs on the machine
    takes caches and clock from us, and only ever adds (as the documentation of timeit says).
    """
    began = time.process_time()
    verdicts = [check_text(t.text, library, as_of=as_of, region=region) for t in trials]
    first = time.process_time() - began
    passes = (_pass_over(trials, library, as_of=as_of, region=region) for _ in range(_PASSES))
    spent = Spent(first, min(passes))
    wrong = [t.text for t, found in zip(trials, verdicts, strict=True) if is_wrong(t, found)]
    row = KindRow(
        kind=kind,
        genuine=trials[0].genuine,
        trials=len(trials),
        wrong=len(wrong),
        checks_per_second=len(trials) / spent.again if spent.again else 0.0,
        examples=tuple(wrong[:3]),
    )
    return row, spent


def _pass_over(trials: Sequence[Trial], library: LawBook, *, as_of: date, region: Region) -> float:
    """Seconds of processor time to judge the trials."""
    began = time.process_time()
    for t in trials:
        check_text(t.text, library, as_of=as_of, region=region)
    return time.process_time() - began


def is_wrong(trial: Trial, verdicts: Sequence[CitationVerdict]) -> bool:
    """Whether the gate failed on a sentence.

    A citation that was not seen counts against the gate either way: a false one would reach
    the reader, a true one would not be shown as law. One refusal stops a sentence.
    """
    accepted = all(v.accepted for v in verdicts)
    return not (verdicts and accepted) if trial.genuine else accepted
