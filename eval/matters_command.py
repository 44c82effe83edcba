"""``advisor-eval triage``: how well real messages are recognised as matters."""

from pathlib import Path

import click

from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from eval.matters import (
    DEFAULT_DATASET,
    MatterReport,
    read_labels,
    recognise_all,
    summarize,
)

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(help="事项识别评测：用人工标注的真实留言，统计识别正确率和该弃权时弃权的比例。")
@click.option("--messages", type=_FOLDER, required=True, help="留言 Excel 所在文件夹。")
@click.option("--dataset", "path", type=_FILE, default=DEFAULT_DATASET, help="标注（JSONL）。")
@click.option("--out", type=_FILE, help="逐条结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def triage(messages: Path, path: Path, out: Path | None, *, as_json: bool) -> None:
    """Measure the recogniser of the shipped playbooks."""
    recognizer = MatterRecognizer(load_knowledge().playbooks)
    rows = tuple(recognise_all(read_labels(path), messages, recognizer))
    if out is not None:
        out.write_text("".join(f"{r.model_dump_json()}\n" for r in rows), encoding="utf-8")
    report = summarize(rows)
    click.echo(report.model_dump_json() if as_json else table(report))


def table(report: MatterReport) -> str:
    """The report as lines for a terminal."""
    return "\n".join(
        (
            f"标注留言 {report.rows} 条",
            f"  事项明确的 {report.sure} 条：识别正确 {report.right:.1%}，"
            f"前三含正确 {report.among_three:.1%}",
            f"  指引之外的 {report.foreign} 条：正确弃权 {report.abstained:.1%}",
            f"  全部可接受 {report.acceptable:.1%}",
        )
    )
