"""Citation validity: how often the gate lets a false citation pass or turns a true one away."""

import time
from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from corpus.citation_check import CitationVerdict, check_text
from corpus.lawbook import LawBook
from corpus.model import Region
from eval.mutants import Trial


class KindRow(BaseModel):
    """The figures of one kind of citation; ``wrong`` counts against the gate."""

    model_config = ConfigDict(frozen=True)

    kind: str
    genuine: bool
    trials: int
    wrong: int
    examples: tuple[str, ...] = ()


class CitationReport(BaseModel):
    """False accepts among the mutants, false rejects among the genuine, and the speed.

    ``false_reject_rate`` is a share in [0, 1]. ``checks_per_second`` counts sentences parsed and
    judged, each with one citation, per second of processor time; ``bare_per_second`` those
    without a quotation.
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
    kinds: tuple[KindRow, ...]


def judge_kind(
    kind: str, trials: Sequence[Trial], library: LawBook, *, as_of: date, region: Region
) -> tuple[KindRow, float]:
    """Judge all trials of one kind; gives the row and the seconds the gate took."""
    began = time.process_time()
    verdicts = [check_text(t.text, library, as_of=as_of, region=region) for t in trials]
    seconds = time.process_time() - began
    wrong = [t.text for t, found in zip(trials, verdicts, strict=True) if is_wrong(t, found)]
    row = KindRow(
        kind=kind,
        genuine=trials[0].genuine,
        trials=len(trials),
        wrong=len(wrong),
        examples=tuple(wrong[:3]),
    )
    return row, seconds


def is_wrong(trial: Trial, verdicts: Sequence[CitationVerdict]) -> bool:
    """Whether the gate failed on a sentence.

    A citation that was not seen counts against the gate either way: a false one would reach
    the reader, a true one would not be shown as law. One refusal stops a sentence.
    """
    accepted = all(v.accepted for v in verdicts)
    return not (verdicts and accepted) if trial.genuine else accepted
