"""The report of a benchmark: its rows with date and machine, as JSON, table and Markdown."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from eval.bench.figure import Measured, Outcome, Row
from eval.bench.machine import Machine
from eval.bench.runner import Section

_STYLES = {Outcome.FAIL: "bold red", Outcome.OK: "green", Outcome.UNMEASURED: "yellow"}


class Part(BaseModel):
    """One probe in the report."""

    model_config = ConfigDict(frozen=True)

    name: str
    title: str
    command: str
    rows: tuple[Row, ...]
    remarks: dict[str, str] = {}


class Report(BaseModel):
    """Everything a run found."""

    model_config = ConfigDict(frozen=True)

    measured_on: date
    code: str
    machine: Machine
    parts: tuple[Part, ...]

    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of every figure, in order."""
        return tuple(row.outcome for part in self.parts for row in part.rows)

    @property
    def failed(self) -> bool:
        """Whether any target was missed or any measurement broke."""
        return Outcome.FAIL in self.outcomes()


def part_of(section: Section) -> Part:
    """A section as it is reported, with the command that repeats it alone."""
    remarks = section.found.remarks if isinstance(section.found, Measured) else {}
    return Part(
        name=section.name,
        title=section.probe.title,
        command=f"advisor-eval bench --only {section.name}",
        rows=section.rows(),
        remarks=remarks,
    )


def tally(report: Report) -> str:
    """How many figures stand how, as one sentence."""
    outcomes = report.outcomes()
    counts = {one: outcomes.count(one) for one in Outcome}
    return (
        f"{len(outcomes)} 项：达标 {counts[Outcome.OK]}，未达标 {counts[Outcome.FAIL]}，"
        f"无目标 {counts[Outcome.NOTED]}，未测 {counts[Outcome.UNMEASURED]}。"
    )


def terminal(report: Report, console: Console) -> None:
    """Print the report as one table."""
    table = Table(title="基准测试", title_justify="left")
    for heading in ("指标", "实测", "目标", "结论", "单独重测"):
        table.add_column(heading, justify="right" if heading == "实测" else "left")
    for part in report.parts:
        table.add_section()
        table.add_row(f"[bold]{part.title}", "", "", "", part.command)
        for row in part.rows:
            style = _STYLES.get(row.outcome, "")
            table.add_row(f"  {row.name}", row.shown, row.target, row.outcome, "", style=style)
        for reason in _reasons(part):
            table.add_row(f"  原因：{reason}", "", "", "", "")
    console.print(table)
    console.print(tally(report))


def markdown(report: Report) -> str:
    """The report as a Markdown page."""
    machine = report.machine
    processor = f"，{machine.processor}" if machine.processor else ""
    lines = [
        "# 基准测试",
        "",
        "本页由 `make bench`（`advisor-eval bench --out docs/benchmarks.md`）写成，不手工修改。",
        "每组指标在一个单独的进程、一个临时目录里测得，内存峰值只属于该组。",
        "",
        f"- 日期：{report.measured_on.isoformat()}，版本 {report.code}",
        f"- 机器：{machine.cores} 核{processor}，内存 {machine.memory_gb:.0f} GB，"
        f"{machine.system}，Python {machine.python}；开始时系统负载 {machine.load:.1f}",
        f"- 语料：{_snapshot(report)}",
        f"- 结果：{tally(report)}",
        "",
    ]
    for part in report.parts:
        lines += _markdown_part(part)
    return "\n".join(lines)


def _markdown_part(part: Part) -> list[str]:
    lines = [f"## {part.title}", "", "| 指标 | 实测 | 目标 | 结论 |", "|---|---:|---|---|"]
    lines += [f"| {r.name} | {r.shown} | {r.target} | {r.outcome} |" for r in part.rows]
    lines += [""]
    lines += [f"原因：{reason}。\n" for reason in _reasons(part)]
    lines += [f"{name}：{remark}。\n" for name, remark in part.remarks.items()]
    return [*lines, f"单独重测：`{part.command}`", ""]


def _reasons(part: Part) -> Sequence[str]:
    """Why figures are missing, each reason once."""
    return tuple(dict.fromkeys(row.reason for row in part.rows if row.reason))


def _snapshot(report: Report) -> str:
    """The counts of the collection, from the part that read it."""
    for part in report.parts:
        if part.name == "collection":
            rows = {row.key: row for row in part.rows}
            names = {
                "files": "文件",
                "statutes": "法规",
                "articles": "条文",
                "documents": "其他文件",
            }
            names["cases"] = "案例"
            counts = "，".join(f"{name} {rows[key].shown}" for key, name in names.items())
            until = "；".join(f"{name} {value}" for name, value in part.remarks.items())
            return f"{counts}；{until}" if until else counts
    return "未测"
