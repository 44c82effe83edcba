"""``advisor index``: build, verify and describe the search index."""

import click

from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.output import emit_json
from api.schemas.health import IndexOut
from indexer.build import build as build_index
from indexer.errors import SnapshotDamaged
from indexer.snapshot import Snapshot, open_current


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
    _show(build_index(desk.library(), desk.settings.home, force=force), as_json=as_json)


@index.command(help="逐个文件核对索引的校验和。")
@json_option
@pass_desk
def verify(desk: Desk, *, as_json: bool) -> None:
    """Fail when the current generation is damaged, even if an older one can be served."""
    snapshot = open_current(desk.settings.home)
    if snapshot.refused:
        raise SnapshotDamaged(snapshot.refused)
    _show(snapshot, as_json=as_json)


@index.command(help="查看正在使用的索引。")
@json_option
@pass_desk
def status(desk: Desk, *, as_json: bool) -> None:
    """Say which generation is served, and which were refused."""
    _show(open_current(desk.settings.home), as_json=as_json)


def _show(snapshot: Snapshot, *, as_json: bool) -> None:
    counts = snapshot.manifest.counts
    out = IndexOut(
        generation=snapshot.generation,
        articles=counts.get("statute", 0),
        cases=counts.get("case", 0),
        model=snapshot.manifest.model,
        refused=snapshot.refused,
    )
    if as_json:
        emit_json(out)
        return
    click.echo(f"索引 {out.generation}：条文 {out.articles}，案例 {out.cases}")
    for fault in out.refused:
        click.echo(f"  未采用：{fault}")
