"""``advisor corpus``: what law is at hand, and each article at a date."""

from collections.abc import Iterator
from datetime import date

import click

from advisor import clock
from advisor.errors import RefusedInput
from api import labels
from api.cli.affected import affected
from api.cli.citing import read_reference
from api.cli.collect import add, pull
from api.cli.desk import Desk, date_option, json_option, pass_desk
from api.cli.knowledge import describe, lint
from api.cli.output import emit_json, emit_table
from api.convert import article_out, statute_out
from api.schemas.corpus import CorpusStatusOut, TownOut
from api.schemas.law import ArticleOut, StatuteOut
from corpus.library import Library
from corpus.model import Status, TextKind
from corpus.numerals import format_article
from corpus.status import corpus_status


@click.group(help="法规库：读入、下载、查看。")
def corpus() -> None:
    """Group of one noun."""


corpus.add_command(add)
corpus.add_command(pull)


@corpus.command(name="list", help="列出法规库里的全部法规及其时效。")
@date_option
@json_option
@pass_desk
def list_(desk: Desk, on: date | None, *, as_json: bool) -> None:
    """Every version of every rule, by title."""
    library, day = desk.library(), on or clock.today()
    known = sorted(library.statutes(), key=lambda one: (one.title, one.part or "", one.id))
    found = [statute_out(one, library, day) for one in known]
    if as_json:
        emit_json([one.model_dump(mode="json") for one in found])
        return
    emit_table(
        ("名称", "效力级别", "地区", "文本", "施行日期", "时效"), [_row(one) for one in found]
    )


def _row(statute: StatuteOut) -> tuple[str, ...]:
    name = f"{statute.title} {statute.part}" if statute.part else statute.title
    return (
        name,
        statute.level.value,
        statute.region,
        labels.TEXT_KIND[statute.text_kind],
        str(statute.effective_from or "不详"),
        labels.STATUS[statute.validity.status],
    )


@corpus.command(help="查看一条法条，如 民法典第二百九十条、民法典290；只写法规名称则列出各版本。")
@click.argument("reference", nargs=-1, required=True, metavar="法条")
@date_option
@json_option
@pass_desk
def show(desk: Desk, reference: tuple[str, ...], on: date | None, *, as_json: bool) -> None:
    """One article in the version of the day, or every version of a rule."""
    library, day = desk.library(), on or clock.today()
    title, number = read_reference(" ".join(reference), library)
    if number is None:
        _show_versions(library, title, day, as_json=as_json)
        return
    view = library.article(title, number, on=day)
    if view is None:
        raise RefusedInput("not_found", _why_absent(library, title, format_article(number)))
    found = article_out(view, library, day)
    if as_json:
        emit_json(found)
    else:
        click.echo("\n".join(_lines(found)))


def _why_absent(library: Library, title: str, article: str) -> str:
    ended = library.successor(title)
    if ended is not None and not library.versions(title):
        after = "、".join(f"《{one}》" for one in ended.successors) or "无接替的法规"
        return f"《{title}》已于 {ended.ended_on} 失效，接替：{after}；库中没有它的文本。"
    return f"《{title}》里没有{article}，或库中尚未收入该条。"


def _show_versions(library: Library, title: str, on: date, *, as_json: bool) -> None:
    found = [statute_out(one, library, on) for one in library.versions(title)]
    if not found:
        raise RefusedInput("not_found", _why_absent(library, title, "任何条文"))
    if as_json:
        emit_json([one.model_dump(mode="json") for one in found])
        return
    emit_table(
        ("名称", "效力级别", "地区", "文本", "施行日期", "时效"), [_row(one) for one in found]
    )


def _lines(found: ArticleOut) -> Iterator[str]:
    yield f"《{found.law}》{found.article}　［{labels.TEXT_KIND[found.text_kind]}］"
    if found.path:
        yield " / ".join(found.path)
    yield from _validity_lines(found)
    yield ""
    yield found.text
    if found.text_kind is TextKind.GIST:
        yield "（以上为本项目归纳的要旨，不是条文原文；读入官方文本后显示原文。）"
    elif found.gist:
        yield f"［要旨］{found.gist}"
    yield ""
    yield f"法规库更新至 {found.corpus_as_of}，查询日期 {found.on}。"


def _validity_lines(found: ArticleOut) -> Iterator[str]:
    statute = found.statute
    validity = statute.validity
    if validity.status is Status.REVISED_SINCE:
        source = f"（依据：{validity.source}）" if validity.source else ""
        yield f"*文本此后已修订，请核对新文本*{source}"
    else:
        yield f"时效：{labels.STATUS[validity.status]}"
    span = f"{validity.since or '不详'} 起"
    if validity.until:
        span += f"，{validity.until} 止"
    yield f"{statute.level.value} · {statute.region} · {span}"
    if validity.note:
        yield validity.note
    if validity.successor:
        yield f"接替：《{validity.successor}》"


@corpus.command(help="法规库总账：收了什么，哪些文件没收、为什么。")
@json_option
@pass_desk
def status(desk: Desk, *, as_json: bool) -> None:
    """Counts, date, and the account of every file."""
    desk.store()
    found = CorpusStatusOut.model_validate(corpus_status(desk.library()))
    if as_json:
        emit_json(found)
        return
    click.echo(
        f"法规 {found.statutes} 部，条文 {found.articles} 条，文件 {found.documents} 份，"
        f"案例 {found.cases} 个；更新至 {found.as_of}。"
    )
    click.echo(f"收入文件 {found.files.read} 个，未收入 {len(found.files.skipped)} 个。")
    for one in found.files.skipped:
        click.echo(f"  {one.path}：{one.reason}")
    _tell_of_town(found.knowledge)


def _tell_of_town(town: TownOut) -> None:
    if town.version:
        click.echo(
            f"本地知识版本 {town.version}：文件 {town.files} 个，新增 {town.added}、"
            f"修改 {town.changed}、停用 {town.off} 条。"
        )
    for told in (*town.faults, *town.notes):
        click.echo(f"  {told}")


corpus.add_command(affected)
corpus.add_command(lint)
corpus.add_command(describe)
