"""The use case: one complaint in, one stored four-part advice out."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from advisor import clock
from advisor.brief import Brief
from advisor.departments import known_departments
from advisor.draft import Draft
from advisor.drafting import ModelCall, ModelWriter, Written
from advisor.errors import IdempotencyConflict, RefusedInput
from advisor.events import (
    Event,
    OnEvent,
    evidence_event,
    retold,
    section_event,
    triage_event,
)
from advisor.extractive import extractive
from advisor.grounding import Grounded, ground
from advisor.leads import LeadRanker
from advisor.matter import MatterRecognizer
from advisor.model import (
    AI_LABEL,
    RETRIEVAL_LABEL,
    Advice,
    AdviceRequest,
    Complaint,
    ComplaintEcho,
    Provenance,
    Versions,
)
from advisor.ports import AdviceStore, AuditEntry, StoredAdvice, StoredCall
from advisor.query_writing import QueryWriter
from advisor.rival import Rival
from advisor.understanding import Sources, Understanding, limits_of, understand
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import GeneralGuide
from corpus.region import format_region
from indexer.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Adviser:
    """Everything the straight path needs, wired once in bootstrap.

    ``now`` gives the current time in UTC with its zone; ``default_region`` is assumed for a
    complaint that names no place. ``writer`` is None where no model is configured, ``rival`` where
    no second version is compared with it.
    """

    library: Library
    knowledge: Knowledge
    general: GeneralGuide
    retriever: Retriever
    recognizer: MatterRecognizer
    store: AdviceStore
    default_region: str
    versions: Versions
    now: Callable[[], datetime] = clock.now
    writer: ModelWriter | None = None
    query_writer: QueryWriter | None = None
    rival: Rival | None = None
    lead_ranker: LeadRanker | None = None

    def advise(
        self,
        request: AdviceRequest,
        *,
        idempotency_key: str | None = None,
        on_event: OnEvent | None = None,
    ) -> Advice:
        """Advise on one complaint; the advice is stored before it is returned.

        A repeated ``idempotency_key`` with the same request gives the first advice again.
        ``on_event`` is told what is ready on the way: triage (with the id the advice will have) and
        evidence at once, then each section as soon as it is complete and grounded. An advice given
        again is told in the same way.

        Raises:
            RefusedInput: The complaint cannot be worked on; the message is for the user.
            IdempotencyConflict: The key was used for another request.
            StoreUnavailable: The advice could not be stored, so it is not given either.
        """
        digest = request_hash(request)
        earlier = self._earlier(idempotency_key, digest)
        tell = on_event or _nobody
        if earlier is not None:
            for event in retold(earlier):
                tell(event)
            return earlier
        advice, calls = self._compose(request, tell)
        try:
            self._save(advice, calls, idempotency_key, digest)
        except IdempotencyConflict:
            winner = self._earlier(idempotency_key, digest)
            if winner is None:
                raise
            return winner
        return advice

    def compose(self, request: AdviceRequest) -> Advice:
        """Advise without storing: the same straight path, for previews and measurements.

        Raises:
            RefusedInput: The complaint cannot be worked on; the message is for the user.
        """
        return self._compose(request, _nobody)[0]

    def _earlier(self, key: str | None, digest: str) -> Advice | None:
        found = self.store.find_by_key(key) if key else None
        if found is None:
            return None
        if found.request_hash != digest:
            raise IdempotencyConflict(key)
        return Advice.model_validate_json(found.payload)

    def _save(
        self, advice: Advice, calls: tuple[ModelCall, ...], key: str | None, digest: str
    ) -> None:
        stored = StoredAdvice(
            id=advice.id,
            created_at=advice.created_at,
            idempotency_key=key or None,
            request_hash=digest,
            region=advice.complaint.region,
            matter=advice.matter.type,
            mode=advice.mode,
            status=advice.status,
            payload=advice.model_dump_json(),
        )
        kept = tuple(_stored_call(call) for call in calls)
        self.store.save(
            stored, AuditEntry(action="advice.created", advice_id=advice.id), calls=kept
        )

    def _compose(
        self, request: AdviceRequest, on_event: OnEvent
    ) -> tuple[Advice, tuple[ModelCall, ...]]:
        if request.mode == "llm" and self.writer is None:
            raise RefusedInput(
                "no_model", "没有配置大模型，不能使用 llm 方式；请改用 auto 或 extractive。"
            )
        advice_id, now = uuid.uuid4().hex, self.now()
        case = understand(request, self.sources, today=clock.day_of(now))
        on_event(
            triage_event(case, advice_id, "llm" if self._asks_model(request) else "extractive")
        )
        on_event(evidence_event(case))
        written = self._write(request, case, now, on_event)
        grounded = ground(written.draft, case.evidence, case.complaint, self.library)
        for section in ("analysis", "plan", "legal_basis", "precedents"):
            if section not in written.sections:
                on_event(section_event(section, grounded))
        return self._assemble(advice_id, now, case, written, grounded), written.calls

    def _asks_model(self, request: AdviceRequest) -> bool:
        return self.writer is not None and request.mode != "extractive"

    @property
    def sources(self) -> Sources:
        """What a complaint is understood with; a batch reads it too."""
        return Sources(
            self.library,
            self.knowledge,
            self.general,
            self.retriever,
            self.recognizer,
            self.default_region,
            self.query_writer,
            self.lead_ranker,
        )

    def _write(
        self, request: AdviceRequest, case: Understanding, now: datetime, on_event: OnEvent
    ) -> Written:
        draft = extractive(
            case.complaint,
            case.matter,
            case.evidence,
            signals=case.signals,
            general=case.general,
        )
        if self.writer is None or not self._asks_model(request):
            return Written(draft, (), (), ())

        def tell(section: str, so_far: Draft) -> None:
            shown = ground(so_far, case.evidence, case.complaint, self.library)
            on_event(section_event(section, shown))

        brief = Brief(
            complaint=case.complaint,
            matter=case.matter,
            triage=case.triage,
            evidence=case.evidence,
            signals=tuple(f"{s.risk}：{s.at_once}" for s in case.signals),
            today=clock.day_of(now),
            departments=known_departments(self.knowledge.duties),
        )
        return self._writer_of(case.complaint, self.writer).write(brief, draft, tell)

    def _writer_of(self, complaint: Complaint, writer: ModelWriter) -> ModelWriter:
        rival = self.rival
        return rival.writer if rival and rival.arm(complaint) == "B" else writer

    def _assemble(
        self,
        advice_id: str,
        now: datetime,
        case: Understanding,
        written: Written,
        grounded: Grounded,
    ) -> Advice:
        by_model = bool(written.sections)
        complaint = case.complaint
        return Advice(
            id=advice_id,
            created_at=now,
            mode="llm" if by_model else "extractive",
            ai_label=AI_LABEL if by_model else RETRIEVAL_LABEL,
            status="partial" if written.problems else grounded.status,
            corpus_as_of=self.library.as_of,
            complaint=ComplaintEcho(
                text=complaint.original,
                region=format_region(complaint.region),
                occurred_on=complaint.occurred_on,
                ledger_ref=complaint.ledger_ref,
            ),
            matter=case.matter,
            triage=case.triage,
            analysis=grounded.analysis,
            plan=grounded.plan,
            legal_basis=grounded.legal_basis,
            precedents=grounded.precedents,
            limits=(self._known_until(), *limits_of(case), *written.problems, *grounded.limits),
            rejected_citations=grounded.rejected,
            provenance=Provenance(
                prompt=written.calls[0].prompt if written.calls else None,
                model=written.calls[0].model if written.calls else None,
                trial=self.rival.mark(complaint) if self.rival and written.calls else None,
                **self.versions.model_dump(),
            ),
        )

    def _known_until(self) -> str:
        pack = self.knowledge.as_of
        text = f"法规文本收录至 {self.library.as_of}"
        if pack is not None and pack > self.library.as_of:
            text += f"，已知的修订和废止收录至 {pack}"
        return f"{text}；此后的变化以官方公布为准。"


def _nobody(_: Event) -> None:
    """An event nobody waits for."""


def _stored_call(call: ModelCall) -> StoredCall:
    reply = call.reply
    usage = reply.usage if reply else None
    return StoredCall(
        prompt=call.prompt,
        model=call.model,
        outcome=call.outcome,
        text=call.text,
        form=reply.form if reply else None,
        seconds=reply.seconds if reply else None,
        upstream_calls=call.upstream_calls,
        from_cache=reply.from_cache if reply else False,
        tokens=_tokens(usage.input_tokens, usage.output_tokens, usage.cached_tokens)
        if usage
        else {},
        cost=str(usage.cost) if usage and usage.cost is not None else None,
    )


def _tokens(sent: int, received: int, cached: int) -> Mapping[str, int]:
    return {"input": sent, "output": received, "cached": cached}


def request_hash(request: AdviceRequest) -> str:
    """SHA-256 of the request's canonical JSON, to tell a repeat from a different request."""
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()
