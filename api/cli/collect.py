"""``advisor corpus add`` and ``pull``: texts from disk or network into the corpus and the index."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from advisor.errors import RefusedInput
from advisor.law_change import LawMark
from advisor.retrieval_models import open_embedder
from api.cli.affected import newly_affected, show_affected
from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.output import emit_json
from api.schemas.corpus import AffectedOut, IngestOut, SkippedFileOut
from corpus.ingest import IngestReport
from corpus.ingest import add as ingest
from corpus.pull import pull as pull_source
from corpus.reading import Overrides
from corpus.sources import find_source
from indexer.build import build
from indexer.case_pool import MOST_LOOSE
from indexer.errors import BuildInProgress, SnapshotError
from indexer.snapshot import Snapshot, open_current

_SHOWN_SKIPPED = 20
_PATIENCE_SECONDS = 120
_AGAIN_SECONDS = 0.5
no_index_option = click.option("--no-index", is_flag=True, help="先不重建检索索引。")


@click.command(help="读入法规文件或文件夹（.md .txt .docx .pdf .zip），然后更新检索索引。")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@no_index_option
@json_option
@pass_desk
def add(desk: Desk, paths: tuple[Path, ...], *, no_index: bool, as_json: bool) -> None:
    """Read everything, then index it."""
    _collect(desk, paths, no_index=no_index, as_json=as_json)


@click.command(
    help="下载一套法规再读入。SOURCE 为来源名称、清单文件或网址，缺省为自带清单的第一个来源。"
)
@click.argument("source", required=False)
@no_index_option
@json_option
@pass_desk
def pull(desk: Desk, source: str | None, *, no_index: bool, as_json: bool) -> None:
    """Download, unpack, read, index."""
    wanted = find_source(source)
    tell(f"来源：{wanted.title or wanted.name}　{wanted.url}")
    if wanted.licence:
        tell(f"许可：{wanted.licence}")
    with _bar("下载", DownloadColumn()) as (progress, task):

        def seen(done: int, total: int | None) -> None:
            progress.update(task, completed=done, total=total)

        folder = pull_source(wanted, desk.settings.home / "sources", seen)
    _collect(desk, (folder,), no_index=no_index, as_json=as_json)


def refresh_index(desk: Desk) -> str:
    """The generation that serves the corpus as it is now, built when more than a few cases changed.

    Another process that is building now may not have seen what was just stored: it is waited for.
    """
    tell("正在更新检索索引……")
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _build(desk).generation
        except BuildInProgress:
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)


def _build(desk: Desk) -> Snapshot:
    embedder = open_embedder(desk.settings, tell)
    return build(desk.library(), desk.settings.home, embedder=embedder, loose=MOST_LOOSE)


def _collect(desk: Desk, paths: Sequence[Path], *, no_index: bool, as_json: bool) -> None:
    for path in paths:
        if not path.exists():
            raise RefusedInput("no_such_path", f"路径不存在：{path}")
    store = desk.store()
    with _bar("读入", MofNCompleteColumn()) as (progress, task):

        def seen(done: int, total: int, _name: str) -> None:
            progress.update(task, completed=done, total=total)

        report = ingest(store, paths, seen, overrides=Overrides(home=desk.region(None)))
    generation = None if no_index else _index_after(desk, report)
    marks = newly_affected(desk)
    if as_json:
        emit_json(_out(report, generation, marks))
    else:
        _show(report)
        show_affected(marks)
        if no_index:
            click.echo("检索索引未更新，请稍后运行 advisor index build。")


def _index_after(desk: Desk, report: IngestReport) -> str:
    """Nothing changed and an index is there: comparing the whole corpus again would be for show."""
    if not report.read and not report.gone:
        try:
            return open_current(desk.settings.home).generation
        except SnapshotError:
            return refresh_index(desk)
    return refresh_index(desk)


def _out(report: IngestReport, generation: str | None, marks: Sequence[LawMark]) -> IngestOut:
    return IngestOut(
        read=report.read,
        unchanged=report.unchanged,
        statutes=report.statutes,
        articles=report.articles,
        documents=report.documents,
        cases=report.cases,
        skipped=tuple(SkippedFileOut(path=one.path, reason=one.reason) for one in report.skipped),
        gone=report.gone,
        index=generation,
        affected=tuple(AffectedOut.of(one) for one in marks),
    )


def _show(report: IngestReport) -> None:
    click.echo(
        f"读入文件 {report.read} 个（未变化 {report.unchanged} 个）：法规 {report.statutes} 部、"
        f"条文 {report.articles} 条、文件 {report.documents} 份、案例 {report.cases} 个。"
    )
    if report.skipped:
        click.echo(f"以下 {len(report.skipped)} 个文件没有收入：")
    for one in report.skipped[:_SHOWN_SKIPPED]:
        click.echo(f"  {one.path}：{one.reason}")
    if len(report.skipped) > _SHOWN_SKIPPED:
        click.echo("  ……其余见 advisor corpus status --json")
    if report.gone:
        click.echo(f"{len(report.gone)} 个文件已不在原处，其内容仍保留。")


@contextmanager
def _bar(
    title: str, count: MofNCompleteColumn | DownloadColumn
) -> Iterator[tuple[Progress, TaskID]]:
    """A progress bar on stderr; silent when stderr is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield progress, progress.add_task(title, total=None)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of things done of all; silent when stderr is no terminal."""
    with _bar(title, MofNCompleteColumn()) as (progress, task):

        def seen(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield seen
