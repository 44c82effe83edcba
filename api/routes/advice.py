"""Advice 建议: ask for it, follow it being made, list it, read it again."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from advisor.bootstrap import Services
from advisor.documents import advice_docx
from advisor.law_change import LawMark
from advisor.model import Advice
from api import stream
from api.deps import Cursor, IdempotencyKey, Later, Limit, ServicesDep, WorkroomDep
from api.errors import not_found
from api.schemas.advice import AdviceIn, AdviceOut, AdvicePageOut, AdviceSummaryOut, LawChangeOut
from api.schemas.progress import PendingOut
from api.workroom import Order, Told, Workroom

router = APIRouter(prefix="/v1/advice", tags=["advice"])
_PENDING_AGAIN_SECONDS = 2
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD: dict[int | str, dict[str, object]] = {
    200: {"content": {WORD: {"schema": {"type": "string", "format": "binary"}}}}
}
_EVENTS: dict[int | str, dict[str, object]] = {
    200: {"content": {stream.MEDIA_TYPE: {"schema": {"type": "string"}}}}
}
_PENDING: dict[int | str, dict[str, object]] = {
    202: {"model": PendingOut, "description": "仍在办理，请按 Retry-After 再来"}
}


@router.post("", response_model=AdviceOut, responses=_PENDING)
async def ask(
    body: AdviceIn,
    services: ServicesDep,
    workroom: WorkroomDep,
    later: Later,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Advise on one complaint; stored before it is answered, or answered first when preferred."""

    def now() -> Response:
        advice = services.advise(body.to_domain(), idempotency_key=idempotency_key)
        return _given(AdviceOut.of(advice), {"Content-Location": f"/v1/advice/{advice.id}"})

    def first() -> Response:
        return _pending(workroom.begin(body.to_domain(), idempotency_key), preferred=True)

    return await (run_in_threadpool(first) if later else workroom.answer(now))


@router.post("/stream", response_class=StreamingResponse, responses=_EVENTS)
def ask_streaming(
    body: AdviceIn, workroom: WorkroomDep, idempotency_key: IdempotencyKey = None
) -> StreamingResponse:
    """Advise on one complaint, told as server-sent events while it is being made.

    Events: triage and evidence at once, then analysis, plan, legal_basis and precedents, each when
    it is complete and checked, last done (the whole advice) or error (a problem). Who stops
    listening loses nothing: the advice is finished and stored.
    """
    order = workroom.begin(body.to_domain(), idempotency_key)
    order.wait_begun()
    return stream.respond(order, stream.JsonTelling(), workroom.heartbeat)


@router.get("")
def page(services: ServicesDep, cursor: Cursor = None, limit: Limit = 20) -> AdvicePageOut:
    """Stored advice, newest first."""
    found = services.store.list(cursor, limit)
    return AdvicePageOut(
        items=tuple(
            AdviceSummaryOut.of(Advice.model_validate_json(one.payload)) for one in found.items
        ),
        next_cursor=found.next_cursor,
    )


@router.get("/{advice_id}.docx", response_class=Response, responses=_PENDING | _WORD)
def read_as_paper(
    advice_id: Annotated[str, Path(max_length=100)], services: ServicesDep, workroom: WorkroomDep
) -> Response:
    """One stored advice as a Word document; 202 while it is being made."""
    found = _advice_or_order(services, workroom, advice_id)
    if isinstance(found, Order):
        return _pending(found)
    advice, marks = found
    changes = [LawChangeOut.of(one).told for one in marks]
    headers = {"Content-Disposition": f'attachment; filename="advice-{advice.id}.docx"'}
    return Response(advice_docx(advice, changes), 200, headers, WORD)


@router.get("/{advice_id}", response_model=AdviceOut, responses=_PENDING)
def read(
    advice_id: Annotated[str, Path(max_length=100)], services: ServicesDep, workroom: WorkroomDep
) -> Response:
    """One stored advice exactly as it was given; 202 while it is being made."""
    found = advice_or_order(services, workroom, advice_id)
    return _pending(found) if isinstance(found, Order) else _given(found)


def advice_or_order(services: Services, workroom: Workroom, advice_id: str) -> AdviceOut | Order:
    """The stored advice of an id, or the order it is being made by; for the API and the page.

    Raises:
        Refusal: Nothing is known under this id.
        Exception: What ended the making of it.
    """
    found = _advice_or_order(services, workroom, advice_id)
    return found if isinstance(found, Order) else AdviceOut.of(*found)


def _advice_or_order(
    services: Services, workroom: Workroom, advice_id: str
) -> tuple[Advice, Sequence[LawMark]] | Order:
    # An order leaves the workroom only after its advice is stored: asked in this order, none is
    # missed in between.
    order = workroom.find(advice_id)
    told = order.told() if order else Told(())
    if told.error is not None:
        raise told.error
    if told.advice is not None:
        return told.advice, ()
    if order is not None:
        return order
    return _stored(services, advice_id)


def advice_of(services: Services, advice_id: str) -> AdviceOut:
    """A stored advice with what became known of its law since.

    Raises:
        Refusal: Nothing is stored under this id.
    """
    return AdviceOut.of(*_stored(services, advice_id))


def _stored(services: Services, advice_id: str) -> tuple[Advice, Sequence[LawMark]]:
    found = services.store.get(advice_id)
    if found is None:
        raise not_found(f"编号为 {advice_id[:40]} 的建议")
    return Advice.model_validate_json(found.payload), services.law_watch.marks(advice_id)


def _given(advice: AdviceOut, headers: dict[str, str] | None = None) -> Response:
    return Response(advice.model_dump_json(), 200, headers, "application/json")


def _pending(order: Order, *, preferred: bool = False) -> Response:
    pending = PendingOut.of(order.wait_begun().events)
    headers = {
        "Location": f"/v1/advice/{pending.id}",
        "Retry-After": str(_PENDING_AGAIN_SECONDS),
    } | ({"Preference-Applied": "respond-async"} if preferred else {})
    return JSONResponse(pending.model_dump(mode="json"), 202, headers)
