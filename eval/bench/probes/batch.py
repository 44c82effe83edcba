"""A whole batch over the real backlog: from the ledger to the workbook and the lines."""

from eval.batch_run import run_batch
from eval.bench.figure import Measured
from eval.bench.material import Material

_WORKERS = 2


def measure(material: Material) -> Measured:
    """Seconds by the clock, rows a second, processor time for each row, memory of all processes."""
    folder = material.scratch / "batch"
    folder.mkdir(exist_ok=True)
    settings = material.settings().model_copy(
        update={"database_url": f"sqlite:///{folder / 'batch.db'}"}
    )
    found = run_batch(settings, material.messages, folder, _WORKERS)
    return Measured(
        values={
            "seconds": found.seconds,
            "rows": found.rows,
            "lost": found.rows - found.worked - found.unworked,
            "rows_per_s": found.rows_per_s,
            "row_ms": found.row_ms,
            "grouping_s": found.grouping_s,
            "files_s": found.files_s,
            "all_mb": found.peak_mib,
        },
        remarks={
            "归并": f"重复 {found.duplicates} 件，一类事 {found.clusters} 组",
        },
    )
