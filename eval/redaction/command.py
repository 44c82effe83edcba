"""``advisor-eval redaction``: what the redactor finds, misses and wrongly masks, and how fast."""

import click

from eval.redaction.generator import samples
from eval.redaction.measure import RedactionReport, measure_redaction

COUNT, SEED = 20_000, 20250601
WORDINGS = ("a", "b", "b2", "b3", "b4", "b5", "b6", "b7", "b8")


@click.command(
    help="脱敏评测：用自编模板生成诉求，统计各类信息的漏盖、误盖、受保护内容误盖和速度。"
)
@click.option("--count", type=click.IntRange(1, 1_000_000), default=COUNT, help="诉求条数。")
@click.option("--seed", type=int, default=SEED, help="随机种子。")
@click.option("--wording", type=click.Choice(WORDINGS), default="a", help="措辞组。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--examples", is_flag=True, help="列出漏盖和误盖的例子。")
def redaction(count: int, seed: int, wording: str, *, as_json: bool, examples: bool) -> None:
    """Generate, mask, restore, count."""
    report = measure_redaction(list(samples(count, seed, wording)), seed)
    click.echo(report.model_dump_json() if as_json else table(report, examples=examples))
    if report.not_restored:
        raise SystemExit(1)


def table(report: RedactionReport, *, examples: bool = False) -> str:
    """The report as lines for a terminal."""
    lines = [
        f"诉求 {report.samples:,} 条，种子 {report.seed}",
        "      总数      盖住    召回率   精确率  类别",
    ]
    for row in report.rows:
        lines.append(
            f"{row.known:>10,}{row.found:>10,}{row.recall:>10.3%}{row.precision:>9.2%}  {row.cls}"
        )
    lines += [
        f"编号类合计召回率 {report.structured_recall:.3%}，总精确率 {report.precision:.2%}",
        f"受保护内容 {report.protected:,} 处，误盖 {report.protected_masked:,} 处"
        f"（{report.protected_rate:.3%}）",
        f"未能还原 {report.not_restored} 条；每秒 {report.mb_per_second:.2f} MB（单核）",
    ]
    if examples:
        lines += [f"  误盖 {text}" for text in report.protected_examples]
        for row in report.rows:
            lines += [f"  漏 {row.cls} {text}" for text in row.missed]
            lines += [f"  错 {row.cls} {text}" for text in row.wrong]
    return "\n".join(lines)
