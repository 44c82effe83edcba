"""``advisor-eval retrieval``: how well lay questions find the articles that answer them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor.settings import Settings
from corpus.region import parse_region
from eval.dataset import load_dataset
from eval.retrieval import RECALL_DEPTHS, RetrievalReport, SystemRows, summarize
from eval.retrieval_run import Plan, run_apart
from eval.retrieval_table import table
from eval.rivals import RIVALS
from indexer.hybrid import DENSE_SHARE
from indexer.training_questions import FOLDS

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


class RetrievalOptions(TypedDict):
    """The options of ``advisor-eval retrieval`` as click hands them over."""

    path: Path
    k: int
    folds: tuple[int, ...]
    models: Path | None
    rankers: Path | None
    shares: tuple[float, ...]
    region: str | None
    beside: tuple[str, ...]
    without_gists: bool
    rows: Path | None
    as_json: bool


@click.command(
    help="检索评测：用一组群众提问检索全国性现行条文，给出召回率、排序指标及其 95% 区间、"
    "分法律部门的指标、耗时和内存。给出 --models 时做五折交叉验证，每一问都用没有学过它的模型检索。"
)
@click.option("--dataset", "path", type=_FILE, required=True, help="评测集（JSONL）。")
@click.option(
    "--k",
    type=click.IntRange(max(RECALL_DEPTHS), 1000),
    default=100,
    help="每问取多少条，至少 100。",
)
@click.option(
    "--models",
    type=_FOLDER,
    help=f"五折交叉验证：这个文件夹里的 0 至 {FOLDS - 1} 是各留出一折训练的模型。",
)
@click.option(
    "--rankers",
    type=_FOLDER,
    help="与 --models 同用：rank-train --folds-out 写出的五折排序模型，一并评测。",
)
@click.option(
    "--fold",
    "folds",
    type=click.IntRange(0, FOLDS - 1),
    multiple=True,
    help=f"只测五折中的这一折（行号除以 {FOLDS} 的余数），可重复。",
)
@click.option(
    "--share",
    "shares",
    type=click.FloatRange(0, 1),
    multiple=True,
    help=f"向量得分的权重，缺省 {DENSE_SHARE}；0 为只按字词，1 为只按向量；可重复，第一个为主。",
)
@click.option("--region", help="属地：本地法规一并参加；不给则只在全国性法规里找。")
@click.option(
    "--beside",
    type=click.Choice(list(RIVALS)),
    multiple=True,
    help="并排评测另一种检索，可重复；需要 pip install 'minqing-advisor[eval]'。",
)
@click.option("--without-gists", is_flag=True, help="不用我们自写的要旨和群众说法作检索词。")
@click.option("--rows", "--out", "rows", type=_FILE, help="逐题结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def retrieval(**options: Unpack[RetrievalOptions]) -> None:
    """Measure our search, and others beside it, over a dataset."""
    plan = Plan(
        settings=Settings(),
        dataset=load_dataset(options["path"]),
        folds=tuple(sorted(set(options["folds"]))),
        models=options["models"],
        rankers=options["rankers"],
        shares=tuple(dict.fromkeys(options["shares"])) or (DENSE_SHARE,),
        region=parse_region(options["region"]) if options["region"] else (),
        k=options["k"],
        gists=not options["without_gists"],
    )
    found = [one for several in run_apart(plan, options["beside"]) for one in several]
    if (out := options["rows"]) is not None:
        out.write_text("".join(_lines(found)), encoding="utf-8")
    report = _report(plan, found)
    click.echo(report.model_dump_json() if options["as_json"] else table(report))


def _lines(found: Sequence[SystemRows]) -> list[str]:
    """One line of JSON for each system and question."""
    return [
        json.dumps({"system": one.system, **row.model_dump(mode="json")}, ensure_ascii=False) + "\n"
        for one in found
        for row in one.rows
    ]


def _report(plan: Plan, found: Sequence[SystemRows]) -> RetrievalReport:
    main, *beside = (summarize(one) for one in found)
    return RetrievalReport(
        **main.model_dump(),
        dataset=plan.dataset.name,
        dataset_sha256=plan.dataset.sha256,
        region=plan.region,
        folds=len(plan.crossed()) if plan.models else 0,
        beside=tuple(beside),
    )
