"""The page 网页: paste a complaint, read the four parts; works with and without JavaScript."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from advisor import clock
from advisor.errors import AdvisorError
from advisor.intake import MAX_CHARACTERS
from api import stream
from api.demo import EXAMPLE_COMPLAINT
from api.deps import PagesDep, ServicesDep, WorkroomDep
from api.errors import Problem, Refusal, invalid, problem_of
from api.live import PageTelling, advice_context, live_context
from api.routes.advice import advice_of, advice_or_order
from api.said import SaidForm, said_context
from api.schemas.advice import AdviceIn, AdviceOut
from api.workroom import Order
from corpus.errors import CorpusError
from corpus.region import format_region, parse_region, shipped_table
from indexer.errors import IndexerError

router = APIRouter(include_in_schema=False)
_NOTHING: Mapping[str, object] = {"advice": None, "begun": None, "reviewed": False}
EXPECTED = (AdvisorError, CorpusError, IndexerError, Refusal)


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the fields; ``token`` makes a form sent twice give one advice."""

    text: str
    region: str
    occurred_on: str
    token: str

    def key(self) -> str:
        """Idempotency key: the same form with the same content is the same request."""
        content = "\0".join((self.token, self.text, self.region, self.occurred_on))
        return "page-" + hashlib.sha256(content.encode()).hexdigest()

    def to_request(self) -> AdviceIn:
        """The request the fields stand for.

        Raises:
            Refusal: A field cannot be read, such as a date that is none.
        """
        try:
            return AdviceIn.model_validate(
                {
                    "text": self.text,
                    "region": self.region or None,
                    "occurred_on": self.occurred_on or None,
                }
            )
        except ValidationError as error:
            raise Refusal(invalid(error.errors(include_input=False))) from error


async def _form(request: Request) -> Form:
    fields = parse_qs((await request.body()).decode(), keep_blank_values=True)
    return Form(
        text=_only(fields, "text"),
        region=_only(fields, "region").strip(),
        occurred_on=_only(fields, "occurred_on").strip(),
        token=_only(fields, "token") or secrets.token_urlsafe(12),
    )


def _only(fields: Mapping[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]


FormDep = Annotated[Form, Depends(_form)]


@lru_cache(maxsize=8)
def _places_near(region: str) -> tuple[str, ...]:
    """Places offered in the field: those of the same province, the same city first."""
    here = parse_region(region)
    near = [one for one in shipped_table().ladders if one[:1] == here[:1]]
    near.sort(key=lambda one: one[:2] != here[:2])
    return tuple(map(format_region, near))


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page is written with, of one request."""

    services: ServicesDep
    pages: PagesDep

    def blank(self, text: str = "") -> Form:
        """A form with the default region and a fresh token."""
        return Form(text, self.services.settings.region, "", secrets.token_urlsafe(12))

    def piece(self, name: str, **values: object) -> str:
        """One template filled in."""
        return self.pages.get_template(name).render(values)

    def page(
        self,
        form: Form,
        *,
        shown: Mapping[str, object] = _NOTHING,
        problem: Problem | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """The whole page with a form, and below it a result, what is ready of one, or a problem."""
        html = self.piece(
            "index.html",
            **{**_NOTHING, **shown},
            form=form,
            problem=problem,
            places=_places_near(self.services.settings.region),
            example=EXAMPLE_COMPLAINT,
            limit=MAX_CHARACTERS,
            today=clock.today().isoformat(),
            corpus_as_of=self.services.library.as_of,
        )
        return HTMLResponse(html, problem.status if problem else status)

    def advice(
        self,
        advice_id: str,
        *,
        filled: SaidForm | None = None,
        review: bool = False,
        problem: Problem | None = None,
    ) -> HTMLResponse:
        """The page of a stored advice with the forms below it.

        Args:
            advice_id: Which one.
            filled: What was sent and refused.
            review: A second verdict is asked for.
            problem: Why it was refused.
        """
        try:
            found = advice_of(self.services, advice_id)
        except EXPECTED as error:
            return self.page(self.blank(), problem=problem_of(error))
        echo = found.complaint
        day = echo.occurred_on.isoformat() if echo.occurred_on else ""
        form = Form(echo.text, echo.region, day, secrets.token_urlsafe(12))
        standing = next(iter(self.services.recorder.log.standings(advice_id)), None)
        said = said_context(found, standing, filled=filled, review=review)
        return self.page(form, shown=advice_context(found) | said, problem=problem)


DeskDep = Annotated[Desk, Depends()]


@router.get("/")
def home(desk: DeskDep, *, example: bool = False, reviewed: bool = False) -> HTMLResponse:
    """The empty form, or with the example filled in; after a review it says that it was kept."""
    form = desk.blank(EXAMPLE_COMPLAINT if example else "")
    return desk.page(form, shown={**_NOTHING, "reviewed": reviewed})


@router.get("/advice/{advice_id}")
def read(
    advice_id: str, desk: DeskDep, workroom: WorkroomDep, *, review: bool = False
) -> HTMLResponse:
    """A stored advice under its own address; while it is being made, what is ready of it.

    With ``review`` a blind second verdict is asked for.
    """
    try:
        found = advice_or_order(desk.services, workroom, advice_id)
    except EXPECTED as error:
        return desk.page(desk.blank(), problem=problem_of(error))
    if isinstance(found, Order):
        so_far = live_context(found.told().events, streamed=False)
        return desk.page(desk.blank(), shown=so_far, status=202)
    return desk.advice(found.id, review=review)


@router.post("/advise")
async def advise(form: FormDep, request: Request, desk: DeskDep, workroom: WorkroomDep) -> Response:
    """Advise on the pasted complaint.

    A browser gets the whole page, a script the result alone, or, when it accepts a stream, each
    part of the result as it is ready.
    """
    alone = request.headers.get("X-Requested-With") == "fetch"
    streamed = alone and stream.MEDIA_TYPE in request.headers.get("Accept", "")

    def answer() -> Response:
        try:
            asked = form.to_request().to_domain()
            if streamed:
                order = workroom.begin(asked, form.key())
                order.wait_begun()
                return stream.respond(order, PageTelling(desk.pages, order), workroom.heartbeat)
            advice = AdviceOut.of(desk.services.advise(asked, idempotency_key=form.key()))
        except EXPECTED as error:
            return _refused(desk, form, problem_of(error), alone=alone)
        if not alone:
            return desk.page(form, shown=advice_context(advice))
        return HTMLResponse(desk.piece("_advice.html", **advice_context(advice)))

    return await (run_in_threadpool(answer) if streamed else workroom.answer(answer))


def _refused(desk: Desk, form: Form, problem: Problem, *, alone: bool) -> HTMLResponse:
    again = {} if problem.retry_after is None else {"Retry-After": str(problem.retry_after)}
    if not alone:
        return desk.page(form, problem=problem)
    return HTMLResponse(desk.piece("_problem.html", problem=problem), problem.status, again)
