"""Search 检索: articles in force on a day in a place, or resolved cases."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.convert import doubt, hit_out
from api.deps import OnDate, RegionDep, ServicesDep
from api.queries import simplified
from api.schemas.law import SearchOut
from corpus.region import format_region
from indexer.retriever import Hit

router = APIRouter(prefix="/v1/search", tags=["search"])


@router.get("")
def search(
    q: Annotated[str, Query(min_length=1, max_length=2000, description="检索词或一段话")],
    services: ServicesDep,
    region: RegionDep,
    on: OnDate,
    kind: Literal["statute", "case"] = "statute",
    k: Annotated[int, Query(ge=1, le=100)] = 10,
) -> SearchOut:
    """The best hits, best first; other provinces' rules and ended law are never among them."""
    hits: tuple[Hit, ...] = services.retriever.search(
        simplified(q), kind=kind, k=k, as_of=on, region=region
    )
    return SearchOut(
        query=q,
        kind=kind,
        as_of=on,
        region=format_region(region),
        hits=tuple(hit_out(rank, hit) for rank, hit in enumerate(hits, start=1)),
        corpus_as_of=services.library.as_of,
        note=doubt(hits),
    )
