"""``advisor-eval all``: every measure in one go, held to its baselines."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click
from pydantic import BaseModel, ConfigDict

from advisor.bootstrap import Services, open_services
from advisor.settings import Settings
from eval.all_run import QUICK, Everything, Extent, pack_services
from eval.baseline import QUICK as QUICK_BASELINES
from eval.baseline import Verdict, judge, read_baselines
from eval.cases_set import read_cases
from eval.report import write_report
from eval.run_document import rewrite
from eval.run_file import Run, read_run
from eval.run_summary import RunSummary, summarize
from eval.run_table import number, terminal

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class AllOptions(TypedDict):
    """The options of ``advisor-eval all`` as click hands them over."""

    quick: bool
    out: Path | None
    messages: Path | None
    workers: int
    baselines: Path | None
    doc: Path | None
    report: Path | None
    against: Path | None
    as_json: bool


class AllReport(BaseModel):
    """The figures of every run, and the verdicts of the baselines where there are any."""

    model_config = ConfigDict(frozen=True)

    runs: tuple[RunSummary, ...]
    verdicts: tuple[Verdict, ...] = ()


@click.command(
    "all", help="一次测完检索、引用核验、脱敏、事项识别和建议，与基线比较；低于基线时退出码为 1。"
)
@click.option("--quick", is_flag=True, help="只用自带知识、不用大模型，一两分钟；与自带基线比较。")
@click.option("--out", type=_FOLDER, help="各次运行的逐例结果写到这个文件夹。")
@click.option("--messages", type=_FOLDER, help="留言 Excel 所在文件夹；不给则不测事项识别。")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="同时建议几例。")
@click.option("--baseline", "baselines", type=_FILE, help="与这个文件里的基线比较（YAML）。")
@click.option("--doc", type=_FILE, help="把指标表写进这份文档。")
@click.option("--report", type=_FILE, help="写成一页 HTML 报告（单个文件，不联网也能看）。")
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="报告里与这个文件夹中的各次运行比较（以前 --out 写下的）。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def measure_all(**options: Unpack[AllOptions]) -> None:
    """Measure, write the runs, tell the figures, hold them to the baselines."""
    with ExitStack() as open_things:
        folder = options["out"] or Path(
            open_things.enter_context(tempfile.TemporaryDirectory(prefix="advisor-eval-"))
        )
        services = _services(open_things, quick=options["quick"])
        runs = measured(services, folder, _extent(options))
    summaries = tuple(map(summarize, runs))
    baselines = options["baselines"] or (QUICK_BASELINES if options["quick"] else None)
    verdicts = judge(read_baselines(baselines), summaries) if baselines else ()
    if options["doc"] is not None:
        rewrite(options["doc"], summaries)
    if options["report"] is not None:
        others = runs_of(options["against"]) if options["against"] else ()
        write_report(runs, options["report"], others=others, verdicts=verdicts)
    report = AllReport(runs=summaries, verdicts=verdicts)
    click.echo(report.model_dump_json() if options["as_json"] else _told(report))
    if not all(one.passed for one in verdicts):
        raise SystemExit(1)


def measured(services: Services, folder: Path, extent: Extent) -> tuple[Run, ...]:
    """Every run of this extent over the shipped cases, written to the folder too.

    Raises:
        EvalError: The cases cannot be read, or a run cannot be written.
    """
    command = "advisor-eval all --quick" if extent == QUICK else "advisor-eval all"
    everything = Everything(services, read_cases(), extent, folder, command)
    return tuple(everything.runs(lambda told: click.echo(f"{told}……", err=True)))


def runs_of(folder: Path) -> tuple[Run, ...]:
    """The runs that stand in a folder, by the names of their files.

    Raises:
        RunInvalid: One of them is none.
    """
    return tuple(read_run(path) for path in sorted(folder.glob("*.jsonl")))


def _services(open_things: ExitStack, *, quick: bool) -> Services:
    return open_things.enter_context(pack_services()) if quick else open_services(Settings())


def _extent(options: AllOptions) -> Extent:
    return replace(
        QUICK if options["quick"] else Extent(),
        messages=options["messages"],
        workers=options["workers"],
    )


def _told(report: AllReport) -> str:
    parts = [terminal(one) for one in report.runs]
    if report.verdicts:
        parts.append("\n".join(_verdict_lines(report.verdicts)))
    return "\n\n".join(parts)


def _verdict_lines(verdicts: Sequence[Verdict]) -> list[str]:
    failed = sum(not one.passed for one in verdicts)
    lines = [f"基线 {len(verdicts)} 项，低于基线 {failed} 项"]
    for one in verdicts:
        row = one.baseline
        word = "OK  " if one.passed else "FAIL"
        value = "未测" if one.value is None else number(one.value)
        more = "，好于基线，可以调高" if one.surpassed else ""
        lines.append(
            f"  {word} {row.run} {row.measure}：{value}，"
            f"期望 {number(row.expected)} ± {number(row.tolerance)}{more}"
        )
    return lines
