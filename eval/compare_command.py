"""``advisor-eval compare``: what changed between two runs, and whether chance explains it."""

from collections.abc import Iterator
from pathlib import Path

import click

from eval.comparison import SEED, Comparison, compare
from eval.run_file import read_run
from eval.run_table import number

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_WORDS = {
    "better": "更好",
    "worse": "更差",
    "different": "有变化",
    "unclear": "不显著",
    "same": "无变化",
}


@click.command(
    "compare",
    help="比较两次运行：逐例配对，给出各项指标之差及其 95% 区间。",
)
@click.argument("first", type=_FILE)
@click.argument("second", type=_FILE)
@click.option("--seed", type=int, default=SEED, help="随机种子。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def compare_runs(first: Path, second: Path, *, seed: int, as_json: bool) -> None:
    """Compare the second run with the first."""
    found = compare(read_run(first), read_run(second), seed=seed)
    click.echo(found.model_dump_json() if as_json else "\n".join(_lines(found)))


def _lines(found: Comparison) -> Iterator[str]:
    for one in found.differences:
        sign = "+" if one.difference > 0 else ""
        yield (
            f"{_WORDS[one.judgement]}  {number(one.first)} → {number(one.second)}  "
            f"差 {sign}{number(one.difference)} [{number(one.low)}, {number(one.high)}]  "
            f"{one.changed}/{one.cases} 例变化  {one.title}（{one.measure}）"
        )
    for told, cases in (("只在前一次", found.only_first), ("只在后一次", found.only_second)):
        if cases:
            yield f"{told}：{len(cases)} 例"
    if found.not_compared:
        yield f"定义不同，未比较：{'、'.join(found.not_compared)}"
