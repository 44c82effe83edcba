"""The figures of adoption as lines for a terminal."""

from collections.abc import Iterator, Mapping

from advisor.adoption.model import REASONS
from advisor.adoption.report import AdoptionReport, Course, Tally
from advisor.adoption.shares import Quartiles, Share

DIMENSIONS: Mapping[str, str] = {
    "matter": "事项",
    "region": "属地",
    "department": "牵头单位",
    "mode": "生成方式",
    "prompt": "提示词",
    "model": "模型",
    "month": "月份",
}
MODES: Mapping[str, str] = {
    "llm": "大模型起草",
    "extractive": "检索编排",
    "unknown": "不详（导入）",
}
ANSWERS: Mapping[str, str] = {"used": "采用", "rejected": "未采纳", "unanswered": "未反馈"}
SECTIONS: Mapping[str, str] = {
    "analysis": "盘账分析",
    "plan": "清账方案",
    "legal_basis": "法规支撑",
    "precedents": "案例参考",
}
DECISIONS: Mapping[str, str] = {
    "differ": "两个版本有差异，可以结束",
    "go_on": "还不能下结论，继续",
    "no_difference_shown": "比完仍未见差异，可以结束",
}
_MET = {
    True: "达到",
    False: "未达到",
    None: "尚不能断定",
}


def table(report: AdoptionReport, names: Mapping[str, str]) -> str:
    """The report as text; ``names`` gives each kind of matter its name."""
    lines = [*_total(report), "", *_course(report)]
    names = {**MODES, **names}
    for dimension, tallies in report.by.items():
        lines += ["", f"按{DIMENSIONS[dimension]}", *(_line(one, names) for one in tallies)]
    return "\n".join([*lines, "", *_rest(report), *_trials(report)])


def told(share: Share) -> str:
    """80.0%（66.2%–89.1%，40/50）."""
    if share.rate is None or share.low is None or share.high is None:
        return "无"
    interval = f"{share.low:.1%}–{share.high:.1%}"
    return f"{share.rate:.1%}（{interval}，{share.count}/{share.of}）"


def spread(found: Quartiles | None, form: str) -> str:
    """The median with the quartiles."""
    if found is None:
        return "无"
    low, high = format(found.low, form), format(found.high, form)
    return f"{format(found.median, form)}（{low}–{high}，{found.n} 份）"


def verdict_on_goal(report: AdoptionReport) -> str:
    """Whether the goal was reached."""
    return f"目标 {report.goal:.0%}：{_MET[report.goal_met]}"


def bounds(report: AdoptionReport) -> str:
    """Both ends of the rate, whatever the silent thought."""
    if report.at_least is None or report.at_most is None:
        return "无"
    return f"{report.at_least:.1%}–{report.at_most:.1%}"


def _total(report: AdoptionReport) -> Iterator[str]:
    total = report.total
    yield (
        f"给出 {total.given} 份：采纳 {total.adopted}，修改后采纳 {total.modified}，"
        f"未采纳 {total.rejected}，未反馈 {total.unanswered}，待反馈 {total.waiting}"
    )
    yield f"采用率 {told(total.used)}，原样采纳 {told(total.as_given)}；{verdict_on_goal(report)}"
    yield f"反馈率 {told(total.answered)}；把未反馈全算未用或全算采用：{bounds(report)}"


def _course(report: AdoptionReport) -> Iterator[str]:
    yield "后来怎样（95% 区间）"
    for one in report.course:
        yield _line_of_course(one)


def _line_of_course(one: Course) -> str:
    return (
        f"  {ANSWERS[one.answer]} {one.given} 份，登记结果 {one.told}：办结 {told(one.cleared)}，"
        f"用时天数 {spread(one.days, '.0f')}，反弹 {told(one.reopened)}，满意 {told(one.satisfied)}"
    )


def _line(one: Tally, names: Mapping[str, str]) -> str:
    name = names.get(one.value, one.value) or "（无）"
    return f"  {name}：给出 {one.given}，反馈 {one.judged}，采用率 {told(one.used)}"


def _rest(report: AdoptionReport) -> Iterator[str]:
    reasons = "、".join(f"{_reason(code)} {count}" for code, count in report.reasons.items())
    yield f"未采纳的原因：{reasons or '无'}"
    parts = "、".join(f"{SECTIONS[name]} {told(one)}" for name, one in report.sections.items())
    yield f"用到的部分：{parts}"
    yield f"方案改动：{spread(report.edits, '.0%')}"
    chosen = report.selection
    if chosen.distance is not None:
        weighed = f"{chosen.reweighted:.1%}" if chosen.reweighted is not None else "无"
        yield (
            f"谁没有反馈：事项构成相差 {chosen.distance:.2f}（0 相同，1 全不同）；"
            f"按全部到期建议的事项构成加权的采用率 {weighed}，无人反馈的事项占 {chosen.unseen:.1%}"
        )
    review = report.review
    kappa = "无" if review.kappa is None else f"{review.kappa:.2f}"
    yield f"复评 {review.pairs} 对，一致 {review.agreed} 对，κ {kappa}"


def _reason(code: str) -> str:
    return next((label for known, label in REASONS.items() if known == code), "未写")


def _trials(report: AdoptionReport) -> Iterator[str]:
    for one in report.trials:
        yield (
            f"对比 {one.name}：A {told(one.a)}，B {told(one.b)}；{one.pairs} 对，"
            f"证据 {one.evidence:.2f}（到 20 为有差异）：{DECISIONS[one.decision]}"
        )
