"""An advice as an official paper: the four parts in order, under their names."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from advisor import labels
from advisor.clock import CHINA
from advisor.documents.marks import Marks
from advisor.documents.paper import Paper
from advisor.model import Advice, LegalBasis, PlanStep, Point, Precedent
from corpus.model import TextKind

TITLE = "疑难事项处置建议"
_NO_CASE = "暂无足够相近的办结案例。"
_NO_LAW = "没有找到能够确定适用的条文。"


def write_advice_docx(advice: Advice, path: Path, changes: Sequence[str] = ()) -> None:
    """Write an advice as a Word document.

    Args:
        advice: as stored.
        path: replaced when all is written.
        changes: what became known of the cited law after the advice was given.

    Raises:
        DocumentError: the file cannot be written.
    """
    _paper(advice, changes).save(path)


def advice_docx(advice: Advice, changes: Sequence[str] = ()) -> bytes:
    """The same document for who sends it on."""
    return _paper(advice, changes).content()


def _paper(advice: Advice, changes: Sequence[str]) -> Paper:
    paper = Paper(advice_marks(advice))
    paper.title(TITLE)
    paper.label()
    paper.form(_head(advice))
    if changes:
        paper.heading("给出建议之后，所引条文有变化")
        paper.points(changes)
    paper.heading("诉求原文")
    paper.paragraph(advice.complaint.text)
    write_parts(paper, advice)
    write_limits(paper, advice)
    paper.heading("承办意见")
    paper.signatures(("承办人", "审核人"))
    write_versions(paper, advice)
    return paper


def advice_marks(advice: Advice) -> Marks:
    """What the file of an advice says of itself."""
    return Marks(TITLE, advice.ai_label, advice.id, advice.mode == "llm")


def _head(advice: Advice) -> tuple[tuple[tuple[str, str], ...], ...]:
    triage, echo = advice.triage, advice.complaint
    ref = f"{echo.ledger_ref.system} {echo.ledger_ref.id}" if echo.ledger_ref else "—"
    occurred = echo.occurred_on.isoformat() if echo.occurred_on else "未填写"
    matter = f"{advice.matter.name}（待定）" if advice.matter.abstained else advice.matter.name
    return (
        (("事项类型", matter), ("属　　地", labels.place(echo.region))),
        (("办理方式", triage.track), ("紧急程度", f"{triage.urgency}（优先度 {triage.priority}）")),
        (("事发日期", occurred), ("台账编号", ref)),
        (("研判理由", "；".join(triage.reasons) or "—"),),
    )


def write_parts(paper: Paper, advice: Advice) -> None:
    """Write the four parts."""
    _write_analysis(paper, advice)
    _write_plan(paper, advice)
    _write_law(paper, advice.legal_basis)
    _write_cases(paper, advice.precedents)


def _write_analysis(paper: Paper, advice: Advice) -> None:
    analysis = advice.analysis
    paper.heading("一、盘账分析")
    paper.paragraph(analysis.summary)
    for name, points, mark in (
        ("各方诉求", analysis.parties, ""),
        ("已知事实", analysis.facts, ""),
        ("还要查清", analysis.missing_facts, "□ "),
        ("争议焦点", analysis.disputes, ""),
        ("风险提示", analysis.risks, ""),
    ):
        if points:
            paper.subheading(name)
            paper.points(map(_point, points), mark)


def _write_plan(paper: Paper, advice: Advice) -> None:
    plan = advice.plan
    paper.heading("二、清账方案")
    support = "、".join(plan.support_departments) or "—"
    paper.form(((("牵头单位", plan.lead_department), ("配合单位", support)),))
    _write_steps(paper, plan.steps)
    if plan.competence:
        paper.subheading("职责依据")
        paper.points(
            f"{one.department}：{one.basis}{_marks(one.evidence)}" for one in plan.competence
        )
    paper.paragraph(plan.escalation, lead="办不下来时：")
    paper.paragraph(plan.resident_script, lead="群众告知口径：")


def _write_steps(paper: Paper, steps: Sequence[PlanStep]) -> None:
    told = [
        (
            str(one.order),
            one.action,
            one.owner,
            labels.deadline(one.deadline_days),
            _marks(one.evidence),
        )
        for one in steps
    ]
    names, widths = ("序号", "做什么", "谁来做", "时限", "依据"), (14, 72, 32, 20, 22)
    shown = 5 if any(row[-1] for row in told) else 4
    paper.table(names[:shown], widths[:shown], (row[:shown] for row in told))


def _write_law(paper: Paper, legal_basis: Sequence[LegalBasis]) -> None:
    paper.heading("三、法规支撑")
    if not legal_basis:
        paper.paragraph(_NO_LAW)
    for one in legal_basis:
        name = labels.article_name(one.law, one.article, one.paragraph)
        paper.subheading(f"〔{one.evidence_id}〕{name}")
        facts = labels.law_facts(
            one.text_kind, one.status, one.level, one.region, one.effective_from
        )
        paper.small(facts, leads=True)
        paper.paragraph(one.text, lead="要旨：" if one.text_kind is TextKind.GIST else "")
        for beside in one.context:
            name = labels.context_name(beside.article, beside.term)
            paper.paragraph(beside.text, lead=f"{name}：")
        if one.why:
            paper.paragraph(one.why, lead="为什么适用：")


def _write_cases(paper: Paper, precedents: Sequence[Precedent]) -> None:
    paper.heading("四、案例参考")
    if not precedents:
        paper.paragraph(_NO_CASE)
    for one in precedents:
        paper.subheading(f"〔{one.evidence_id}〕{one.title}")
        source = (labels.SOURCE_KIND[one.source.kind], one.source.publisher, one.source.date)
        paper.small(labels.case_facts(one.place, one.closed_on, one.days, source), leads=True)
        for name, told in (
            ("怎么办的", "；".join(one.measures)),
            ("结果", one.outcome),
            ("相同", "；".join(one.same)),
            ("不同", "；".join(one.different)),
        ):
            if told:
                paper.paragraph(told, lead=f"{name}：")


def write_limits(paper: Paper, advice: Advice) -> None:
    """Write what the reader must know besides: limits, and citations that did not pass."""
    if advice.limits:
        paper.heading("需要注意")
        paper.points(advice.limits)
    if advice.rejected_citations:
        paper.heading("未采用的引用")
        paper.small("以下引用没有通过核对，已从建议中去掉，请勿使用。")
        paper.points(
            f"{one.text}（{labels.VERDICT[one.verdict]}：{one.reason}）"
            for one in advice.rejected_citations
        )


def write_versions(paper: Paper, advice: Advice) -> None:
    """Write when and of what the advice was made."""
    made = advice.created_at.astimezone(CHINA)
    paper.small(
        f"生成时间 {made:%Y-%m-%d %H:%M}　生成方式：{labels.MODE[advice.mode]}　"
        f"法规资料截至 {advice.corpus_as_of}　建议编号 {advice.id}"
    )
    paper.small("〔L〕法规　〔C〕案例　〔D〕权责清单：正文中的标记与第三、第四部分和职责依据对应。")


def _point(point: Point) -> str:
    return f"{point.text}{_marks(point.evidence)}"


def _marks(evidence: Iterable[str]) -> str:
    """Evidence after a statement: 〔L1〕〔C2〕; the playbook, on which all rests, is left out."""
    return "".join(f"〔{one}〕" for one in evidence if not one.startswith("P"))
