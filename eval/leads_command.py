"""``advisor-eval leads``: how often the lead department is right; ``--train`` learns it anew."""

from pathlib import Path

import click

from advisor.leads import LeadRanker, open_lead_ranker, shipped_embedder
from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from eval.leads import measure, train
from eval.matters import HELD_OUT_DATASET

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(help="牵头单位评测：第一名和前三名的正确率；--train 重新学习并写出分类模型。")
@click.option("--messages", type=_FOLDER, required=True, help="留言 Excel 所在文件夹。")
@click.option("--dataset", "path", type=_FILE, default=HELD_OUT_DATASET, help="标注（JSONL）。")
@click.option("--train", "out", type=_FILE, help="重新学习，写到这个 npz 文件，再用它评测。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def leads(messages: Path, path: Path, out: Path | None, *, as_json: bool) -> None:
    """Measure the shipped ranking of departments, or one learnt now."""
    knowledge = load_knowledge()
    recognizer = MatterRecognizer.of(knowledge)
    ranker = open_lead_ranker(recognizer, knowledge)
    embedder = shipped_embedder()
    if out is not None and embedder is not None:
        model = train(messages, knowledge, recognizer)
        model.write(out)
        ranker = LeadRanker(model, embedder, recognizer, knowledge)
    if ranker is None:
        raise click.ClickException("缺少随包的分类模型，请先用 --train 学习。")
    report = measure(path, messages, ranker, (recognizer, knowledge))
    click.echo(
        report.model_dump_json()
        if as_json
        else f"标注 {report.rows} 条：牵头单位第一名正确 {report.top1:.1%}，前三含正确 "
        f"{report.top3:.1%}；名称完全一致 {report.exact:.1%}"
    )
