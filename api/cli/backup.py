"""``advisor backup`` and ``advisor restore``: everything stored, in one checked file."""

from pathlib import Path

import click

from advisor.store.backup import backup as make_backup
from advisor.store.backup import restore as restore_backup
from api.cli.desk import Desk, json_option, pass_desk
from api.cli.output import emit_json

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(help="把法规库和建议记录备份到一个文件。OUT 为新文件的路径。")
@click.argument("out", type=_FILE)
@json_option
@pass_desk
def backup(desk: Desk, out: Path, *, as_json: bool) -> None:
    """Copy, check, pack."""
    manifest = make_backup(desk.settings.home, out)
    if as_json:
        emit_json({"out": str(out), "files": [one.name for one in manifest.files]})
    else:
        click.echo(f"已备份 {len(manifest.files)} 个文件到 {out}")


@click.command(help="从备份恢复。IN 为备份文件；原有内容另存，不会删除。")
@click.argument("source", metavar="IN", type=_FILE)
@json_option
@pass_desk
def restore(desk: Desk, source: Path, *, as_json: bool) -> None:
    """Check, put in place, keep what was there."""
    restored = restore_backup(source, desk.settings.home)
    names = [one.name for one in restored.manifest.files]
    aside = str(restored.set_aside) if restored.set_aside else None
    if as_json:
        emit_json({"files": names, "set_aside": aside})
        return
    click.echo(f"已恢复 {len(names)} 个文件。检索索引会在下次启动时按需重建。")
    if aside:
        click.echo(f"原有内容另存于 {aside}")
