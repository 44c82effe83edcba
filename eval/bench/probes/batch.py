"""A whole batch over the real backlog: from the ledger to the workbook and the lines."""

from eval.batch_run import run_batch
from eval.bench.figure import FigureSpec, Measured, Target
from eval.bench.material import Material

FIGURES = (
    FigureSpec("seconds", "从台账到两份结果", "秒", Target("≤", 60)),
    FigureSpec("rows", "行", "行", digits=0),
    FigureSpec("lost", "没有结果也没有报告的行", "行", Target("=", 0), digits=0),
    FigureSpec("rows_per_s", "每秒", "行"),
    FigureSpec("row_ms", "每行处理器时间（全部进程）", "毫秒"),
    FigureSpec("grouping_s", "其中归并", "秒"),
    FigureSpec("files_s", "其中写文件", "秒"),
    FigureSpec("all_mb", "内存峰值（全部进程）", "MB", Target("≤", 1500), digits=0),
)
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
