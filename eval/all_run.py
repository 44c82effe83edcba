"""Everything measured in one go: search, citations, redaction, triage and advice, as runs."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor.bootstrap import Services, open_services
from advisor.model import RequestedMode
from advisor.settings import Settings
from corpus.model import TextKind
from corpus.region import parse_region
from eval.advice_command import run_advice
from eval.cases_set import CaseSet
from eval.citations import measure_citations
from eval.gist_citations import CITATION_MEASURES, citation_rows
from eval.matters import HELD_OUT_DATASET, MatterRow, read_labels, recognise_all
from eval.provenance import header_of
from eval.redaction_run import REDACTION_MEASURES, SEED, redaction_rows
from eval.run_file import Material, Run, RunKind, RunRow, write_run
from eval.search_run import SEARCH_MEASURES, search_rows

DAY = date(2026, 6, 1)
"""The day on which citations of the shipped knowledge are judged, so that runs can be compared."""

_TRIAGE_MEASURES = {"matter": 1, "matter@3": 1}


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: generated complaints, citations cut from a collection, the mode.

    ``messages`` is the folder of real messages; without it triage is not measured. ``workers`` is
    how many cases are advised on at a time.
    """

    redactions: int = 20_000
    mutants: int = 20_000
    genuine: int = 4_000
    mode: RequestedMode = "auto"
    messages: Path | None = None
    workers: int = 1


QUICK = Extent(redactions=500, mode="extractive")
"""What fits into a minute or two of two cores; nothing but what we ship is needed."""


@contextmanager
def pack_services() -> Iterator[Services]:
    """Services as a fresh installation has them, whatever the environment says: the shipped pack,
    no model, a home of its own that is gone afterwards.
    """
    with TemporaryDirectory(prefix="advisor-eval-", ignore_cleanup_errors=True) as home:
        yield open_services(
            Settings(
                home=Path(home),
                database_url=None,
                region="浙江省嘉兴市秀洲区",
                embedder="shipped",
                reranker="none",
                llm_base_url=None,
                llm_model=None,
            )
        )


@dataclass(frozen=True, slots=True)
class Everything:
    """One measurement of everything: what it measures with, on what, and where runs are written."""

    services: Services
    cases: CaseSet
    extent: Extent
    folder: Path
    command: str

    def runs(self, tell: Callable[[str], None]) -> Iterator[Run]:
        """The runs, one after the other; ``tell`` is told what begins."""
        tell("检索")
        yield self._retrieval()
        tell("引用核验")
        yield self._citations()
        tell("脱敏")
        yield self._redaction()
        if self.extent.messages is not None:
            tell("事项识别")
            yield self._triage(self.extent.messages)
        tell("建议")
        yield run_advice(
            self.services,
            self.cases,
            mode=self.extent.mode,
            workers=self.extent.workers,
            out=self.folder / "advice.jsonl",
            command=self.command,
        )

    def _retrieval(self) -> Run:
        rows = search_rows(self.cases.cases, self.services.retriever)
        return self._written("retrieval", self._of_cases(), SEARCH_MEASURES, rows)

    def _citations(self) -> Run:
        library = self.services.library
        if any(one.text_kind is TextKind.VERBATIM for one in library.statutes()):
            return self._written(
                "citations",
                self._named("collection", library.as_of),
                CITATION_MEASURES,
                self._cut(),
            )
        region = parse_region(self.services.settings.region)
        rows = citation_rows(library, DAY, region)
        return self._written("citations", self._named("pack", DAY), CITATION_MEASURES, rows)

    def _cut(self) -> Iterator[RunRow]:
        report = measure_citations(
            self.services.library,
            region=parse_region(self.services.settings.region),
            mutant_count=self.extent.mutants,
            genuine_count=self.extent.genuine,
        )
        for one in report.kinds:
            yield RunRow(
                case=one.kind,
                measures={"right": round(1 - one.wrong / one.trials, 6)},
                detail={
                    "genuine": one.genuine,
                    "trials": one.trials,
                    "wrong": one.wrong,
                    "examples": list(one.examples),
                },
            )

    def _redaction(self) -> Run:
        count = self.extent.redactions
        material = self._named("generated", f"{SEED}/{count}", count)
        return self._written("redaction", material, REDACTION_MEASURES, redaction_rows(count))

    def _triage(self, messages: Path) -> Run:
        labels = read_labels(HELD_OUT_DATASET)
        rows = recognise_all(labels, messages, self.services.adviser.recognizer)
        sha = hashlib.sha256(HELD_OUT_DATASET.read_bytes()).hexdigest()
        material = Material(name=HELD_OUT_DATASET.name, sha256=sha, cases=len(labels))
        return self._written("triage", material, _TRIAGE_MEASURES, map(_triage_row, rows))

    def _of_cases(self) -> Material:
        return Material(name="cases", sha256=self.cases.sha256, cases=len(self.cases.cases))

    def _named(self, name: str, told: object, cases: int = 0) -> Material:
        """Material that is made on the spot is known by what it is made from."""
        made_from = f"{name}/{told}/{self.services.adviser.versions.corpus if not cases else ''}"
        sha = hashlib.sha256(made_from.encode()).hexdigest()
        return Material(name=name, sha256=sha, cases=cases)

    def _written(
        self,
        kind: RunKind,
        material: Material,
        measures: dict[str, int],
        rows: Iterable[RunRow],
    ) -> Run:
        header = header_of(kind, self.command, material, self.services, measures)
        return write_run(self.folder / f"{kind}.jsonl", header, rows)


def _triage_row(row: MatterRow) -> RunRow:
    open_right = row.may_abstain and row.given is None
    return RunRow(
        case=row.id,
        measures={
            "matter": float(row.given in row.accepted or open_right),
            "matter@3": float(bool(set(row.first_three) & set(row.accepted)) or open_right),
        },
        detail={"given": row.given, "confidence": row.confidence},
    )
