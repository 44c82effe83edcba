"""``advisor-eval triage``: how well real messages are recognised as matters."""

from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict

from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from eval.matters import (
    DEFAULT_DATASET,
    MatterReport,
    read_labels,
    recognise_all,
    summarize,
)
from eval.matters_categories import (
    DEFAULT_MAPPING,
    FILES,
    LABELLED,
    CategoryRow,
    Coverage,
    agreement,
    by_category,
    coverage,
    read_categories,
)

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


class TriageReport(BaseModel):
    """All measures of one run; ``playbooks`` says over how many matters."""

    model_config = ConfigDict(frozen=True)

    playbooks: int
    labels: MatterReport
    coverage: tuple[Coverage, ...]
    agreement: tuple[CategoryRow, ...]


@click.command(
    help="事项识别评测：人工标注的识别正确率和弃权；全部留言中识别出事项的比例；"
    "与留言一级分类的一致率；速度。"
)
@click.option("--messages", type=_FOLDER, required=True, help="留言 Excel 所在文件夹。")
@click.option("--dataset", "path", type=_FILE, default=DEFAULT_DATASET, help="标注（JSONL）。")
@click.option("--mapping", type=_FILE, default=DEFAULT_MAPPING, help="大类对一级分类（YAML）。")
@click.option("--out", type=_FILE, help="逐条结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def triage(messages: Path, path: Path, mapping: Path, out: Path | None, *, as_json: bool) -> None:
    """Measure the recogniser of the shipped playbooks."""
    knowledge = load_knowledge()
    recognizer = MatterRecognizer.of(knowledge)
    rows = tuple(recognise_all(read_labels(path), messages, recognizer))
    labelled = agreement(messages / LABELLED, recognizer, knowledge, read_categories(mapping))
    if out is not None:
        lines = (one.model_dump_json() for one in (*rows, *labelled))
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    report = TriageReport(
        playbooks=len(knowledge.playbooks),
        labels=summarize(rows),
        coverage=tuple(coverage(messages / name, recognizer) for name in FILES),
        agreement=by_category(labelled),
    )
    click.echo(report.model_dump_json() if as_json else table(report))


def table(report: TriageReport) -> str:
    """The report as lines for a terminal."""
    labels = report.labels
    return "\n".join(
        (
            f"事项 {report.playbooks} 个",
            f"标注留言 {labels.rows} 条",
            f"  事项明确的 {labels.sure} 条：识别正确 {labels.right:.1%}，"
            f"前三含正确 {labels.among_three:.1%}",
            f"  指引之外的 {labels.foreign} 条：正确弃权 {labels.abstained:.1%}",
            f"  全部可接受 {labels.acceptable:.1%}",
            "全部留言",
            *(
                f"  {one.file} {one.messages} 条：识别出事项 {one.recognised:.1%}，"
                f"弃权 {one.abstained} 条，每秒 {one.per_second:g} 条"
                for one in report.coverage
            ),
            "与一级分类一致（第一 / 识别出的之中 / 前三）",
            *(
                f"  {one.category} {one.messages} 条，识别 {one.recognised}："
                f"{one.top1:.1%} / {one.top1_recognised:.1%} / {one.top3:.1%}"
                for one in report.agreement
            ),
        )
    )
