"""``advisor-eval categories``: a ledger's own categories, learnt and cross-validated."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import click

from advisor.batch.categories import shipped_senses
from eval.categories import (
    CategoriesReport,
    cross_validate,
    read_material,
    summarize,
)
from eval.categories_folds import alike_groups

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    help="台账自有类别评测：五折分层交叉验证，近似重复的归在同一折（以及不归并）的各类 F1。"
)
@click.option("--messages", type=_FOLDER, required=True, help="留言 Excel 所在文件夹。")
@click.option("--repeats", type=click.IntRange(1, 50), default=5, help="重复次数，每次另行分折。")
@click.option("--out", type=_FILE, help="逐条结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def categories(messages: Path, repeats: int, out: Path | None, *, as_json: bool) -> None:
    """Cross-validate with near-duplicates together, then not; with the scheme's words, then not."""
    material, senses = read_material(messages), shipped_senses()
    groups = len(set(alike_groups([row.whole for row in material.rows])))
    cases = tuple(product((material, replace(material, scheme=())), (True, False)))
    for taken, grouped in cases if material.scheme else cases[2:]:
        rows = cross_validate(taken, senses, grouped=grouped, repeats=repeats)
        count = groups if grouped else len(material.rows)
        report = summarize(rows, groups=count, scheme=bool(taken.scheme))
        click.echo(report.model_dump_json() if as_json else table(report))
        if out is not None and (taken, grouped) == cases[0]:
            lines = (one.model_dump_json() for one in rows)
            out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def table(report: CategoriesReport) -> str:
    """The report for people."""
    how = "近似重复归在同一折" if report.grouped else "不归并"
    how = f"{'用' if report.scheme else '不用'}类别体系表，{how}"
    return "\n".join(
        (
            f"{how}：{report.rows} 条，{report.groups} 组，五折 × {report.repeats} 次",
            f"  宏 F1 {report.macro_f1:.3f}（各次 {report.lowest_repeat:.3f} 至 "
            f"{report.highest_repeat:.3f}；单折 {report.lowest_fold:.3f} 至 "
            f"{report.highest_fold:.3f}），正确率 {report.right:.3f}",
            f"  给出类别的占 {report.given:.1%}，其中正确 {report.right_of_given:.1%}",
            *(
                f"  {one.category} {one.rows} 条：精确率 {one.precision:.3f}，"
                f"召回率 {one.recall:.3f}，F1 {one.f1:.3f}"
                for one in report.categories
            ),
        )
    )
