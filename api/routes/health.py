"""Probes: is the process alive, and can it give advice."""

from fastapi import APIRouter, Request

from advisor.bootstrap import Services
from api.deps import ServicesDep
from api.renewal import newer_generation
from api.schemas.corpus import TownOut
from api.schemas.health import HealthOut, ReadyOut

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz(request: Request) -> HealthOut:
    """The process answers, whatever its threads are busy with."""
    services: Services = request.app.state.services
    return HealthOut(status="ok", notices=services.knowledge.town.faults)


@router.get("/readyz")
def readyz(services: ServicesDep) -> ReadyOut:
    """Store and index answer; a failure is a 503 that says which."""
    services.store.list(None, 1)
    return ReadyOut(
        status="ready",
        corpus_as_of=services.library.as_of,
        index=services.retriever.version,
        newer=newer_generation(services),
        knowledge=TownOut.model_validate(services.knowledge.town),
    )
