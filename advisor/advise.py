"""The use case: one complaint in, one stored four-part advice out."""

import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from advisor.errors import IdempotencyConflict, RefusedInput
from advisor.evidence import Evidence, select_evidence
from advisor.extractive import extractive
from advisor.grounding import Grounded, ground
from advisor.intake import intake
from advisor.matter import MatterRecognizer
from advisor.model import (
    Advice,
    AdviceRequest,
    Complaint,
    ComplaintEcho,
    Matter,
    Provenance,
    Triage,
)
from advisor.ports import AdviceStore, AuditEntry, StoredAdvice
from advisor.sentences import read_sentences
from advisor.triage import assess, find_signals
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import GeneralGuide, Playbook
from corpus.region import format_region
from indexer.retriever import CaseHit, Retriever, StatuteHit

_MAX_QUERIES = 4
_QUERY_CHARACTERS = 120
_SEARCH_DEPTH = 30
_NUMBERS = re.compile(r"(?<![A-Za-z])[A-Za-z]*\d[\dA-Za-z.:：/-]*\s*[年月日号时点分]?")
_CHINA = timezone(timedelta(hours=8))
"""One zone and no summer time; a fixed offset needs no time-zone database."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What made an advice, for its provenance."""

    index: str
    corpus: str
    code: str


@dataclass(frozen=True, slots=True)
class Adviser:
    """Everything the straight path needs, wired once in bootstrap.

    ``now`` gives the current time in UTC with its zone; ``default_region`` is assumed for a
    complaint that names no place.
    """

    library: Library
    knowledge: Knowledge
    general: GeneralGuide
    retriever: Retriever
    recognizer: MatterRecognizer
    store: AdviceStore
    default_region: str
    versions: Versions
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def advise(self, request: AdviceRequest, *, idempotency_key: str | None = None) -> Advice:
        """Advise on one complaint; the advice is stored before it is returned.

        A repeated ``idempotency_key`` with the same request gives the first advice again.

        Raises:
            RefusedInput: The complaint cannot be worked on; the message is for the user.
            IdempotencyConflict: The key was used for another request.
            StoreUnavailable: The advice could not be stored, so it is not given either.
        """
        digest = request_hash(request)
        earlier = self._earlier(idempotency_key, digest)
        if earlier is not None:
            return earlier
        advice = self.compose(request)
        stored = StoredAdvice(
            id=advice.id,
            created_at=advice.created_at,
            idempotency_key=idempotency_key,
            request_hash=digest,
            region=advice.complaint.region,
            matter=advice.matter.type,
            mode=advice.mode,
            status=advice.status,
            payload=advice.model_dump_json(),
        )
        try:
            self.store.save(stored, AuditEntry(action="advice.created", advice_id=advice.id))
        except IdempotencyConflict:
            winner = self._earlier(idempotency_key, digest)
            if winner is None:
                raise
            return winner
        return advice

    def _earlier(self, key: str | None, digest: str) -> Advice | None:
        found = self.store.find_by_key(key) if key else None
        if found is None:
            return None
        if found.request_hash != digest:
            raise IdempotencyConflict(key)
        return Advice.model_validate_json(found.payload)

    def compose(self, request: AdviceRequest) -> Advice:
        """Advise without storing: the same straight path, for previews and measurements."""
        if request.mode == "llm":
            raise RefusedInput(
                "no_model", "没有配置大模型，不能使用 llm 方式；请改用 auto 或 extractive。"
            )
        now = self.now()
        complaint = intake(
            request, default_region=self.default_region, today=now.astimezone(_CHINA).date()
        )
        matter = self.recognizer.recognise(complaint.text)
        playbook = self.knowledge.playbook(matter.type) if matter.type else None
        signals = find_signals(
            complaint.text,
            (*self.knowledge.signals, *(playbook.signals if playbook else ())),
        )
        found = self._search(complaint, playbook)
        evidence = select_evidence(
            complaint,
            playbook or self.general,
            found,
            knowledge=self.knowledge,
            library=self.library,
        )
        draft = extractive(complaint, matter, evidence, signals=signals, general=self.general)
        grounded = ground(draft, evidence, complaint, self.library)
        triage = assess(complaint, playbook, signals)
        return self._assemble(now, complaint, (matter, triage), evidence, grounded)

    def _search(
        self, complaint: Complaint, playbook: Playbook | None
    ) -> tuple[tuple[StatuteHit, ...], tuple[CaseHit, ...]]:
        asked = queries(complaint, playbook)
        day, place = complaint.as_of, complaint.region
        search = self.retriever.search_many
        return (
            search(asked, kind="statute", k=_SEARCH_DEPTH, as_of=day, region=place),
            search(asked, kind="case", k=_SEARCH_DEPTH, as_of=day, region=place),
        )

    def _assemble(
        self,
        now: datetime,
        complaint: Complaint,
        judged: tuple[Matter, Triage],
        evidence: Evidence,
        grounded: Grounded,
    ) -> Advice:
        matter, triage = judged
        return Advice(
            id=uuid.uuid4().hex,
            created_at=now,
            mode="extractive",
            status=grounded.status,
            corpus_as_of=self.library.as_of,
            complaint=ComplaintEcho(
                text=complaint.original,
                region=format_region(complaint.region),
                occurred_on=complaint.occurred_on,
                ledger_ref=complaint.ledger_ref,
            ),
            matter=matter,
            triage=triage,
            analysis=grounded.analysis,
            plan=grounded.plan,
            legal_basis=grounded.legal_basis,
            precedents=grounded.precedents,
            limits=(*self._limits(matter, evidence), *grounded.limits),
            rejected_citations=grounded.rejected,
            provenance=Provenance(
                prompt=None,
                model=None,
                index=self.versions.index,
                corpus=self.versions.corpus,
                code=self.versions.code,
            ),
        )

    def _known_until(self) -> str:
        pack = self.knowledge.as_of
        text = f"法规文本收录至 {self.library.as_of}"
        if pack is not None and pack > self.library.as_of:
            text += f"，已知的修订和废止收录至 {pack}"
        return f"{text}；此后的变化以官方公布为准。"

    def _limits(self, matter: Matter, evidence: Evidence) -> tuple[str, ...]:
        limits = [self._known_until()]
        if matter.abstained:
            limits.append("未能可靠识别事项类型，以下为通用核实流程；补充情况后可重新生成。")
        if not evidence.articles:
            limits.append("没有找到可以确认适用的法条，本建议不作法律结论。")
        elif any(a.view.text_kind == "gist" for a in evidence.articles):
            limits.append("标注“要旨”的法条为概括，非条文原文；引用前请核对官方文本。")
        if not evidence.cases:
            limits.append("没有找到足够相近的已办案例。")
        limits.append("未使用大模型，内容由处置指引、权责、法条和案例组成。")
        return tuple(limits)


def queries(complaint: Complaint, playbook: Playbook | None) -> tuple[str, ...]:
    """Several focused queries for one story: its concrete sentences, and the matter's own words."""
    sentences = read_sentences(complaint.text)
    telling = [
        _without_numbers(s.text)[:_QUERY_CHARACTERS] for s in sentences if s.concrete or s.demand
    ]
    longest = sorted(telling, key=len, reverse=True)[: _MAX_QUERIES - 1]
    whole = _without_numbers(complaint.text)[: 2 * _QUERY_CHARACTERS]
    own = (f"{playbook.name} {playbook.nature}",) if playbook else ()
    return tuple(dict.fromkeys((*own, *longest, whole)))


def _without_numbers(text: str) -> str:
    """The text without dates, numbers, codes: they match commencement clauses, not matters."""
    return _NUMBERS.sub(" ", text)


def request_hash(request: AdviceRequest) -> str:
    """SHA-256 of the request's canonical JSON, to tell a repeat from a different request."""
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()
