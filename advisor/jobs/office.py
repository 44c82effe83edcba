"""What the doors do with batches: hand one in, stop it, take it up again, tell what came of it."""

import hashlib
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from advisor import clock
from advisor.batch.model import BatchSummary, UnworkedRow
from advisor.errors import RefusedInput
from advisor.jobs.books import Books
from advisor.jobs.model import UNDER_WAY, Batch, BatchOrder
from advisor.jobs.working import unworked
from advisor.model import AI_LABEL, RETRIEVAL_LABEL, Mode
from advisor.settings import Settings

_CHUNK = 1 << 20
_WAITING = "批次尚未完成，本行还没有处理；继续办理后会有结果。"


def hand_in(
    books: Books,
    order: BatchOrder,
    sha256: str,
    *,
    content: bytes | None = None,
    key: str | None = None,
) -> Batch:
    """Store a new batch for the workers to take up.

    Args:
        books: Where it is stored.
        order: What is asked for.
        sha256: Of the file.
        content: The file itself, unless it lies where every worker can read it (``order.path``).
        key: The same key with the same file and order gives the batch handed in first.

    Raises:
        IdempotencyConflict: The key was used for another file or order.
        StoreUnavailable: Nothing was stored.
    """
    new = Batch(
        id=uuid.uuid4().hex, created_at=clock.now(), order=order, sha256=sha256, state="taken"
    )
    return books.batches.submit(new, content, key=key)


def stop(books: Books, batch_id: str) -> Batch:
    """Stop a batch: what is in hand is finished, nothing more is begun; it can be taken up again.

    Raises:
        RefusedInput: There is no such batch.
    """
    books.batches.move(batch_id, "paused", ("taken", *UNDER_WAY), reason="已停止，可继续办理。")
    return existing(books, batch_id)


def take_up_again(books: Books, batch_id: str) -> Batch:
    """Go on with a batch that was stopped or failed; one under way is left as it is.

    Raises:
        RefusedInput: There is no such batch.
    """
    books.batches.move(batch_id, "taken", ("paused", "failed"))
    return existing(books, batch_id)


def existing(books: Books, batch_id: str) -> Batch:
    """The batch with this id.

    Raises:
        RefusedInput: There is none.
    """
    found = books.batches.find(batch_id)
    if found is None:
        raise RefusedInput("no_such_batch", "没有找到这个批次。")
    return found


def summary_of(books: Books, batch: Batch) -> BatchSummary:
    """A batch as counts; rows nobody came to yet are unworked: in = worked + unworked."""
    progress = books.progress(batch.id)
    rows = batch.rows or 0
    worked = progress.worked if progress else 0
    by_model = batch.order.mode == "llm"
    return BatchSummary(
        id=batch.id,
        source=Path(batch.order.source).name,
        created_at=batch.created_at,
        rows=rows,
        worked=worked,
        unworked=rows - worked,
        mode=batch.order.mode,
        ai_label=AI_LABEL if by_model else RETRIEVAL_LABEL,
        corpus_as_of=batch.corpus_as_of or batch.order.today,
        notes=tuple(_notes(batch, rows - (progress.finished if progress else 0))),
    )


def _notes(batch: Batch, waiting: int) -> Iterator[str]:
    if waiting > 0:
        yield f"批次尚未完成：还有 {waiting} 行没有处理，列在“未处理行”。"
    if batch.reason:
        yield batch.reason
    if batch.order.max_cost is not None and batch.spent >= batch.order.max_cost:
        yield f"模型预算 {batch.order.max_cost} 已用尽，其余各行未使用大模型。"


def unworked_of(books: Books, batch_id: str) -> Iterator[UnworkedRow]:
    """Every row without an item: those refused or failed, and those nobody came to."""
    yield from books.rows.unworked(batch_id)
    for row, _ in books.rows.waiting(batch_id):
        yield unworked(row, "cancelled", _WAITING)


def check_model(settings: Settings, mode: Mode, max_cost: Decimal | None) -> None:
    """Refuse an order for a model that is not there, or a limit that nobody could keep.

    Raises:
        RefusedInput: No model is configured, or no prices while costs are limited.
    """
    if mode != "llm":
        return
    if not settings.llm_base_url or not settings.llm_model:
        raise RefusedInput("no_model", "没有配置大模型，批次只能用 extractive 方式。")
    if max_cost is not None and settings.llm_price_input is None:
        raise RefusedInput(
            "no_prices",
            "设费用上限需要先设单价：ADVISOR_LLM_PRICE_INPUT 和 ADVISOR_LLM_PRICE_OUTPUT。",
        )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
