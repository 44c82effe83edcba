"""``advisor-eval retrieval``: how well lay questions find the articles that answer them."""

from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor.bootstrap import open_embedder, open_library
from advisor.settings import Settings
from corpus.region import parse_region
from eval.dataset import load_dataset
from eval.retrieval import RECALL_DEPTHS, RetrievalReport, measure_questions, search_of, summarize
from indexer.build import build
from indexer.hybrid import DENSE_SHARE
from indexer.retriever import Retriever
from indexer.training_questions import FOLDS

_FILE = click.Path(path_type=Path, dir_okay=False)
_DEPTH = click.IntRange(max(RECALL_DEPTHS), 1000)


class RetrievalOptions(TypedDict):
    """The options of ``advisor-eval retrieval`` as click hands them over."""

    path: Path
    k: int
    fold: int | None
    share: float
    region: str | None
    out: Path | None
    as_json: bool


@click.command(help="检索评测：用一组群众提问检索全国性现行条文，给出召回率、排序指标和耗时。")
@click.option("--dataset", "path", type=_FILE, required=True, help="评测集（JSONL）。")
@click.option(
    "--k",
    type=click.IntRange(max(RECALL_DEPTHS), 1000),
    default=100,
    help="每问取多少条，至少 100。",
)
@click.option(
    "--fold",
    type=click.IntRange(0, FOLDS - 1),
    help=f"只测五折中的一折（行号除以 {FOLDS} 的余数），供测没有学过这一折的模型。",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=DENSE_SHARE,
    help=f"向量得分的权重，缺省 {DENSE_SHARE}；0 为只按字词，1 为只按向量。",
)
@click.option("--region", help="属地：本地法规一并参加；不给则只在全国性法规里找。")
@click.option("--out", type=_FILE, help="逐题结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def retrieval(**options: Unpack[RetrievalOptions]) -> None:
    """Measure the index of this home over a dataset."""
    dataset, out = load_dataset(options["path"]), options["out"]
    if (fold := options["fold"]) is not None:
        dataset = replace(dataset, questions=dataset.questions[fold::FOLDS])
    place = parse_region(options["region"]) if options["region"] else ()
    settings = Settings()
    library = open_library(settings)
    embedder = open_embedder(settings)
    retriever = Retriever(
        build(library, settings.home, embedder=embedder),
        library,
        embedder,
        dense_share=options["share"],
    )
    search = search_of(retriever, k=options["k"], region=place)
    search("预热", dataset.questions[0].as_of)
    rows = tuple(measure_questions(dataset.questions, search))
    if out is not None:
        out.write_text("".join(f"{row.model_dump_json()}\n" for row in rows), encoding="utf-8")
    report = summarize(dataset, retriever, rows)
    click.echo(report.model_dump_json() if options["as_json"] else table(report))


def table(report: RetrievalReport) -> str:
    """The report as lines for a terminal."""
    lines = [
        f"评测集 {report.dataset}（{report.questions} 问），索引 {report.index}",
        *(f"  {name:<12}{value:.4f}" for name, value in report.measures.items()),
        f"  耗时 p50 {report.p50_ms:.1f} 毫秒，p95 {report.p95_ms:.1f} 毫秒",
    ]
    return "\n".join(lines)
