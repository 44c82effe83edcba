"""The 处置建议单 of one item: what it is, who does what by when, on what basis, places to sign."""

from pathlib import Path

from advisor.batch.model import Item
from advisor.documents.advice_paper import advice_marks, write_limits, write_parts, write_versions
from advisor.documents.marks import Marks
from advisor.documents.paper import Paper
from advisor.documents.typeface import DENSE
from advisor.documents.worked_list import article_line, case_line, place_in_source
from advisor.model import RETRIEVAL_LABEL, Advice

TITLE = "诉求处置建议单"


def write_item_docx(
    item: Item, advice: Advice | None, path: Path, label: str = RETRIEVAL_LABEL
) -> None:
    """Write the paper of an item as a Word document.

    Args:
        item: what was made of a row.
        advice: its four parts, where they were made; without it the item's own short findings.
        path: replaced when all is written.
        label: how the item was made; an advice brings its own.

    Raises:
        DocumentError: the file cannot be written.
    """
    given = advice_marks(advice) if advice else Marks("", label, f"item-{item.row.number}", False)
    paper = Paper(Marks(TITLE, given.label, given.number, given.generated), DENSE)
    paper.title(TITLE)
    paper.label()
    paper.form(_head(item))
    paper.heading("诉求内容")
    if item.row.subject:
        paper.paragraph(item.row.subject, lead="主题：")
    paper.paragraph(item.row.text)
    _write_flags(paper, item)
    _write_deadlines(paper, item)
    _write_body(paper, item, advice)
    paper.heading("承办意见")
    paper.signatures(("承办人", "审核人", "领导批示"))
    if advice:
        write_versions(paper, advice)
    paper.save(path)


def _write_body(paper: Paper, item: Item, advice: Advice | None) -> None:
    if advice:
        write_parts(paper, advice)
        write_limits(paper, advice)
        return
    _write_findings(paper, item)
    if item.limits:
        paper.heading("需要注意")
        paper.points(item.limits)


def _head(item: Item) -> tuple[tuple[tuple[str, str], ...], ...]:
    row, triage = item.row, item.triage
    received = f"{row.received_at:%Y-%m-%d %H:%M}" if row.received_at else "—"
    place = row.place or "、".join(one.name for one in item.places) or "—"
    matter = f"{item.matter.name}（待定）" if item.matter.abstained else item.matter.name
    return (
        (("编　　号", row.ref or f"序号 {row.number}"), ("接收时间", received)),
        (("诉求人", row.caller or "—"), ("地　　点", place)),
        (("事项类型", matter), ("原表位置", place_in_source(row.sheet, row.line))),
        (("办理方式", triage.track), ("紧急程度", f"{triage.urgency}（优先度 {triage.priority}）")),
        (
            ("牵头单位", item.lead_department or "待定"),
            ("配合单位", "、".join(item.support_departments) or "—"),
        ),
        (("研判理由", "；".join(triage.reasons) or "—"),),
    )


def _write_flags(paper: Paper, item: Item) -> None:
    if not item.flags:
        return
    paper.heading("风险提示")
    ordered = sorted(item.flags, key=lambda one: not one.people_first)
    paper.table(
        ("风险", "原文", "立即要做", "责任单位"),
        (26, 44, 60, 30),
        (
            (one.risk, f"“{one.quote}”" if one.quote else "", one.at_once, one.owner)
            for one in ordered
        ),
    )


def _write_deadlines(paper: Paper, item: Item) -> None:
    if item.deadlines:
        paper.heading("办理时限")
        paper.table(
            ("事项", "最迟日期", "依据"),
            (52, 28, 80),
            ((one.what, one.told_day, one.basis) for one in item.deadlines),
        )
    if item.reminders:
        paper.paragraph("；".join(item.reminders), lead="告知群众的期限：")


def _write_findings(paper: Paper, item: Item) -> None:
    paper.heading("一、研判")
    paper.paragraph(item.summary)
    if item.missing_facts:
        paper.subheading("还要查清")
        paper.points(item.missing_facts, "□ ")
    paper.heading("二、先做什么")
    paper.paragraph(item.first_step or "由承办人核实后确定。")
    if item.competence:
        paper.subheading("职责依据")
        paper.points(f"{one.department}：{one.basis}" for one in item.competence)
    paper.heading("三、法规支撑")
    paper.points(map(article_line, item.articles))
    if not item.articles:
        paper.paragraph("没有找到能够确定适用的条文。")
    paper.heading("四、案例参考")
    paper.points(map(case_line, item.cases))
    if not item.cases:
        paper.paragraph("暂无足够相近的办结案例。")
