"""``advisor-eval citations``: whether the gate keeps false citations out and lets true ones in."""

import click

from advisor.bootstrap import open_library
from advisor.settings import Settings
from corpus.region import parse_region
from eval.citations import GENUINE, MUTANTS, SEED, measure_citations
from eval.measures.citation_validity import CitationReport

_COUNT = click.IntRange(1, 10_000_000)


@click.command(help="引用核验评测：用真实条文造出伪引用和真引用，统计误放、误拒和速度。")
@click.option("--mutants", "mutant_count", type=_COUNT, default=MUTANTS, help="伪引用条数。")
@click.option("--genuine", "genuine_count", type=_COUNT, default=GENUINE, help="真引用条数。")
@click.option("--seed", type=int, default=SEED, help="随机种子。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def citations(mutant_count: int, genuine_count: int, seed: int, *, as_json: bool) -> None:
    """Measure the gate over the collection of this home."""
    settings = Settings()
    report = measure_citations(
        open_library(settings),
        region=parse_region(settings.region),
        mutant_count=mutant_count,
        genuine_count=genuine_count,
        seed=seed,
    )
    click.echo(report.model_dump_json() if as_json else table(report))
    if report.false_accepts:
        raise SystemExit(1)


def table(report: CitationReport) -> str:
    """The report as lines for a terminal."""
    lines = [
        f"截至 {report.as_of}，种子 {report.seed}",
        f"伪引用 {report.mutants} 条，误放 {report.false_accepts} 条",
        f"真引用 {report.genuine} 条，误拒 {report.false_rejects} 条"
        f"（{report.false_reject_rate:.3%}）",
        f"每秒核验 {report.checks_per_second:,.0f} 条（单核处理器时间）；"
        f"首次读入法规时 {report.cold_per_second:,.0f} 条",
        "",
        "  误判      条数    每秒  种类",
    ]
    for row in report.kinds:
        side = "真" if row.genuine else "伪"
        lines.append(
            f"{row.wrong:>6}{row.trials:>10}{row.checks_per_second:>8,.0f}  {side} {row.kind}"
        )
        lines.extend(f"{'':>26}  例：{text[:120]}" for text in row.examples)
    return "\n".join(lines)
