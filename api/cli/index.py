"""``advisor index``: build, verify and describe the search index; train its model."""

from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor import clock
from advisor.retrieval_models import open_embedder
from api.cli.desk import Desk, date_option, json_option, pass_desk, tell
from api.cli.output import emit_json
from api.schemas.health import IndexOut
from indexer.build import build as build_index
from indexer.errors import SnapshotDamaged
from indexer.recipe import Recipe
from indexer.snapshot import Snapshot, open_current
from indexer.static_format import write_model
from indexer.training import Seen
from indexer.training import train as train_model
from indexer.training_material import TrainingScope, gather
from indexer.training_questions import FOLDS, read_questions

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(help="检索索引：建立、校验、查看。")
def index() -> None:
    """Group of one noun."""


@index.command(help="按当前法规库建立索引；内容没有变化时不重建。")
@click.option("--force", is_flag=True, help="没有变化也重建。")
@json_option
@pass_desk
def build(desk: Desk, *, force: bool, as_json: bool) -> None:
    """Build a generation and make it the current one."""
    tell("正在建立索引……")
    embedder = open_embedder(desk.settings, tell)
    built = build_index(desk.library(), desk.settings.home, embedder=embedder, force=force)
    _show(built, desk, as_json=as_json)


@index.command(help="逐个文件核对索引的校验和。")
@json_option
@pass_desk
def verify(desk: Desk, *, as_json: bool) -> None:
    """Fail when the current generation is damaged, even if an older one can be served."""
    snapshot = open_current(desk.settings.home)
    if snapshot.refused:
        raise SnapshotDamaged(snapshot.refused)
    _show(snapshot, desk, as_json=as_json)


@index.command(help="查看正在使用的索引。")
@json_option
@pass_desk
def status(desk: Desk, *, as_json: bool) -> None:
    """Say which generation is served, and which were refused."""
    _show(open_current(desk.settings.home), desk, as_json=as_json)


class TrainOptions(TypedDict):
    """The options of ``advisor index train`` as click hands them over."""

    out: Path
    questions: Path | None
    leave_out: int | None
    seed: int
    threads: int
    on: date | None


@index.command(
    help="用本机的法规库和知识训练检索向量模型，写到 --out 文件夹（需要 torch，约 20 至 40 分钟）。"
    "之后设 ADVISOR_EMBEDDER 为该文件夹并重建索引即可使用。"
)
@click.option("--out", type=_FOLDER, required=True, help="写到这个文件夹。")
@click.option("--questions", type=_FILE, help="带答案条文的提问（JSONL），一并学习。")
@click.option(
    "--leave-out",
    type=click.IntRange(0, FOLDS - 1),
    help=f"留出五折中的一折（行号除以 {FOLDS} 的余数）不学，供评测。",
)
@click.option("--seed", type=int, default=1, help="随机种子，缺省 1。")
@click.option("--threads", type=click.IntRange(1), default=2, help="线程数，缺省 2。")
@date_option
@pass_desk
def train(desk: Desk, **options: Unpack[TrainOptions]) -> None:
    """Gather, train in two stages, write the folder with its card."""
    read = (
        read_questions(options["questions"], leave_out=options["leave_out"])
        if options["questions"]
        else None
    )
    library = desk.library()
    tell("正在收集学习材料……")
    recipe = Recipe(seed=options["seed"], threads=options["threads"])
    scope = TrainingScope(options["on"] or clock.today(), desk.region(None))
    asked = read.questions if read else ()
    material = gather(library, library.knowledge, asked, scope, seed=recipe.seed)
    seen = Seen(library.fingerprint("statute"), read.told if read else None, scope)
    table, card = train_model(material, recipe, seen=seen, tell=tell)
    write_model(options["out"], table, card)
    click.echo(f"模型已写到 {options['out']}（词项 {card.tokens}，文本 {card.texts}）")


def _show(snapshot: Snapshot, desk: Desk, *, as_json: bool) -> None:
    counts = snapshot.manifest.counts
    out = IndexOut(
        generation=snapshot.generation,
        articles=counts.get("statute", 0),
        cases=counts.get("case", 0),
        model=snapshot.manifest.model,
        embedder=snapshot.manifest.embedder,
        configured_embedder=desk.settings.embedder,
        configured_reranker=desk.settings.reranker,
        refused=snapshot.refused,
    )
    if as_json:
        emit_json(out)
        return
    click.echo(f"索引 {out.generation}：条文 {out.articles}，案例 {out.cases}")
    click.echo(f"  向量模型 {out.embedder or '无（仅按字词）'}（设置 {out.configured_embedder}）")
    click.echo(f"  重排模型 {out.configured_reranker}")
    for fault in out.refused:
        click.echo(f"  未采用：{fault}")
