"""The 会商单 of a cluster: one kind of thing put before the departments that must settle it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from advisor.batch.model import Brief, Cluster, Item
from advisor.documents.group_sheets import period
from advisor.documents.marks import Marks
from advisor.documents.paper import Paper
from advisor.documents.typeface import DENSE
from advisor.documents.worked_list import article_line, case_line
from advisor.model import RETRIEVAL_LABEL

TITLE = "一类事会商单"
MOST_MEMBERS = 60
"""Members told on paper; a longer list is for the workbook."""
_NO_BRIEF = Brief(common_cause="")
_BLANK_LINES = 3


def write_group_docx(
    cluster: Cluster, items: Iterable[Item], path: Path, label: str = RETRIEVAL_LABEL
) -> None:
    """Write the paper of a cluster as a Word document.

    Args:
        cluster: with its brief, where one was made.
        items: its members; items of other clusters are passed over.
        path: replaced when all is written.
        label: how it was made.

    Raises:
        DocumentError: the file cannot be written.
    """
    members = sorted(_members(cluster, items), key=lambda one: one.row.number)
    brief = cluster.brief or _NO_BRIEF
    paper = Paper(Marks(TITLE, label, cluster.id, generated=False), DENSE)
    paper.title(TITLE)
    paper.label()
    paper.form(_head(cluster, members))
    paper.heading("一、共同原因")
    paper.paragraph(brief.common_cause or "尚未归纳，由会商确定。")
    _write_members(paper, cluster, members)
    _write_basis(paper, brief)
    _write_measures(paper, brief)
    _write_timetable(paper, members)
    paper.heading("七、会商意见")
    paper.signatures(_departments(brief, members))
    paper.heading("八、会商结论")
    paper.signatures(("召集人", "记录人"))
    paper.save(path)


def _members(cluster: Cluster, items: Iterable[Item]) -> Iterator[Item]:
    numbers = set(cluster.members)
    return (item for item in items if item.row.number in numbers)


def _head(cluster: Cluster, members: Sequence[Item]) -> tuple[tuple[tuple[str, str], ...], ...]:
    count = f"{len(cluster.members)} 件（{cluster.events} 起，涉及 {cluster.people} 人）"
    urgent = sum(one.triage.urgency == "紧急" for one in members)
    supervised = sum(one.triage.track == "督办" for one in members)
    return (
        (("名　　称", cluster.title),),
        (("事项类型", cluster.matter_name), ("地　　点", cluster.place or "—")),
        (("件　　数", count), ("期　　间", period(cluster) or "—")),
        (("其　　中", f"督办 {supervised} 件，紧急 {urgent} 件"), ("编　　号", cluster.id)),
        (("为何会商", "；".join(cluster.heat_reasons) or "—"),),
    )


def _write_members(paper: Paper, cluster: Cluster, members: Sequence[Item]) -> None:
    paper.heading("二、涉及诉求")
    paper.table(
        ("序号", "编号", "接收日期", "诉求摘要", "办理方式", "牵头单位"),
        (14, 24, 26, 46, 22, 28),
        (
            (
                str(one.row.number),
                one.row.ref,
                f"{one.row.received_at:%Y-%m-%d}" if one.row.received_at else "",
                one.summary,
                one.triage.track,
                one.lead_department,
            )
            for one in members[:MOST_MEMBERS]
        ),
    )
    left = len(cluster.members) - min(len(members), MOST_MEMBERS)
    if left > 0:
        paper.small(f"另有 {left} 件，见清单的“一类事”表，标识 {cluster.id}。")


def _write_basis(paper: Paper, brief: Brief) -> None:
    paper.heading("三、法规依据")
    paper.points(map(article_line, brief.articles))
    if not brief.articles:
        paper.paragraph("没有找到能够确定适用的条文。")
    paper.heading("四、以往有效做法")
    paper.points(map(case_line, brief.worked_before))
    if not brief.worked_before:
        paper.paragraph("暂无足够相近的办结案例。")


def _write_measures(paper: Paper, brief: Brief) -> None:
    paper.heading("五、建议根治措施")
    told = [(str(n), one, "", "") for n, one in enumerate(brief.root_measures, 1)]
    blank = [("", "", "", "")] * (_BLANK_LINES if not told else 1)
    paper.table(("序号", "措施", "责任单位", "完成时限"), (14, 82, 34, 30), (*told, *blank))
    paper.small("责任单位和完成时限由会商确定后填写。")


def _write_timetable(paper: Paper, members: Sequence[Item]) -> None:
    paper.heading("六、时间安排")
    due = sorted(
        (deadline.told_day, deadline.what, deadline.basis, one.row.number)
        for one in members
        for deadline in one.deadlines
    )
    told: dict[str, tuple[str, str, str]] = {}
    for day, what, basis, number in due:
        told.setdefault(what, (f"{what}（最早到期：序号 {number}）", day, basis))
    rows = (*told.values(), ("会商时间", "", ""), ("措施完成后回访", "", ""))
    paper.table(("事项", "日期", "依据"), (62, 28, 70), rows)


def _departments(brief: Brief, members: Sequence[Item]) -> tuple[str, ...]:
    leads = (one.lead_department for one in members if one.lead_department)
    return tuple(dict.fromkeys((*brief.departments, *leads)))[:8] or ("牵头单位", "配合单位")
