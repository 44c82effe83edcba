"""The forms below an advice: feedback, outcome and second verdict from a browser."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from advisor.adoption.edit import plan_text
from advisor.model import Advice
from api.deps import ServicesDep
from api.errors import not_found, problem_of
from api.routes.page import EXPECTED, Desk, DeskDep
from api.said import SaidForm

router = APIRouter(include_in_schema=False)
AdviceId = Annotated[str, Path(max_length=100)]


async def _sent(request: Request) -> SaidForm:
    body = (await request.body()).decode()
    return SaidForm.read(parse_qs(body, keep_blank_values=True, max_num_fields=50))


Sent = Annotated[SaidForm, Depends(_sent)]


@router.post("/advice/{advice_id}/feedback")
def feedback(advice_id: AdviceId, sent: Sent, desk: DeskDep, services: ServicesDep) -> Response:
    """Keep a verdict, then show the advice with it."""

    def keep() -> None:
        stored = services.store.get(advice_id)
        if stored is None:
            raise not_found(f"编号为 {advice_id[:40]} 的建议")
        plan = plan_text(Advice.model_validate_json(stored.payload).plan)
        services.recorder.feedback(advice_id, sent.feedback(plan).to_domain())

    return _answer(desk, advice_id, sent, keep)


@router.post("/advice/{advice_id}/outcome")
def outcome(advice_id: AdviceId, sent: Sent, desk: DeskDep, services: ServicesDep) -> Response:
    """Keep what came of it, then show the advice with it."""

    def keep() -> None:
        services.recorder.outcome(advice_id, sent.outcome().to_domain())

    return _answer(desk, advice_id, sent, keep)


@router.post("/advice/{advice_id}/review")
def review(advice_id: AdviceId, sent: Sent, desk: DeskDep, services: ServicesDep) -> Response:
    """Keep a second verdict, then show the empty page."""

    def keep() -> None:
        services.recorder.review(advice_id, sent.review().to_domain())

    return _answer(desk, advice_id, sent, keep, review=True)


def _answer(
    desk: Desk, advice_id: str, sent: SaidForm, keep: Callable[[], None], *, review: bool = False
) -> Response:
    """Where to go when it was kept; else the advice with what was sent, and why it was not."""
    try:
        keep()
    except EXPECTED as error:
        return desk.advice(advice_id, filled=sent, review=review, problem=problem_of(error))
    after = "/?reviewed=1" if review else f"/advice/{quote(advice_id)}#say"
    return RedirectResponse(after, 303)
