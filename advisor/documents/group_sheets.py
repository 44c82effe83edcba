"""The sheets 一类事 and 热点与预警: what belongs together, what is hot, what rises."""

from collections.abc import Iterator, Mapping

from openpyxl import Workbook

from advisor.batch.model import Brief, Cluster, EarlyWarning, Groups
from advisor.documents.cells import Link, Tinted, Written
from advisor.documents.sheet import HEAD_ROW, Column, Look, Sheet
from advisor.documents.worked_list import (
    GROUPS_TITLE,
    TITLE,
    article_line,
    case_line,
    group_name,
)

HOT_TITLE = "热点与预警"
_HOTTEST = 50
_NO_BRIEF = Brief(common_cause="")
_GROUP_COLUMNS = (
    Column("一类事", 9),
    Column("名称", 26),
    Column("事项", 14),
    Column("地点", 14),
    Column("件数", 6),
    Column("事件数", 7),
    Column("涉及人数", 8),
    Column("最早", 11),
    Column("最近", 11),
    Column("热度", 7),
    Column("共同原因", 36),
    Column("建议根治措施", 40),
    Column("会商部门", 20),
    Column("法规依据", 40),
    Column("以往做法", 40),
    Column("为何靠前", 30),
    Column("到清单", 10),
    Column("成员序号", 30),
    Column("标识", 18, wrap=False),
)
_PRINTED = 13
_HOT_COLUMNS = (
    Column("类别", 8),
    Column("名次", 7),
    Column("一类事", 10),
    Column("名称", 34),
    Column("地点", 20),
    Column("件数", 8),
    Column("平时件数", 10),
    Column("涉及人数", 10),
    Column("热度", 8),
    Column("期间", 24),
    Column("说明", 60),
)


def write_groups(book: Workbook, label: str, groups: Groups, rows: Mapping[int, int]) -> None:
    """Write every cluster in its order; ``rows`` is where its members stand in 清单."""
    sheet = Sheet(
        book, Look(GROUPS_TITLE, label, "2E75B6", frozen=2, printed=_PRINTED), _GROUP_COLUMNS
    )
    for line, cluster in enumerate(groups.clusters, HEAD_ROW + 1):
        sheet.append((group_name(line), *_cluster(cluster, rows)))
    sheet.close()


def _cluster(cluster: Cluster, rows: Mapping[int, int]) -> Iterator[Written]:
    brief = cluster.brief or _NO_BRIEF
    yield cluster.title
    yield cluster.matter_name
    yield cluster.place
    yield len(cluster.members)
    yield cluster.events
    yield cluster.people
    yield cluster.first_on
    yield cluster.last_on
    yield round(cluster.heat, 1)
    yield brief.common_cause
    yield "\n".join(f"{n}. {one}" for n, one in enumerate(brief.root_measures, 1))
    yield "、".join(brief.departments)
    yield "\n".join(map(article_line, brief.articles))
    yield "\n".join(map(case_line, brief.worked_before))
    yield "\n".join(cluster.heat_reasons)
    first = next((rows[one] for one in cluster.members if one in rows), None)
    yield Link("看首件", TITLE, first) if first else ""
    yield "、".join(map(str, cluster.members))
    yield cluster.id


def write_hot(book: Workbook, label: str, groups: Groups) -> None:
    """Write the early warnings, then the hottest clusters."""
    look = Look(HOT_TITLE, label, "C00000", frozen=4, printed=len(_HOT_COLUMNS))
    sheet = Sheet(book, look, _HOT_COLUMNS)
    lines = {one.id: line for line, one in enumerate(groups.clusters, HEAD_ROW + 1)}
    known = {one.id: one for one in groups.clusters}
    for place, warning in enumerate(groups.warnings, 1):
        sheet.append(tuple(_warning(place, warning, known.get(warning.cluster), lines)))
    hottest = sorted(groups.clusters, key=lambda one: (-one.heat, one.id))[:_HOTTEST]
    for place, cluster in enumerate(hottest, 1):
        sheet.append(tuple(_hot(place, cluster, lines)))
    sheet.close()


def _warning(
    place: int, warning: EarlyWarning, cluster: Cluster | None, lines: Mapping[str, int]
) -> Iterator[Written]:
    yield Tinted("预警", "预警")
    yield place
    yield _to_group(warning.cluster, lines)
    yield warning.title
    yield cluster.place if cluster else ""
    yield warning.count
    yield round(warning.usual, 1)
    yield cluster.people if cluster else None
    yield round(cluster.heat, 1) if cluster else None
    yield f"最近 {warning.window_days} 天"
    yield warning.reason


def _hot(place: int, cluster: Cluster, lines: Mapping[str, int]) -> Iterator[Written]:
    yield "热点"
    yield place
    yield _to_group(cluster.id, lines)
    yield cluster.title
    yield cluster.place
    yield len(cluster.members)
    yield None
    yield cluster.people
    yield round(cluster.heat, 1)
    yield period(cluster)
    yield "；".join(cluster.heat_reasons)


def _to_group(id_: str, lines: Mapping[str, int]) -> Written:
    return Link(group_name(lines[id_]), GROUPS_TITLE, lines[id_]) if id_ in lines else id_


def period(cluster: Cluster) -> str:
    """From the first to the last day of a cluster; "" where none is known."""
    if cluster.first_on is None or cluster.last_on is None:
        return ""
    if cluster.first_on == cluster.last_on:
        return cluster.first_on.isoformat()
    return f"{cluster.first_on} 至 {cluster.last_on}"
