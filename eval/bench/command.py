"""``advisor-eval bench``: every promised figure, measured here and now."""

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.console import Console

from advisor.bootstrap import code_version
from eval.bench.catalogue import PROBES
from eval.bench.machine import this_machine
from eval.bench.material import Material
from eval.bench.report import Report, markdown, part_of, terminal
from eval.bench.runner import run

_SHARED = Path("..") / "shared" / "data"
_PATH = click.Path(path_type=Path)
_WIDTH = 120


class BenchOptions(TypedDict):
    """The options of ``advisor-eval bench`` as click hands them over."""

    laws: Path
    questions: Path
    messages: Path
    only: tuple[str, ...]
    out: Path | None
    as_json: bool


@click.command(help="基准测试：逐项测量并与目标比较。有一项未达标时退出码为 1。")
@click.option("--laws", type=_PATH, default=_SHARED / "laws", help="法规全集所在文件夹。")
@click.option(
    "--questions",
    type=_PATH,
    default=_SHARED / "consultations" / "train.jsonl",
    help="群众提问集（JSONL）。",
)
@click.option(
    "--messages",
    type=_PATH,
    default=_SHARED / "messages" / "backlog.xlsx",
    help="群众留言表（xlsx）。",
)
@click.option("--only", multiple=True, type=click.Choice(list(PROBES)), help="只测这一组，可重复。")
@click.option("--out", type=_PATH, help="结果另写成 Markdown 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def bench(**options: Unpack[BenchOptions]) -> None:
    """Measure, show, write; a missed target is exit code 1."""
    with tempfile.TemporaryDirectory(prefix="advisor-bench-") as scratch:
        material = Material(
            scratch=Path(scratch),
            laws=options["laws"].resolve(),
            questions=options["questions"].resolve(),
            messages=options["messages"].resolve(),
        )
        report = measured(material, options["only"])
    if options["out"] is not None:
        options["out"].write_text(markdown(report), encoding="utf-8")
    if options["as_json"]:
        click.echo(report.model_dump_json())
    else:
        terminal(report, Console() if sys.stdout.isatty() else Console(width=_WIDTH))
    if report.failed:
        raise SystemExit(1)


def measured(material: Material, only: tuple[str, ...] = ()) -> Report:
    """The report of a run over this material; progress is told on stderr."""
    machine = this_machine()
    sections = run(material, only, tell=lambda told: click.echo(told, err=True))
    return Report(
        measured_on=date.today(),
        code=code_version(),
        machine=machine,
        parts=tuple(part_of(section) for section in sections),
    )
