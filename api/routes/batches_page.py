"""The pages of batches: hand in a ledger, watch it, read the list; works without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from advisor.errors import AdvisorError
from advisor.jobs.office import stop, take_up_again
from advisor.model import Track
from api.deps import BooksDep, Cursor, PagesDep, ServicesDep
from api.errors import Problem, Refusal, problem_of
from api.routes.batches import Asked, BatchId, TrackFilter, order_of, progress_of
from api.schemas.batches import BatchItemOut, BatchOut
from api.uploads import MAX_UPLOAD_BYTES, read_upload
from corpus.errors import CorpusError

router = APIRouter(prefix="/batches", include_in_schema=False)
_ON_A_PAGE = 30
_CLUSTERS = 12
_EXPECTED = (AdvisorError, CorpusError, Refusal)


@dataclass(frozen=True, slots=True)
class Desk:
    """What these pages are written with, of one request."""

    services: ServicesDep
    pages: PagesDep
    books: BooksDep

    def page(self, name: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """One page, filled in."""
        html = self.pages.get_template(name).render(
            corpus_as_of=self.services.library.as_of, **values
        )
        return HTMLResponse(html, status)

    def home(self, problem: Problem | None = None) -> HTMLResponse:
        """The form and the batches handed in last; below it, what was wrong."""
        found = self.books.batches.list(None, _ON_A_PAGE)
        values = {
            "batches": tuple(BatchOut.of(progress_of(self.books, one.id)) for one in found.batches),
            "by_model": bool(self.services.settings.llm_base_url),
            "most_megabytes": MAX_UPLOAD_BYTES >> 20,
            "problem": problem,
        }
        return self.page("batches.html", values, problem.status if problem else 200)


DeskDep = Annotated[Desk, Depends()]


@router.get("")
def home(desk: DeskDep) -> HTMLResponse:
    """The form, and the batches handed in."""
    return desk.home()


@router.post("")
async def submit(request: Request, desk: DeskDep) -> Response:
    """Take a ledger, then show the batch under its own address."""
    try:
        upload = await read_upload(request)
        asked = Asked("llm" if upload.fields.get("mode") == "llm" else "extractive")

        def store() -> str:
            return order_of(desk.services.settings, desk.books, upload, asked).id

        batch_id = await run_in_threadpool(store)
    except _EXPECTED as error:
        problem = problem_of(error)
        return await run_in_threadpool(desk.home, problem)
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.get("/{batch_id}")
def read(
    batch_id: BatchId, desk: DeskDep, track: TrackFilter = None, cursor: Cursor = None
) -> HTMLResponse:
    """How far a batch is, and its items, the most urgent first."""
    try:
        batch = BatchOut.of(progress_of(desk.books, batch_id))
        found = desk.books.rows.page(batch_id, track=track, cursor=cursor, limit=_ON_A_PAGE)
    except _EXPECTED as error:
        return desk.home(problem_of(error))
    counts = desk.books.rows.tracks(batch_id)
    clusters, _ = desk.books.groups.page(batch_id, None, _CLUSTERS)
    values = {
        "batch": batch,
        "items": tuple(map(BatchItemOut.of, found.items)),
        "next_cursor": found.next_cursor,
        "track": track,
        "first_page": cursor is None,
        "tracks": tuple((one, counts.get(one, 0)) for one in get_args(Track)),
        "clusters": clusters,
    }
    return desk.page("batch.html", values)


@router.post("/{batch_id}/cancel")
def cancel(batch_id: BatchId, desk: DeskDep) -> Response:
    """Stop, then show the batch again."""
    try:
        stop(desk.books, batch_id)
    except _EXPECTED as error:
        return desk.home(problem_of(error))
    return RedirectResponse(f"/batches/{batch_id}", 303)


@router.post("/{batch_id}/resume")
def resume(batch_id: BatchId, desk: DeskDep) -> Response:
    """Go on, then show the batch again."""
    try:
        take_up_again(desk.books, batch_id)
    except _EXPECTED as error:
        return desk.home(problem_of(error))
    return RedirectResponse(f"/batches/{batch_id}", 303)
