"""``advisor-eval retrieval``: how well lay questions find the articles that answer them."""

from pathlib import Path

import click

from advisor.bootstrap import open_library
from advisor.settings import Settings
from eval.dataset import load_dataset
from eval.retrieval import RECALL_DEPTHS, RetrievalReport, measure_questions, search_of, summarize
from indexer.build import build
from indexer.retriever import Retriever

_FILE = click.Path(path_type=Path, dir_okay=False)
_DEPTH = click.IntRange(max(RECALL_DEPTHS), 1000)


@click.command(help="检索评测：用一组群众提问检索全国性现行条文，给出召回率、排序指标和耗时。")
@click.option("--dataset", "path", type=_FILE, required=True, help="评测集（JSONL）。")
@click.option(
    "--k",
    type=click.IntRange(max(RECALL_DEPTHS), 1000),
    default=100,
    help="每问取多少条，至少 100。",
)
@click.option("--out", type=_FILE, help="逐题结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def retrieval(path: Path, k: int, out: Path | None, *, as_json: bool) -> None:
    """Measure the index of this home over a dataset."""
    dataset = load_dataset(path)
    settings = Settings()
    library = open_library(settings)
    retriever = Retriever(build(library, settings.home), library)
    search = search_of(retriever, k=k)
    search("预热", dataset.questions[0].as_of)
    rows = tuple(measure_questions(dataset.questions, search))
    if out is not None:
        out.write_text("".join(f"{row.model_dump_json()}\n" for row in rows), encoding="utf-8")
    report = summarize(dataset, retriever, rows)
    click.echo(report.model_dump_json() if as_json else table(report))


def table(report: RetrievalReport) -> str:
    """The report as lines for a terminal."""
    lines = [
        f"评测集 {report.dataset}（{report.questions} 问），索引 {report.index}",
        *(f"  {name:<12}{value:.4f}" for name, value in report.measures.items()),
        f"  耗时 p50 {report.p50_ms:.1f} 毫秒，p95 {report.p95_ms:.1f} 毫秒",
    ]
    return "\n".join(lines)
