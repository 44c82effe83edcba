"""Batches 批次: hand in a ledger, follow it, stop it, take what came of it."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from advisor import clock
from advisor.documents import write_group_docx, write_item_docx
from advisor.jobs.books import Books
from advisor.jobs.model import Batch, BatchOrder, BatchProgress
from advisor.jobs.office import check_model, hand_in, stop, take_up_again
from advisor.model import Advice, Mode, Track
from advisor.settings import Settings
from api.deps import BooksDep, Cursor, IdempotencyKey, Limit, ServicesDep
from api.errors import not_found
from api.results import paper_file, result_file
from api.schemas.batches import (
    BatchItemOut,
    BatchItemPageOut,
    BatchOut,
    BatchPageOut,
    ClusterPageOut,
)
from api.uploads import Upload, read_upload

router = APIRouter(prefix="/v1/batches", tags=["batches"])
BatchId = Annotated[str, Path(max_length=64)]
MaxCost = Annotated[Decimal | None, Query(ge=0, description="大模型费用上限")]
TrackFilter = Annotated[Track | None, Query(description="只看一种办理方式")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the file; the same ``key`` gives the batch handed in first."""

    mode: Mode = "extractive"
    max_cost: Decimal | None = None
    key: str | None = None


def _asked(
    mode: Mode = "extractive", max_cost: MaxCost = None, key: IdempotencyKey = None
) -> Asked:
    return Asked(mode, max_cost, key)


AskedDep = Annotated[Asked, Depends(_asked)]


@router.post("", status_code=202)
async def submit(
    request: Request, services: ServicesDep, books: BooksDep, asked: AskedDep, response: Response
) -> BatchOut:
    """Hand in a ledger: the file as the body (``?name=``), or as ``file`` of a multipart form.

    A form may bring ``mapping``, a YAML file with the names of columns. The answer comes before
    the work; follow it under ``Location``.
    """
    upload = await read_upload(request)

    def store() -> BatchOut:
        batch = order_of(services.settings, books, upload, asked)
        return BatchOut.of(progress_of(books, batch.id))

    out = await run_in_threadpool(store)
    response.headers["Location"] = f"/v1/batches/{out.id}"
    return out


def order_of(settings: Settings, books: Books, upload: Upload, asked: Asked) -> Batch:
    """Store an uploaded file as a batch.

    Raises:
        RefusedInput: The model asked for is not there.
        IdempotencyConflict: The key was used for another file or order.
    """
    check_model(settings, asked.mode, asked.max_cost)
    order = BatchOrder(
        source=upload.name,
        today=clock.today(),
        mode=asked.mode,
        mapping=tuple((name, tuple(theirs)) for name, theirs in upload.mapping.items()),
        max_cost=asked.max_cost,
    )
    digest = hashlib.sha256(upload.content).hexdigest()
    return hand_in(books, order, digest, content=upload.content, key=asked.key)


def progress_of(books: Books, batch_id: str) -> BatchProgress:
    """How far a batch is.

    Raises:
        Refusal: There is none with this id.
    """
    found = books.progress(batch_id)
    if found is None:
        raise not_found(f"编号为 {batch_id[:40]} 的批次")
    return found


@router.get("")
def page(books: BooksDep, cursor: Cursor = None, limit: Limit = 20) -> BatchPageOut:
    """Batches, newest first."""
    found = books.batches.list(cursor, limit)
    return BatchPageOut(
        items=tuple(BatchOut.of(progress_of(books, one.id)) for one in found.batches),
        next_cursor=found.next_cursor,
    )


@router.get("/{batch_id}")
def read(batch_id: BatchId, books: BooksDep) -> BatchOut:
    """Counts, speed and time left of one batch."""
    return BatchOut.of(progress_of(books, batch_id))


@router.get("/{batch_id}/items")
def items(
    batch_id: BatchId,
    books: BooksDep,
    track: TrackFilter = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> BatchItemPageOut:
    """Items made so far, the most urgent first."""
    progress_of(books, batch_id)
    found = books.rows.page(batch_id, track=track, cursor=cursor, limit=limit)
    return BatchItemPageOut(
        items=tuple(map(BatchItemOut.of, found.items)), next_cursor=found.next_cursor
    )


@router.get("/{batch_id}/clusters")
def clusters(
    batch_id: BatchId, books: BooksDep, cursor: Cursor = None, limit: Limit = 20
) -> ClusterPageOut:
    """Groups of one kind of matter at one place, the hottest first; none before the batch ends."""
    progress_of(books, batch_id)
    found, next_cursor = books.groups.page(batch_id, cursor, limit)
    return ClusterPageOut(items=found, next_cursor=next_cursor)


@router.get("/{batch_id}/result.xlsx", response_class=Response)
def workbook(batch_id: BatchId, books: BooksDep, services: ServicesDep) -> Response:
    """The worked list as a workbook, as far as the batch is; every row stands in it."""
    return result_file(services.settings, progress_of(books, batch_id).batch, ".xlsx")


@router.get("/{batch_id}/result.jsonl", response_class=Response)
def lines(batch_id: BatchId, books: BooksDep, services: ServicesDep) -> Response:
    """Everything known of the batch, one JSON object in each line."""
    return result_file(services.settings, progress_of(books, batch_id).batch, ".jsonl")


@router.get("/{batch_id}/items/{number}.docx", response_class=Response)
def item_paper(
    batch_id: BatchId, number: Annotated[int, Path(ge=1)], books: BooksDep, services: ServicesDep
) -> Response:
    """The 处置建议单 of one item as a Word document."""
    item = books.rows.item(batch_id, number)
    if item is None:
        raise not_found(f"第 {number} 件的处置建议")
    stored = services.store.get(item.advice_id) if item.advice_id else None
    advice = Advice.model_validate_json(stored.payload) if stored else None
    return paper_file(
        lambda path: write_item_docx(item, advice, path), f"处置建议单-{number:05}.docx"
    )


@router.get("/{batch_id}/clusters/{cluster_id}.docx", response_class=Response)
def group_paper(
    batch_id: BatchId, cluster_id: Annotated[str, Path(max_length=64)], books: BooksDep
) -> Response:
    """The 会商单 of one group as a Word document."""
    cluster = books.groups.cluster(batch_id, cluster_id)
    if cluster is None:
        raise not_found("这一组")
    items = books.rows.items(batch_id, cluster.members)
    return paper_file(
        lambda path: write_group_docx(cluster, items, path), f"会商单-{cluster_id[:12]}.docx"
    )


@router.post("/{batch_id}/cancel")
def cancel(batch_id: BatchId, books: BooksDep) -> BatchOut:
    """Stop a batch: what is in hand is finished, the rest can be taken up again."""
    progress_of(books, batch_id)
    return BatchOut.of(progress_of(books, stop(books, batch_id).id))


@router.post("/{batch_id}/resume")
def resume(batch_id: BatchId, books: BooksDep) -> BatchOut:
    """Go on with a batch that was stopped."""
    progress_of(books, batch_id)
    return BatchOut.of(progress_of(books, take_up_again(books, batch_id).id))
