"""Advice 建议: ask for it, list it, read it again."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from advisor.model import Advice
from api.deps import Cursor, IdempotencyKey, Limit, ServicesDep
from api.errors import not_found
from api.schemas.advice import AdviceIn, AdviceOut, AdvicePageOut, AdviceSummaryOut

router = APIRouter(prefix="/v1/advice", tags=["advice"])


@router.post("")
def ask(
    body: AdviceIn,
    services: ServicesDep,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> AdviceOut:
    """Advise on one complaint; stored before it is answered."""
    advice = services.advise(body.to_domain(), idempotency_key=idempotency_key)
    response.headers["Content-Location"] = f"/v1/advice/{advice.id}"
    return AdviceOut.of(advice)


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


@router.get("/{advice_id}")
def read(advice_id: Annotated[str, Path(max_length=100)], services: ServicesDep) -> AdviceOut:
    """One stored advice exactly as it was given."""
    return stored_advice(services, advice_id)


def stored_advice(services: ServicesDep, advice_id: str) -> AdviceOut:
    """The stored advice of an id, for the API and the page.

    Raises:
        Refusal: Nothing is stored under this id.
    """
    found = services.store.get(advice_id)
    if found is None:
        raise not_found(f"编号为 {advice_id[:40]} 的建议")
    return AdviceOut.of(Advice.model_validate_json(found.payload))
