"""Runs the service over the cases: one row for each, a crash among them."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from datetime import time as clock_time

from pydantic import JsonValue

from advisor.advise import Adviser
from advisor.bootstrap import Services
from advisor.clock import CHINA
from advisor.drafting import ModelWriter
from advisor.masking import RedactionMasking
from advisor.model import Advice, AdviceRequest, RequestedMode
from corpus.numerals import parse_article
from corpus.region import format_region
from eval.case_answer import CaseAnswer, names_of
from eval.cases_match import shows
from eval.cases_set import GrassrootsCase
from eval.dataset import article_key
from eval.measures.citation_truth import is_true
from eval.measures.completeness import required
from eval.measures.emptiness import empty_sentences
from eval.measures.leaks import leaked
from eval.measures.registry import ADVICE_MEASURES
from eval.measures.trap_failures import sprung
from eval.recording import RecordingLLM
from eval.run_file import RunRow
from prompts import Catalog

_NOON = clock_time(12, tzinfo=CHINA)
_FAULT_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class CaseRunner:
    """Advises on cases and judges what comes; safe to share among threads.

    A case is asked on the day whose law applies to it, so that nothing in an answer depends on the
    day of the run.
    """

    adviser: Adviser
    mode: RequestedMode
    department_names: Mapping[str, str]
    case_matters: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, services: Services, mode: RequestedMode) -> "CaseRunner":
        """A runner over these services."""
        return cls(
            services.adviser,
            mode,
            names_of(services.knowledge.duties),
            {case.id: tuple(case.matters) for case in services.library.cases()},
        )

    def rows(self, cases: Sequence[GrassrootsCase], workers: int = 1) -> Iterator[RunRow]:
        """One row for each case, in order; with ``workers`` so many at a time."""
        if workers == 1:
            yield from map(self.row, cases)
            return
        with ThreadPoolExecutor(workers) as threads:
            yield from threads.map(self.row, cases)

    def row(self, case: GrassrootsCase) -> RunRow:
        """The row of one case; whatever goes wrong in the service becomes its ``error``."""
        begun = time.perf_counter()
        try:
            answer, seconds = self._answer(case)
            measures = {one.name: one.value(answer) for one in ADVICE_MEASURES}
            return RunRow(
                case=case.id, measures=measures, detail=detail(answer), seconds=round(seconds, 3)
            )
        except Exception as fault:  # A crash is a row: nothing of the service may stop a run.
            return RunRow(
                case=case.id,
                measures={one.name: one.of_crash(case) for one in ADVICE_MEASURES},
                detail={"complaint": case.text},
                error=f"{type(fault).__name__}: {fault}"[:_FAULT_CHARACTERS],
                seconds=round(time.perf_counter() - begun, 3),
            )

    def _answer(self, case: GrassrootsCase) -> tuple[CaseAnswer, float]:
        adviser = replace(self.adviser, now=_at_noon(case))
        recorder, request = None, request_of(case, self.mode)
        if self.mode != "extractive" and adviser.writer is not None:
            recorder = RecordingLLM(adviser.writer.llm)
            adviser = recorded(adviser, recorder)
        begun = time.perf_counter()
        advice = adviser.compose(request)
        seconds = time.perf_counter() - begun
        if recorder is None and case.private:
            recorder = RecordingLLM(None)
            recorded(adviser, recorder).compose(request_of(case, "auto"))
        answer = CaseAnswer(
            case=case,
            advice=as_kept(advice, case),
            library=adviser.library,
            department_names=self.department_names,
            case_matters=self.case_matters,
        )
        if recorder is not None:
            answer = replace(answer, sent=recorder.sent, spent=recorder.spent)
        return answer, seconds


def request_of(case: GrassrootsCase, mode: RequestedMode) -> AdviceRequest:
    """What the service is asked for a case; its place only where the case tells one."""
    region = format_region(case.region) if case.region else None
    return AdviceRequest(text=case.text, region=region, occurred_on=case.as_of, mode=mode)


def as_kept(advice: Advice, case: GrassrootsCase) -> Advice:
    """The advice as a row keeps it: the case's id, and no name of an index.

    An index is named by its bytes, which hold the last bits of vectors; they differ between kinds
    of processors though what is found does not. The header of the run names it once.
    """
    provenance = advice.provenance.model_copy(update={"index": ""})
    return advice.model_copy(update={"id": case.id, "provenance": provenance})


def recorded(adviser: Adviser, recorder: RecordingLLM) -> Adviser:
    """The adviser with this model; with a writer of its own where it has none."""
    writer = adviser.writer or ModelWriter(recorder, Catalog(), RedactionMasking())
    asker = adviser.query_writer
    return replace(
        adviser,
        writer=replace(writer, llm=recorder),
        query_writer=replace(asker, llm=recorder) if asker is not None else None,
    )


def detail(answer: CaseAnswer) -> Mapping[str, JsonValue]:
    """What a reader needs to understand the numbers of a case."""
    case, advice = answer.case, answer.advice
    return {
        "complaint": case.text,
        "confidence": advice.matter.confidence,
        "abstained": advice.matter.abstained,
        "advice": advice.model_dump(mode="json"),
        "missed_points": [
            f"{one.part}：{one.point}" for one in case.key_points if not shows(one, answer.own)
        ],
        "missed_articles": _missed_articles(answer),
        "untrue_citations": [
            f"《{one.law}》{one.article}" for one in advice.legal_basis if not is_true(one, answer)
        ],
        "sprung_traps": [one.model_dump(mode="json") for one in sprung(answer)],
        "not_there": [name for name, there in required(advice).items() if not there],
        "empty_sentences": list(empty_sentences(answer)),
        "leaked": list(leaked(case.private, answer.sent)),
    }


def _missed_articles(answer: CaseAnswer) -> list[JsonValue]:
    shown = set(answer.basis_keys)
    return [
        f"《{one.law}》{one.article}"
        for one in answer.case.core
        if article_key(one.law, parse_article(one.article)) not in shown
    ]


def _at_noon(case: GrassrootsCase) -> Callable[[], datetime]:
    moment = datetime.combine(case.as_of, _NOON).astimezone(UTC)
    return lambda: moment
