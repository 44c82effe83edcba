"""An advice as plain text: what is copied from the page and what a piped terminal gets."""

from collections.abc import Iterable, Iterator

from api import labels
from api.schemas.advice import AdviceOut, LawContextOut, LegalBasisOut, PointOut, PrecedentOut
from corpus.model import TextKind

_BRIEF = 80


def advice_text(advice: AdviceOut) -> str:
    """The whole advice, the four parts in order under their names, one line per statement."""
    sections = (
        _head(advice),
        _analysis(advice),
        _plan(advice),
        _legal_basis(advice),
        _precedents(advice),
        _foot(advice),
    )
    return "\n".join("\n".join(section) + "\n" for section in sections)


def article_name(item: LegalBasisOut) -> str:
    """How an article is cited: 《某法》第一条第二款."""
    return labels.article_name(item.law, item.article, item.paragraph)


def evidence_marks(ids: Iterable[str]) -> str:
    """Evidence ids as they follow a statement: " [L1][C2]"; empty when there are none."""
    marks = "".join(f"[{one}]" for one in ids)
    return f" {marks}" if marks else ""


def context_name(item: LawContextOut) -> str:
    """What an article beside another is for: 同法第三十八条, 同法第二条对“用人单位”的规定."""
    return labels.context_name(item.article, item.term)


def context_brief(item: LawContextOut) -> str:
    """Its beginning on one line, for where whole texts have no room."""
    flat = " ".join(item.text.split())
    return flat if len(flat) <= _BRIEF else flat[: _BRIEF - 1] + "…"


def law_facts(item: LegalBasisOut) -> str:
    """What a reader must know of an article before relying on it, on one line."""
    return labels.law_facts(
        item.text_kind, item.status, item.level, item.region, item.effective_from
    )


def case_facts(item: PrecedentOut) -> str:
    """Where, when and from where a case is known, on one line."""
    source = (labels.SOURCE_KIND[item.source.kind], item.source.publisher, item.source.date)
    return labels.case_facts(item.place, item.closed_on, item.days, source)


def _head(advice: AdviceOut) -> Iterator[str]:
    triage, complaint = advice.triage, advice.complaint
    yield f"【{advice.ai_label}】"
    yield f"生成方式：{labels.MODE[advice.mode]}"
    yield f"事项类型：{advice.matter.name}"
    if advice.matter.abstained:
        yield "未能确定事项类型，以下内容仅供初步核查。"
    note = labels.partial_note(advice)
    if note:
        yield note
    if advice.matter.alternatives:
        yield "也可能是：" + "、".join(other.name for other in advice.matter.alternatives)
    yield f"办理方式：{triage.track}　紧急程度：{triage.urgency}　优先分：{triage.priority}/100"
    for reason in triage.reasons:
        yield f"  理由：{reason}"
    day = f"　事发日期：{complaint.occurred_on}" if complaint.occurred_on else ""
    yield f"属地：{labels.place(complaint.region)}{day}"


def _points(title: str, items: Iterable[PointOut], mark: str = "·") -> Iterator[str]:
    told = tuple(items)
    if told:
        yield f"{title}："
    for item in told:
        yield f"  {mark} {item.text}{evidence_marks(item.evidence)}"


def _analysis(advice: AdviceOut) -> Iterator[str]:
    analysis = advice.analysis
    yield "一、盘账分析"
    yield analysis.summary
    yield from _points("各方诉求", analysis.parties)
    yield from _points("已知事实", analysis.facts)
    yield from _points("还要查清", analysis.missing_facts, "□")
    yield from _points("争议焦点", analysis.disputes)
    yield from _points("风险提示", analysis.risks, "！")


def _plan(advice: AdviceOut) -> Iterator[str]:
    plan = advice.plan
    yield "二、清账方案"
    yield f"牵头单位：{plan.lead_department}"
    if plan.support_departments:
        yield f"配合单位：{'、'.join(plan.support_departments)}"
    for step in plan.steps:
        yield (
            f"  {step.order}. {step.action}"
            f"（{step.owner}，{labels.deadline(step.deadline_days)}）{evidence_marks(step.evidence)}"
        )
    if plan.competence:
        yield "职责依据："
    for item in plan.competence:
        yield f"  · {item.department}：{item.basis}{evidence_marks(item.evidence)}"
    yield f"办不下来时：{plan.escalation}"
    yield f"群众告知口径：{plan.resident_script}"


def _legal_basis(advice: AdviceOut) -> Iterator[str]:
    yield "三、法规支撑"
    if not advice.legal_basis:
        yield "没有找到能够确定适用的条文。"
    for item in advice.legal_basis:
        yield f"[{item.evidence_id}] {article_name(item)}"
        yield f"  （{law_facts(item)}）"
        lead = "要旨：" if item.text_kind is TextKind.GIST else ""
        for line in f"{lead}{item.text}".splitlines():
            yield f"  {line}"
        if item.why:
            yield f"  为什么适用：{item.why}"
        for beside in item.context:
            yield f"  {context_name(beside)}：{context_brief(beside)}"


def _precedents(advice: AdviceOut) -> Iterator[str]:
    yield "四、案例参考"
    if not advice.precedents:
        yield "暂无足够相近的办结案例。"
    for item in advice.precedents:
        yield f"[{item.evidence_id}] {item.title}"
        yield f"  （{case_facts(item)}）"
        for name, told in (
            ("怎么办的", "；".join(item.measures)),
            ("结果", item.outcome),
            ("相同", "；".join(item.same)),
            ("不同", "；".join(item.different)),
        ):
            if told:
                yield f"  {name}：{told}"


def _foot(advice: AdviceOut) -> Iterator[str]:
    if advice.limits:
        yield "需要注意"
    for limit in advice.limits:
        yield f"  · {limit}"
    if advice.rejected_citations:
        yield "未采用的引用"
    for item in advice.rejected_citations:
        yield f"  · 未采用：{item.text}（{labels.VERDICT[item.verdict]}：{item.reason}）"
    yield f"法规资料截至 {advice.corpus_as_of}　建议编号 {advice.id}"
