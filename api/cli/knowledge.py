"""``advisor corpus lint`` and ``describe``: is our knowledge sound, and what is in it."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from advisor import clock
from advisor.errors import RefusedInput
from api.cli.desk import Desk, date_option, json_option, pass_desk, tell
from api.cli.output import emit_json, emit_table
from corpus.collection import open_collection
from corpus.errors import KnowledgeError
from corpus.handbook import handbook
from corpus.knowledge import knowledge_faults, load_knowledge
from corpus.library import Library
from corpus.lint import Finding, gist_versions, grave
from corpus.lint import lint as find_faults

_SEVERITY = {"error": "错误", "warning": "警告", "note": "提示"}


@click.command(
    help="自查知识与语料：格式、引用、重复，条文是否存在、有效。--against 与一套法规文本核对："
    "要旨是否说的是那一条、有没有照抄。有错误时退出码为 1。"
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False),
    help="法规文本文件夹；不给则用已入库的文本。",
)
@date_option
@json_option
@pass_desk
def lint(desk: Desk, against: Path | None, on: date | None, *, as_json: bool) -> None:
    """Say everything that is wrong; fail when something must be mended."""
    day = on or clock.today()
    try:
        with _library(desk, against) as library:
            findings = (*_of_town(library), *find_faults(library, on=day))
            versions = gist_versions(library, day)
    except KnowledgeError:
        findings = tuple(Finding("error", "自带知识", told) for told in knowledge_faults())
        versions = ()
    counts = Counter(str(one.severity) for one in findings)
    if as_json:
        emit_json(
            {
                "findings": [asdict(one) for one in findings],
                "counts": {name: counts[name] for name in _SEVERITY},
                "versions": [_version(asdict(one)) for one in versions],
            }
        )
    else:
        ranked = sorted(findings, key=lambda one: list(_SEVERITY).index(one.severity))
        rows = [(_SEVERITY[one.severity], one.where, one.message) for one in ranked]
        emit_table(("程度", "位置", "问题"), rows)
        tell(f"共 {len(findings)} 处，其中必须改正的 {counts['error']} 处。")
    if grave(findings):
        raise click.exceptions.Exit(1)


@contextmanager
def _library(desk: Desk, against: Path | None) -> Iterator[Library]:
    """The corpus at hand, or the knowledge over the texts of a folder."""
    library = desk.library()
    if against is None:
        yield library
        return
    if not against.is_dir():
        raise RefusedInput("no_such_path", f"法规文件夹不存在：{against}")
    tell(f"正在读取 {against} 里被引用的法规……")
    with tempfile.TemporaryDirectory(prefix="advisor-lint-") as scratch:
        yield open_collection(against, library.knowledge, Path(scratch, "corpus.db"))


def _of_town(library: Library) -> Iterator[Finding]:
    """What is wrong in the town's own files, and what in them has no effect."""
    town = library.knowledge.town
    yield from (Finding("error", "本地知识", told) for told in town.faults)
    yield from (Finding("warning", "本地知识", told) for told in town.notes)


def _version(row: dict[str, object]) -> dict[str, object]:
    return {name: None if value is None else str(value) for name, value in row.items()}


@click.command(
    help="自带知识的说明：格式、完整示例、本地如何增改，以及按事项和大类的数量（Markdown）。"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件。")
def describe(out: Path | None) -> None:
    """The handbook of the shipped knowledge, written anew from it."""
    text = handbook(load_knowledge())
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    tell(f"已写入 {out}")
