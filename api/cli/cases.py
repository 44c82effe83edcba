"""``advisor cases``: resolved cases of one's own, beside those we ship."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor import clock
from advisor.errors import RefusedInput
from advisor.ledger import CaseWriter, Imported, LedgerFile, import_ledger
from advisor.matter import MatterRecognizer
from api.cli.collect import no_index_option, progress_bar, refresh_index
from api.cli.desk import Desk, json_option, pass_desk, region_option
from api.cli.output import emit_json
from api.schemas.cases import CasesOut, ImportOut
from corpus.decoding import decode_text
from corpus.documents import hash_of_file
from corpus.errors import CorpusError, KnowledgeError, UnreadableDocument
from corpus.knowledge import read_records
from corpus.ledger_columns import ColumnMap, read_map
from corpus.ledger_rows import ENDINGS, read_ledger
from corpus.limited_parser import LimitedParser
from corpus.model import Case
from corpus.region import parse_region
from corpus.store import CorpusStore
from corpus.store_rows import Contents, FileRecord

_RECORDS = (".yaml", ".yml")
_SHOWN = 10


class AddOptions(TypedDict):
    """The options of ``advisor cases add`` as click hands them over."""

    files: tuple[Path, ...]
    mapped: Path | None
    region: str | None
    no_index: bool
    as_json: bool


@click.group(help="办结案例：收入本地案例。")
def cases() -> None:
    """Group of one noun."""


@cases.command(
    help="收入办结案例。台账（.xlsx .csv .docx .json）按列名识别，写入前去除个人信息，"
    "没有办理结果的不收；案例文件（.yaml .json）一个文件一个或多个案例。"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--map",
    "mapped",
    type=click.Path(path_type=Path, dir_okay=False),
    help="列名对照（YAML，如“答复: 办结说明”），列名与常见写法不同时用。",
)
@region_option
@no_index_option
@json_option
@pass_desk
def add(desk: Desk, **options: Unpack[AddOptions]) -> None:
    """Check every file, then store them all, then index."""
    files, mapped, named = options["files"], options["mapped"], options["region"]
    region = parse_region(named) if named else ()
    told = _map(mapped) if mapped else {}
    records = [_records(path) for path in files if _holds_records(path)]
    ledgers = _ledgers([path for path in files if not _holds_records(path)], told)
    knowledge = desk.library().knowledge
    _refuse_twins({case.id for case in knowledge.cases}, records)
    store = desk.store()
    replaced = store.case_ids() & {case.id for one in records for case in one.cases}
    _store(store, records)
    writer = CaseWriter(MatterRecognizer.of(knowledge), knowledge.playbooks, region, clock.today())
    imported = [(one.name, _import(store, one, writer)) for one in ledgers]
    generation = None if options["no_index"] else refresh_index(desk)
    out = CasesOut(
        cases=tuple(_ids(records, imported)),
        replaced=tuple(sorted(replaced)),
        ledgers=tuple(ImportOut.of(name, done) for name, done in imported),
        index=generation,
    )
    if options["as_json"]:
        emit_json(out)
    else:
        _show(out, {book.id: book.name for book in knowledge.playbooks})


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file of cases, read and checked."""

    path: Path
    cases: tuple[Case, ...]


def _holds_records(path: Path) -> bool:
    """Whether a file holds cases as we write them; a ledger in JSON has other fields."""
    ending = path.suffix.lower()
    if ending in _RECORDS or ending not in ENDINGS:
        return True
    if ending != ".json":
        return False
    with suppress(OSError, UnreadableDocument, ValueError, RecursionError):
        content = json.loads(decode_text(path.read_bytes()))
        first = content[0] if isinstance(content, list) and content else content
        return isinstance(first, dict) and {"facts", "measures"} <= first.keys()
    return False


def _records(path: Path) -> CaseFile:
    _refuse_absent(path)
    if path.suffix.lower() not in (*_RECORDS, ".json"):
        known = " ".join((*_RECORDS, *ENDINGS))
        raise RefusedInput("case_file", f"{path.name}：不支持的格式，可用：{known}")
    try:
        found = read_records(path, Case)
    except KnowledgeError as error:
        raise RefusedInput("case_file", str(error)) from error
    if not found:
        raise RefusedInput("case_file", f"{path.name} 里没有案例。")
    return CaseFile(path.resolve(), found)


def _refuse_absent(path: Path) -> None:
    if not path.is_file():
        raise RefusedInput("no_such_path", f"文件不存在：{path}")


def _map(path: Path) -> ColumnMap:
    _refuse_absent(path)
    try:
        return read_map(path)
    except CorpusError as error:
        raise RefusedInput("column_map", str(error)) from error


def _ledgers(paths: Sequence[Path], told: ColumnMap) -> tuple[LedgerFile, ...]:
    """Every file is read before any is stored."""
    for path in paths:
        _refuse_absent(path)
    with LimitedParser() as parser:
        found = [(path, read_ledger(path, parser, told)) for path in paths]
    for path, ledger in found:
        for table in ledger.unread:
            click.echo(f"{path.name}：“{table}”没有台账的列，未读。", err=True)
    return tuple(
        LedgerFile(path.name, hash_of_file(path), path.stat().st_size, ledger.items)
        for path, ledger in found
    )


def _import(store: CorpusStore, ledger: LedgerFile, writer: CaseWriter) -> Imported:
    with progress_bar("收入") as seen:
        return import_ledger(store, ledger, writer, seen)


def _refuse_twins(shipped: set[str], read: Sequence[CaseFile]) -> None:
    """An id names one case; a case we ship is never replaced."""
    seen: set[str] = set()
    for one in read:
        for case in one.cases:
            if case.id in shipped or case.id in seen:
                raise RefusedInput("case_id", f"{one.path.name}：案例编号 {case.id} 已被使用。")
            seen.add(case.id)


def _store(store: CorpusStore, read: Sequence[CaseFile]) -> None:
    if not read:
        return
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


def _ids(read: Sequence[CaseFile], imported: Sequence[tuple[str, Imported]]) -> Iterator[str]:
    for one in read:
        yield from (case.id for case in one.cases)
    for _, done in imported:
        yield from (*done.added, *done.changed)


def _show(out: CasesOut, names: dict[str, str]) -> None:
    if len(out.cases) <= _SHOWN:
        listed = f"：{'、'.join(out.cases)}" if out.cases else ""
        click.echo(f"已收入案例 {len(out.cases)} 个{listed}")
    else:
        click.echo(f"已收入案例 {len(out.cases)} 个。")
    if out.replaced:
        click.echo(f"其中 {len(out.replaced)} 个替换了原有的同编号案例。")
    for one in out.ledgers:
        _show_import(one, names)


def _show_import(one: ImportOut, names: dict[str, str]) -> None:
    click.echo(
        f"{one.file}：共 {one.rows} 行，新增 {one.added}，更新 {one.changed}，"
        f"原已收入 {one.unchanged}，未收 {len(one.skipped)}。"
    )
    for reason, count in one.reasons.items():
        click.echo(f"  未收 {count} 行：{reason}")
    ranked = sorted(one.matters.items(), key=lambda pair: -pair[1])
    told = "、".join(f"{names.get(id_, '未识别')} {count}" for id_, count in ranked[:_SHOWN])
    if told:
        click.echo(f"  事项：{told}" + ("……" if len(ranked) > _SHOWN else ""))
    if one.skipped:
        click.echo("  每一行未收的原因见 --json。")
