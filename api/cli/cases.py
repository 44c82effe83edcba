"""``advisor cases``: resolved cases of one's own, beside those we ship."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.errors import RefusedInput
from api.cli.collect import no_index_option, refresh_index
from api.cli.desk import Desk, json_option, pass_desk
from api.cli.output import emit_json
from corpus.errors import KnowledgeError
from corpus.knowledge import read_records
from corpus.model import Case
from corpus.store import CorpusStore
from corpus.store_rows import Contents, FileRecord


@click.group(help="办结案例：收入本地案例。")
def cases() -> None:
    """Group of one noun."""


@cases.command(help="收入办结案例（YAML 或 JSON，一个文件一个或多个案例）。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@no_index_option
@json_option
@pass_desk
def add(desk: Desk, files: tuple[Path, ...], *, no_index: bool, as_json: bool) -> None:
    """Check every file, then store them all, then index."""
    read = [_read(path) for path in files]
    _refuse_twins(desk, read)
    store = desk.store()
    ids = [case.id for one in read for case in one.cases]
    replaced = {case.id for case in store.cases()} & set(ids)
    _store(store, read)
    generation = None if no_index else refresh_index(desk)
    if as_json:
        emit_json({"cases": ids, "replaced": sorted(replaced), "index": generation})
        return
    click.echo(f"已收入案例 {len(ids)} 个：{'、'.join(ids)}")
    if replaced:
        click.echo(f"其中 {len(replaced)} 个替换了原有的同编号案例。")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file of cases, read and checked."""

    path: Path
    cases: tuple[Case, ...]


def _read(path: Path) -> CaseFile:
    if not path.is_file():
        raise RefusedInput("no_such_path", f"文件不存在：{path}")
    try:
        found = read_records(path, Case)
    except KnowledgeError as error:
        raise RefusedInput("case_file", str(error)) from error
    if not found:
        raise RefusedInput("case_file", f"{path.name} 里没有案例。")
    return CaseFile(path.resolve(), found)


def _refuse_twins(desk: Desk, read: Sequence[CaseFile]) -> None:
    """An id names one case; a case we ship is never replaced."""
    shipped = {case.id for case in desk.library().knowledge.cases}
    seen: set[str] = set()
    for one in read:
        for case in one.cases:
            if case.id in shipped or case.id in seen:
                raise RefusedInput("case_id", f"{one.path.name}：案例编号 {case.id} 已被使用。")
            seen.add(case.id)


def _store(store: CorpusStore, read: Sequence[CaseFile]) -> None:
    with store.writing() as writer:
        for one in read:
            stat = one.path.stat()
            sha256 = hashlib.sha256(one.path.read_bytes()).hexdigest()
            record = FileRecord(
                root=str(one.path.parent),
                name=one.path.name,
                container=one.path.name,
                size=stat.st_size,
                mtime_ns=stat.st_mtime_ns,
                sha256=sha256,
                container_sha256=sha256,
                outcome="case",
            )
            writer.put(record, Contents(cases=one.cases))
