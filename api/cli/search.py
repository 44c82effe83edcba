"""``advisor search``: one query for a person, or a file of queries for a program."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, TypedDict, Unpack

import click

from advisor import clock
from advisor.errors import RefusedInput
from api import labels
from api.cli.desk import (
    Desk,
    date_option,
    json_option,
    pass_desk,
    read_file,
    read_input,
    region_option,
)
from api.cli.output import emit_json, emit_table
from api.convert import doubt, hit_out
from api.queries import simplified
from api.schemas.law import HitOut, SearchOut
from corpus.region import format_region
from indexer.batch import answer_rows, read_rows
from indexer.retriever import Hit


class SearchOptions(TypedDict):
    """The options of ``advisor search`` as click hands them over."""

    text: str | None
    kind: Literal["statute", "case"]
    k: int
    region: str | None
    on: date | None
    queries: Path | None
    out: Path | None
    as_json: bool


_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN_CHARACTERS = 120


@click.command(help="检索法条或案例。TEXT 为检索词、一段话或 -；也可用 --queries 批量检索。")
@click.argument("text", required=False)
@click.option("--kind", type=click.Choice(["statute", "case"]), default="statute", help="查什么。")
@click.option("--k", type=click.IntRange(1, 1000), default=10, help="条数，缺省 10。")
@region_option
@date_option
@click.option(
    "--queries", type=_FILE, help="批量检索的 JSONL 文件（id, question, as_of, region）。"
)
@click.option("--out", type=_FILE, help="批量结果写到这个 JSONL 文件。")
@json_option
@pass_desk
def search(desk: Desk, **options: Unpack[SearchOptions]) -> None:
    """Search once, or once for each row of a file."""
    if options["queries"] or options["out"]:
        _batch(desk, options)
    else:
        _once(desk, options)


def _once(desk: Desk, options: SearchOptions) -> None:
    query = simplified(read_input(options["text"])).strip()
    if not query:
        raise RefusedInput("empty_query", "检索词为空，请给出检索词。")
    place, day = desk.region(options["region"]), options["on"] or clock.today()
    services = desk.services()
    kind = options["kind"]
    hits: tuple[Hit, ...] = services.retriever.search(
        query, kind=kind, k=options["k"], as_of=day, region=place
    )
    found = SearchOut(
        query=query,
        kind=kind,
        as_of=day,
        region=format_region(place),
        hits=tuple(hit_out(rank, hit) for rank, hit in enumerate(hits, start=1)),
        corpus_as_of=services.library.as_of,
        note=doubt(hits),
    )
    if options["as_json"]:
        emit_json(found)
    else:
        _show(found)


def _show(found: SearchOut) -> None:
    if not found.hits:
        click.echo("没有找到相关内容。")
        return
    if found.note:
        click.echo(found.note)
    rows = [(str(one.rank), _name(one), _facts(one), _shortened(one.text)) for one in found.hits]
    emit_table(("序", "名称", "类别", "内容"), rows)


def _name(hit: HitOut) -> str:
    return f"《{hit.title}》{hit.article}" if hit.article else hit.title


def _facts(hit: HitOut) -> str:
    kind = labels.TEXT_KIND[hit.text_kind] if hit.text_kind else "案例"
    status = labels.STATUS[hit.status] if hit.status else ""
    return " ".join(one for one in (kind, status, hit.region) if one)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARACTERS else f"{flat[:_SHOWN_CHARACTERS]}……"


def _batch(desk: Desk, options: SearchOptions) -> None:
    source, target = options["queries"], options["out"]
    if source is None or target is None:
        raise click.UsageError("--queries 与 --out 必须一起使用。")
    if options["kind"] != "statute" or options["text"] is not None:
        raise click.UsageError("批量检索只查法条，且不与 TEXT 同用。")
    place, day = desk.region(options["region"]), options["on"] or clock.today()
    rows = tuple(read_rows(read_file(source).splitlines()))
    retriever = desk.services().retriever
    answers = answer_rows(rows, retriever, k=options["k"], as_of=day, region=place)
    _write_lines(target, (answer.model_dump_json() for answer in answers))
    if options["as_json"]:
        emit_json({"queries": len(rows), "out": str(target)})
    else:
        click.echo(f"已检索 {len(rows)} 条，结果写入 {target}")


def _write_lines(target: Path, lines: Iterable[str]) -> None:
    """Written aside and renamed, so that a run cut short leaves no half file."""
    aside = target.with_name(f".{target.name}.part")
    try:
        with aside.open("w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
