"""``advisor-eval batch``: how long batches of several sizes take, and how much memory."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from advisor.settings import Settings
from eval.batch_run import run_batch
from eval.groups.material import Message, read_backlog
from eval.groups.scale import many


@click.command(help="批量评测：各种规模从台账到两份结果的时间、每行处理器时间、内存峰值。")
@click.option(
    "--messages",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="留言 Excel 所在文件夹。",
)
@click.option("--rows", multiple=True, type=int, default=(1_000, 3_000), help="行数，可多次给出。")
@click.option("--workers", type=click.IntRange(1, 256), default=2, help="工作进程数。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def batch(messages: Path, rows: tuple[int, ...], workers: int, *, as_json: bool) -> None:
    """Measure one size after the other, on the home of the settings."""
    told = read_backlog(messages)
    for count in rows:
        with tempfile.TemporaryDirectory(prefix="batch-") as name:
            folder = Path(name)
            source = write_ledger(folder / "台账.jsonl", told, count)
            settings = Settings(database_url=f"sqlite:///{folder / 'batch.db'}")
            figures = run_batch(settings, source, folder, workers)
        if as_json:
            click.echo(figures.model_dump_json())
        else:
            click.echo("　".join(f"{key} {value}" for key, value in figures.model_dump().items()))


def write_ledger(path: Path, told: Sequence[Message], count: int) -> Path:
    """A ledger of so many rows: the messages, then reworded copies in other places."""
    with path.open("w", encoding="utf-8") as stream:
        for one in many(told, count):
            row = {
                "编号": one.ref,
                "主题": one.subject,
                "详情": one.text,
                "时间": str(one.day),
                "留言用户": one.caller,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path
