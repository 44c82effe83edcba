"""``advisor-eval groups``: places, duplicates, clusters, warnings of a batch, and its growth."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from pydantic import BaseModel

from eval.groups.clusters_set import ClustersReport, measure_clusters
from eval.groups.material import Message, Preparer, read_backlog
from eval.groups.places_set import PlacesReport, measure_places
from eval.groups.planted import PlantedReport, measure_planted
from eval.groups.rewording import Half
from eval.groups.scale import ScaleReport, measure_scale
from eval.groups.warnings_measure import WarningsReport, measure_warnings

SEEDS: Mapping[Half, tuple[int, ...]] = {"development": (1, 2), "held_out": (101, 102, 103)}
_SHOWN = 40


@click.command(help="归并评测：地点识别、重复件、聚类纯度、预警误报与检出、规模。")
@click.option(
    "--messages",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="留言 Excel 所在文件夹。",
)
@click.option("--places", is_flag=True, help="地点：与人工标注比。")
@click.option("--planted", is_flag=True, help="重复件：改写后混入真实积案再找回。")
@click.option("--clusters", is_flag=True, help="聚类：与人工判断比。")
@click.option("--warnings", is_flag=True, help="预警：打乱日期的误报，植入激增的检出。")
@click.option("--scale", is_flag=True, help="规模：1千、1万、10万行的时间和内存。")
@click.option(
    "--half",
    type=click.Choice(["development", "held_out"]),
    default="held_out",
    help="改写规则：调阈值用的或只供报告的。",
)
@click.option("--rows", multiple=True, type=int, default=(1_000, 10_000), help="规模的行数。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def groups(
    messages: Path, half: Half, rows: tuple[int, ...], *, as_json: bool, **wanted: bool
) -> None:
    """Run the measures asked for, all but the scale where none is named."""
    chosen = [name for name, asked in wanted.items() if asked]
    told = read_backlog(messages)
    for name in chosen or ("places", "planted", "clusters", "warnings"):
        for report in _RUN[name](told, half, rows):
            click.echo(report.model_dump_json() if as_json else _told(report))


def _places(told: Sequence[Message], half: Half, rows: Sequence[int]) -> Sequence[BaseModel]:
    return [measure_places(told, "dev"), measure_places(told, "test")]


def _planted(told: Sequence[Message], half: Half, rows: Sequence[int]) -> Sequence[BaseModel]:
    preparer = Preparer()
    return [measure_planted(told, preparer, half, seed) for seed in SEEDS[half]]


def _clusters(told: Sequence[Message], half: Half, rows: Sequence[int]) -> Sequence[BaseModel]:
    return [measure_clusters(told, Preparer())]


def _warnings(told: Sequence[Message], half: Half, rows: Sequence[int]) -> Sequence[BaseModel]:
    return [measure_warnings(told, Preparer())]


def _scale(told: Sequence[Message], half: Half, rows: Sequence[int]) -> Sequence[BaseModel]:
    return [measure_scale(told, count) for count in rows]


_RUN: Mapping[
    str, Callable[[Sequence[Message], Half, Sequence[int]], Sequence[BaseModel]]
] = {
    "places": _places,
    "planted": _planted,
    "clusters": _clusters,
    "warnings": _warnings,
    "scale": _scale,
}  # fmt: skip


def _told(report: BaseModel) -> str:
    match report:
        case PlacesReport():
            return (
                f"地点（{report.half}，{report.messages}条）：标注{report.labelled}处，"
                f"找到{report.found}处，准确{report.precision:.3f}，召回{report.recall:.3f}\n"
                f"  多找：{'、'.join(report.wrong[:_SHOWN])}\n"
                f"  漏找：{'、'.join(report.missed[:_SHOWN])}"
            )
        case PlantedReport():
            return (
                f"重复件（{report.half}，种子{report.seed}，{report.rows}行）：植入{report.planted}件，"
                f"找回{report.recall:.3f}；判为重复{report.claims}件，准确{report.precision:.3f}"
            )
        case ClustersReport():
            return (
                f"聚类：人工判断{report.judged}组{report.members}件，纯度{report.purity:.3f}，"
                f"完全一致{report.whole}组；未判断的{report.unjudged}组"
            )
        case WarningsReport():
            return (
                f"预警：打乱日期{report.shuffles}次，误报{report.false_alarms}次；"
                f"植入激增{report.planted}次，检出{report.detected}次"
            )
        case ScaleReport():
            return (
                f"规模：{report.rows}行，准备{report.prepared_s:.1f}秒，归并{report.grouped_s:.1f}秒，"
                f"每秒{report.rows_per_s:.0f}行，内存峰值{report.peak_mib:.0f}MiB，{report.clusters}组"
            )
        case _:
            return report.model_dump_json()
