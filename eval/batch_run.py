"""A whole batch timed as a user meets it: file in, workers, groups, workbook and lines out."""

import os
import resource
import time
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from advisor import clock
from advisor.jobs.books import Books, open_books
from advisor.jobs.crew import WORKER, Crew
from advisor.jobs.export import write_result
from advisor.jobs.model import BatchOrder
from advisor.jobs.office import existing, hand_in, sha256_of
from advisor.settings import Settings
from eval.bench.process import memory_mb

_LOOK_SECONDS = 0.25
_SAMPLE_SECONDS = 1.0


class BatchFigures(BaseModel):
    """What one batch took; seconds by the clock, ``processor_s`` of all processes together.

    ``row_ms`` is processor time for each row, start of the workers, groups and files included;
    other work on the machine changes it little. ``peak_mib`` adds up all processes, a page that
    several share counts once.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    worked: int
    unworked: int
    workers: int
    seconds: float
    rows_per_s: float
    working_s: float
    grouping_s: float
    files_s: float
    processor_s: float
    row_ms: float
    peak_mib: float
    duplicates: int
    clusters: int


def run_batch(settings: Settings, source: Path, folder: Path, workers: int = 2) -> BatchFigures:
    """Work a ledger from the file to both results in ``folder``."""
    begun, before = time.monotonic(), _processor_seconds()
    books = open_books(settings.store_url)
    order = BatchOrder(source=source.name, today=clock.today(), path=str(source.resolve()))
    batch_id = hand_in(books, order, sha256_of(source)).id
    with Crew(settings, books, workers, WORKER) as crew:
        working, grouping, peak = _watch(crew, books, batch_id)
    written = time.monotonic()
    batch = existing(books, batch_id)
    for ending in (".xlsx", ".jsonl"):
        write_result(books, batch, folder / f"result{ending}")
    done = time.monotonic()
    progress, groups = books.progress(batch_id), books.groups.find(batch_id)
    rows = max(1, batch.rows or 0)
    spent = _processor_seconds() - before
    books.close()
    return BatchFigures(
        rows=rows,
        worked=progress.worked if progress else 0,
        unworked=progress.unworked if progress else rows,
        workers=workers,
        seconds=round(done - begun, 1),
        rows_per_s=round(rows / (done - begun), 1),
        working_s=round(working, 1),
        grouping_s=round(grouping, 1),
        files_s=round(done - written, 1),
        processor_s=round(spent, 1),
        row_ms=round(spent / rows * 1000, 1),
        peak_mib=round(max(peak, _together((os.getpid(),))), 0),
        duplicates=len(groups.duplicates),
        clusters=len(groups.clusters),
    )


def _watch(crew: Crew, books: Books, batch_id: str) -> tuple[float, float, float]:
    """Seconds of work and of grouping, and the peak of memory in MiB, until the batch ends."""
    begun = time.monotonic()
    grouping = None
    sampled, peak = 0.0, 0.0
    while not (batch := existing(books, batch_id)).ended:
        crew.watch()
        now = time.monotonic()
        if batch.state == "grouping" and grouping is None:
            grouping = now
        if now - sampled > _SAMPLE_SECONDS:
            sampled = now
            peak = max(peak, _together((os.getpid(), *crew.pids())))
        time.sleep(_LOOK_SECONDS)
    ended = time.monotonic()
    middle = grouping or ended
    return middle - begun, ended - middle, peak


def _together(pids: Iterable[int]) -> float:
    """Memory of some processes in MiB; a page that several share counts once (Pss)."""
    return sum(_share(pid) for pid in pids)


def _share(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace")
    except OSError:
        return memory_mb(pid, "VmRSS") or 0.0
    lines = (line.split() for line in text.splitlines() if line.startswith("Pss:"))
    return next((int(words[1]) / 1024 for words in lines), 0.0)


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
