"""Adoption 采纳: what officials say of an advice, what came of it, and the figures."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse

from advisor import clock
from advisor.adoption.agreement import sample
from advisor.adoption.edit import plan_text
from advisor.adoption.model import Kind, Origin
from advisor.adoption.report import Period, report
from advisor.model import Advice
from api.deps import ServicesDep
from api.errors import not_found
from api.schemas.adoption import (
    AdoptionOut,
    FeedbackIn,
    OutcomeIn,
    ReviewedOut,
    ReviewIn,
    SampleOut,
    StandingOut,
)

router = APIRouter(tags=["adoption"])
AdviceId = Annotated[str, Path(max_length=100)]


@router.post("/v1/advice/{advice_id}/feedback")
def feedback(advice_id: AdviceId, body: FeedbackIn, services: ServicesDep) -> StandingOut:
    """Say whether the advice was used; a later feedback replaces an earlier one."""
    return StandingOut.model_validate(services.recorder.feedback(advice_id, body.to_domain()))


@router.post("/v1/advice/{advice_id}/outcome")
def outcome(advice_id: AdviceId, body: OutcomeIn, services: ServicesDep) -> StandingOut:
    """Say what came of the matter; a later outcome replaces an earlier one."""
    return StandingOut.model_validate(services.recorder.outcome(advice_id, body.to_domain()))


@router.post("/v1/advice/{advice_id}/review")
def review(advice_id: AdviceId, body: ReviewIn, services: ServicesDep) -> ReviewedOut:
    """A blind second verdict; the first judge cannot give it."""
    services.recorder.review(advice_id, body.to_domain())
    return ReviewedOut(advice_id=advice_id)


@router.get("/v1/advice/{advice_id}/plan.txt", response_class=PlainTextResponse)
def plan(advice_id: AdviceId, services: ServicesDep) -> PlainTextResponse:
    """The plan as one text to work on; ``edited_plan`` of a feedback is compared with it."""
    found = services.store.get(advice_id)
    if found is None:
        raise not_found(f"编号为 {advice_id[:40]} 的建议")
    return PlainTextResponse(plan_text(Advice.model_validate_json(found.payload).plan))


@router.get("/v1/adoption")
def figures(
    services: ServicesDep,
    since: Annotated[date | None, Query(description="从哪一天给出的建议算起")] = None,
    until: Annotated[date | None, Query(description="算到哪一天给出的建议")] = None,
    origin: Annotated[
        Origin, Query(description="service 本服务，import 导入的以往记录")
    ] = "service",
) -> AdoptionOut:
    """The figures, with their intervals and what may bias them."""
    log, period = services.recorder.log, Period(since, until, origin)
    standings = log.standings()
    kinds: list[Kind] = ["review"]
    if any(one.trial for one in standings):
        kinds.append("feedback")
    trail = log.entries(kinds=kinds)
    found = report(standings, trail, period, clock.today())
    return AdoptionOut.of(found, {book.id: book.name for book in services.knowledge.playbooks})


@router.get("/v1/adoption/sample")
def draw(
    services: ServicesDep,
    reviewer: Annotated[str, Query(min_length=1, max_length=60, description="复评人")],
    size: Annotated[int, Query(ge=1, le=200, description="抽多少份")] = 30,
    seed: Annotated[str, Query(max_length=60, description="同一种子抽到同样的建议")] = "",
) -> SampleOut:
    """Advices for a blind second verdict, drawn by lot."""
    drawn = sample(
        services.recorder.log.standings(), size=size, seed=seed, reviewer=reviewer.strip()
    )
    return SampleOut(reviewer=reviewer.strip(), seed=seed, advice_ids=drawn)
