"""``advisor-eval advice``: the service over cases with labels, one row for each."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor.bootstrap import Services, open_services
from advisor.model import RequestedMode
from advisor.settings import Settings
from eval.advice_run import CaseRunner
from eval.cases_set import DEFAULT_CASES, CaseSet, read_cases
from eval.errors import DatasetInvalid
from eval.measures.registry import ADVICE_MEASURES
from eval.provenance import header_of
from eval.run_file import Material, Run, write_run
from eval.run_summary import summarize
from eval.run_table import terminal


class AdviceOptions(TypedDict):
    """The options of ``advisor-eval advice`` as click hands them over."""

    path: Path
    only: tuple[str, ...]
    mode: RequestedMode
    workers: int
    out: Path
    as_json: bool


@click.command(
    help="建议评测：对评测案例逐个给出建议并打分，逐例结果写成 JSONL。出错的一例按各项最差计。"
)
@click.option(
    "--cases",
    "--dataset",
    "path",
    type=click.Path(path_type=Path, exists=True),
    default=DEFAULT_CASES,
    help="评测案例：一个 JSONL 文件，或其所在文件夹。",
)
@click.option("--only", multiple=True, help="只测编号以此开头的案例，可重复。")
@click.option(
    "--mode",
    type=click.Choice(["auto", "llm", "extractive"]),
    default="auto",
    help="auto：配置了大模型就用；extractive：不用。",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="同时测几例。")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="逐例结果写到这个文件（JSONL）。",
)
@click.option("--json", "as_json", is_flag=True, help="汇总输出 JSON。")
def advice(**options: Unpack[AdviceOptions]) -> None:
    """Run, write the rows, tell the figures."""
    cases = chosen(read_cases(options["path"]), options["only"], options["path"])
    services = open_services(Settings())
    run = run_advice(
        services,
        cases,
        mode=options["mode"],
        workers=options["workers"],
        out=options["out"],
    )
    summary = summarize(run)
    click.echo(summary.model_dump_json() if options["as_json"] else terminal(summary))


def chosen(cases: CaseSet, only: Sequence[str], path: Path) -> CaseSet:
    """The cases whose id begins with one of these; all where none is given.

    Raises:
        DatasetInvalid: No case is left.
    """
    if not only:
        return cases
    left = tuple(case for case in cases.cases if case.id.startswith(tuple(only)))
    if not left:
        raise DatasetInvalid(path, f"没有编号以 {'、'.join(only)} 开头的案例")
    return CaseSet(cases.sha256, left)


def run_advice(
    services: Services,
    cases: CaseSet,
    *,
    mode: RequestedMode,
    out: Path,
    workers: int = 1,
    command: str = "advisor-eval advice",
) -> Run:
    """Advise on every case and write the run; the rows of a run without a model are the same
    whenever and wherever it is made.

    Raises:
        RunInvalid: The file cannot be written.
    """
    writer = services.adviser.writer if mode != "extractive" else None
    header = header_of(
        "advice",
        command,
        Material(name="cases", sha256=cases.sha256, cases=len(cases.cases)),
        services,
        {one.name: one.version for one in ADVICE_MEASURES},
    ).model_copy(
        update={
            "mode": "llm" if writer is not None else "extractive",
            "model": writer.llm.name if writer is not None else None,
        }
    )
    runner = CaseRunner.of(services, "extractive" if writer is None and mode == "auto" else mode)
    return write_run(out, header, runner.rows(cases.cases, workers))
