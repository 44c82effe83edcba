"""Figures of a run as lines for a terminal and as a table for a document."""

from collections.abc import Iterable, Mapping, Sequence

from eval.run_file import RunKind
from eval.run_summary import CurvePoint, Figure, RunSummary

_ARROWS = {"up": "↑", "down": "↓", "none": " "}
_KINDS: Mapping[RunKind, str] = {
    "advice": "建议",
    "retrieval": "检索",
    "citations": "引用核验",
    "redaction": "脱敏",
    "triage": "事项识别",
}
_TOLD_COVERAGES = (0.5, 0.7, 0.8, 0.9, 1.0)


def terminal(summary: RunSummary) -> str:
    """The summary as lines for a terminal."""
    return "\n".join(_lines(summary))


def _lines(summary: RunSummary) -> Iterable[str]:
    header = summary.header
    yield f"{title(summary)}：{summary.cases} 例，出错 {summary.crashed} 例"
    yield f"  材料 {header.material.name} {header.material.sha256[:12]}，语料 {header.corpus}"
    yield f"  索引 {header.index}，代码 {header.code.version} {(header.code.commit or '')[:12]}"
    for one in summary.figures:
        yield (
            f"  {_ARROWS[one.direction]} {number(one.mean):>8}  "
            f"[{number(one.low)}, {number(one.high)}]  {one.cases:>5} 例  "
            f"{one.title}（{one.measure}）"
        )
    for name, curve in summary.curves.items():
        yield f"  只答把握大的 {name}：{_curve(curve)}"
    spent = summary.seconds
    yield f"  每例耗时 中位 {spent.median:.3f} 秒，p95 {spent.p95:.3f} 秒，共 {spent.total:.1f} 秒"


def title(summary: RunSummary) -> str:
    """What was measured, and in which mode."""
    kind, mode = _KINDS[summary.header.kind], summary.header.mode
    model = f" {summary.header.model}" if summary.header.model else ""
    return f"{kind}（{mode}{model}）" if mode else kind


def _curve(curve: Sequence[CurvePoint]) -> str:
    told = (one for one in curve if one.coverage in _TOLD_COVERAGES)
    return "，".join(f"前 {one.coverage:.0%} {one.accuracy:.3f}" for one in told)


def number(value: float) -> str:
    """A share with three places, a count with none."""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.0f}"


def markdown(figures: Sequence[Figure]) -> str:
    """The figures as a table for a document; read back by `eval.run_document`."""
    lines = ["| measure | | mean | 95 % interval | cases | 中文 |", "|---|---|---:|---|---:|---|"]
    lines += [
        f"| `{one.measure}` | {_ARROWS[one.direction].strip()} | {number(one.mean)} | "
        f"{number(one.low)} to {number(one.high)} | {one.cases} | {one.title} |"
        for one in figures
    ]
    return "\n".join(lines)
