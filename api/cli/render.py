"""The four parts for a terminal, by rich; every distinction is in words, colour only repeats it."""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from api import labels
from api.cli.folding import Folded
from api.plain import (
    article_name,
    case_facts,
    context_brief,
    context_name,
    evidence_marks,
    law_facts,
)
from api.schemas.advice import AdviceOut, LegalBasisOut, PlanOut, PointOut, PrecedentOut


def print_advice(advice: AdviceOut, console: Console) -> None:
    """Print the banner, the four parts in order, the limits and the label."""
    console.print(_banner(advice))
    for title, body in (
        ("盘账分析", _analysis(advice)),
        ("清账方案", _plan(advice.plan)),
        ("法规支撑", _laws(advice.legal_basis)),
        ("案例参考", _cases(advice.precedents)),
    ):
        console.print(Rule(Text(title, style="bold cyan"), align="left", style="cyan"))
        console.print(Padding(body, (0, 1)))
        console.print()
    _print_foot(advice, console)


def _banner(advice: AdviceOut) -> Panel:
    triage = advice.triage
    line = Text.assemble(
        ("办理方式 ", "dim"),
        (triage.track, "bold"),
        ("   紧急程度 ", "dim"),
        (triage.urgency, "bold"),
        ("   优先分 ", "dim"),
        (f"{triage.priority}/100", "bold"),
        ("   属地 ", "dim"),
        labels.place(advice.complaint.region),
    )
    reasons = [Folded(reason, "· ") for reason in triage.reasons]
    abstained = (
        [Folded("未能确定事项类型，以下内容仅供初步核查。")] if advice.matter.abstained else []
    )
    note = labels.partial_note(advice)
    partial = [Folded(note)] if note else []
    others = "、".join(one.name for one in advice.matter.alternatives)
    also = [Folded(Text(others, style="dim"), "也可能是：")] if others else []
    body = Group(line, *abstained, *partial, *reasons, *also)
    return Panel(body, title=Text(advice.matter.name, style="bold"), title_align="left")


def _points(title: str, items: Iterable[PointOut], mark: str = "·") -> list[RenderableType]:
    told = tuple(items)
    if not told:
        return []
    return [Text(title, style="bold"), *(_point(mark, item) for item in told)]


def _point(mark: str, item: PointOut) -> Padding:
    line = Text.assemble(item.text, (evidence_marks(item.evidence), "cyan"))
    return Padding(Folded(line, f"{mark} "), (0, 0, 0, 2))


def _analysis(advice: AdviceOut) -> Group:
    analysis = advice.analysis
    return Group(
        Folded(analysis.summary),
        *_points("各方诉求", analysis.parties),
        *_points("已知事实", analysis.facts),
        *_points("还要查清", analysis.missing_facts, "□"),
        *_points("争议焦点", analysis.disputes),
        *_points("风险提示", analysis.risks, "！"),
    )


def _plan(plan: PlanOut) -> Group:
    table = Table(header_style="bold", show_lines=True, expand=True)
    table.add_column("序号", no_wrap=True)
    table.add_column("做什么", ratio=5)
    table.add_column("谁来办", ratio=3)
    table.add_column("期限", no_wrap=True)
    table.add_column("依据", max_width=13)
    for step in plan.steps:
        table.add_row(
            str(step.order),
            Folded(step.action),
            Folded(step.owner),
            labels.deadline(step.deadline_days),
            Folded(" ".join(step.evidence)),
        )
    support = "、".join(plan.support_departments)
    competence = (
        _point("·", PointOut(text=f"{one.department}：{one.basis}", evidence=one.evidence))
        for one in plan.competence
    )
    return Group(
        Folded(Text(plan.lead_department, style="bold"), "牵头单位 "),
        *([Folded(support, "配合单位 ")] if support else []),
        table,
        *([Text("为什么由这些单位办", style="bold")] if plan.competence else []),
        *competence,
        Text("办不下来时", style="bold"),
        Padding(Folded(plan.escalation), (0, 0, 0, 2)),
        Panel(Folded(plan.resident_script), title="群众告知口径", title_align="left"),
    )


def _laws(items: Iterable[LegalBasisOut]) -> Group:
    blocks: list[RenderableType] = []
    for item in items:
        blocks.append(Folded(Text(article_name(item), style="bold"), f"{item.evidence_id} "))
        lines = [Folded(Text(law_facts(item), style="dim")), Folded(item.text)]
        if item.why:
            lines.append(Folded(item.why, "为什么适用："))
        lines += [
            Folded(Text(context_brief(one), style="dim"), f"{context_name(one)}：")
            for one in item.context
        ]
        blocks.append(Padding(Group(*lines), (0, 0, 0, 3)))
    return Group(*blocks or [Text("没有找到能够确定适用的条文。")])


def _cases(items: Iterable[PrecedentOut]) -> Group:
    blocks: list[RenderableType] = []
    for item in items:
        blocks.append(Folded(Text(item.title, style="bold"), f"{item.evidence_id} "))
        told = (
            ("怎么办的", "；".join(item.measures)),
            ("结果", item.outcome),
            ("相同", "；".join(item.same)),
            ("不同", "；".join(item.different)),
        )
        lines = [Folded(words, f"{name}：") for name, words in told if words]
        blocks.append(
            Padding(Group(Folded(Text(case_facts(item), style="dim")), *lines), (0, 0, 0, 3))
        )
    return Group(*blocks or [Text("暂无足够相近的办结案例。")])


def _print_foot(advice: AdviceOut, console: Console) -> None:
    if advice.limits:
        console.print(Text("需要注意", style="bold"))
    for limit in advice.limits:
        console.print(Padding(Folded(limit, "· "), (0, 0, 0, 2)))
    for item in advice.rejected_citations:
        told = f"未采用：{item.text}（{labels.VERDICT[item.verdict]}：{item.reason}）"
        console.print(Padding(Folded(told, "· "), (0, 0, 0, 2)))
    told = f"{advice.ai_label}　生成方式：{labels.MODE[advice.mode]}　建议编号 {advice.id}"
    console.print(Folded(Text(told, style="dim")))
