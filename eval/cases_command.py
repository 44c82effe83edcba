"""``advisor-eval cases``: how well like cases are found, by the score in use and the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict

from advisor.matter import MatterRecognizer
from advisor.retrieval_models import open_embedder
from advisor.settings import Settings
from corpus.knowledge import load_knowledge
from eval.cases_measure import (
    BEFORE,
    CasePart,
    CaseRow,
    CaseSet,
    apart,
    measure,
    message_set,
    pack_queries,
    summarize,
)
from indexer.case_pool import CasePool
from indexer.case_score import WEIGHTS, CaseWeights

_SCORES: Mapping[str, CaseWeights] = {"before": BEFORE, "now": WEIGHTS}
_NAMES = {"before": "原先", "now": "现在"}


class CasesReport(BaseModel):
    """All figures of one run; ``parts`` by the name of the score."""

    model_config = ConfigDict(frozen=True)

    cases: int
    pairs: int
    messages_sha256: str
    embedder: str
    parts: Mapping[str, tuple[CasePart, ...]]


class ScoredRow(BaseModel):
    """One query's row under one score."""

    model_config = ConfigDict(frozen=True)

    score: str
    row: CaseRow


@click.command(
    help="案例检索评测：同一事项反映两次的留言互找，自带案例逐个留一互找；新旧两种打分对照。"
)
@click.option(
    "--messages",
    type=click.Path(path_type=Path, file_okay=False),
    help="留言 Excel 所在文件夹；不给则只测自带案例。",
)
@click.option("--rows", type=click.Path(path_type=Path, dir_okay=False), help="逐条结果（JSONL）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def cases(messages: Path | None, rows: Path | None, *, as_json: bool) -> None:
    """Measure the score of cases over pairs of messages and the pack's cases."""
    knowledge = load_knowledge()
    # It must not have learnt from the cases that are asked about.
    recognizer = MatterRecognizer.of(replace(knowledge, cases=()))
    own = apart(knowledge)
    given = message_set(messages, knowledge, recognizer) if messages else CaseSet((), ())
    embedder = open_embedder(Settings())
    pool = CasePool.of((*own, *given.cases), embedder)
    queries = (*given.queries, *pack_queries(own))
    found = {
        name: tuple(measure(queries, pool, recognizer, knowledge, weights=weights))
        for name, weights in _SCORES.items()
    }
    if rows is not None:
        rows.write_text("".join(_lines(found)), encoding="utf-8")
    report = CasesReport(
        cases=len(pool),
        pairs=given.pairs,
        messages_sha256=given.sha256,
        embedder=embedder.name if embedder else "none",
        parts={name: summarize(of) for name, of in found.items()},
    )
    click.echo(report.model_dump_json() if as_json else table(report))


def _lines(found: Mapping[str, Sequence[CaseRow]]) -> list[str]:
    return [
        f"{ScoredRow(score=name, row=row).model_dump_json()}\n"
        for name, those in found.items()
        for row in those
    ]


def table(report: CasesReport) -> str:
    """The report as lines for a terminal."""
    lines = [f"案例 {report.cases} 个，留言对子 {report.pairs} 对，向量 {report.embedder}"]
    for name, parts in report.parts.items():
        for part in parts:
            told = "，".join(f"{one} {value:.3f}" for one, value in part.measures.items())
            lines.append(f"  {_NAMES[name]} {part.part}（{part.queries} 问）{told}")
    return "\n".join(lines)
