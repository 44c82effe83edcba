"""``advisor-eval report``: runs that were measured before, as one page."""

from pathlib import Path

import click

from eval.judge.agreement import agreement, read_human
from eval.judge.grading import figures, read_grades
from eval.report.page import Judged, write_report
from eval.run_file import read_run

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_NEW = click.Path(path_type=Path, dir_okay=False)


@click.command(help="把以前测得的运行写成一页 HTML 报告，可与另一次比较，可附大模型评议。")
@click.argument("runs", type=_FILE, nargs=-1, required=True)
@click.option("--out", type=_NEW, required=True, help="HTML。")
@click.option("--against", type=_FILE, multiple=True, help="与之比较的运行，可给多次。")
@click.option("--grades", type=_FILE, help="advisor-eval judge 写下的逐份评分。")
@click.option("--human", type=_FILE, help="人工评分（JSONL），与 --grades 一起给。")
def report(
    *,
    runs: tuple[Path, ...],
    out: Path,
    against: tuple[Path, ...],
    grades: Path | None,
    human: Path | None,
) -> None:
    """Write the page."""
    judged = None
    if grades is not None:
        rows = read_grades(grades)
        found = figures(rows)
        people = agreement(rows, read_human(human)) if human is not None else ()
        judged = Judged(found, people) if found is not None else None
    write_report(
        [read_run(path) for path in runs],
        out,
        others=[read_run(path) for path in against],
        judged=judged,
    )
    click.echo(f"已写入 {out}")
