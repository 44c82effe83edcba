"""``advisor triage``: a backlog in, a worked list out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from advisor import clock
from advisor.batch.categories import Filled, Lesson, fill, learn_from, shipped_senses
from advisor.batch.reading import read_mapping
from advisor.errors import RefusedInput
from advisor.jobs.books import Books, open_books
from advisor.jobs.crew import Crew, size_of
from advisor.jobs.export import write_papers, write_result
from advisor.jobs.model import Batch, BatchOrder
from advisor.jobs.office import (
    check_model,
    existing,
    hand_in,
    sha256_of,
    stop,
    summary_of,
    take_up_again,
)
from advisor.model import Advice, Mode
from advisor.settings import Settings
from advisor.store import open_store
from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.output import emit_json

_LOOK_SECONDS = 0.2
_ENDINGS = (".xlsx", ".jsonl")
_STATES = {
    "taken": "准备",
    "reading": "读入",
    "working": "研判",
    "grouping": "归并",
    "done": "完成",
    "paused": "已停止",
    "failed": "未完成",
}
_FILE = click.Path(path_type=Path, dir_okay=False)


class _Options(TypedDict):
    out: Path
    resume: bool
    workers: int | None
    mapping: Path | None
    mode: Mode
    max_cost: Decimal | None
    categories_from: Path | None
    category_scheme: Path | None
    docx: Path | None
    as_json: bool


class DecimalParameter(click.ParamType[Decimal]):
    """An amount such as 12.50."""

    name = "金额"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """The amount, or a usage error in Chinese."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            self.fail("不是有效金额，写法如 12.50。", param, ctx)
        return amount


@click.command(help="批量研判：台账进（xlsx、csv、jsonl），办理清单出。IN 为台账文件。")
@click.argument("source", metavar="IN", type=_FILE)
@click.option("--out", required=True, type=_FILE, metavar="OUT", help="结果：.xlsx 或 .jsonl。")
@click.option("--resume", is_flag=True, help="接着做这份台账上次没有做完的批次。")
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="工作进程数，缺省按核数。"
)
@click.option("--mapping", type=_FILE, metavar="F", help="列名对照（YAML），用于列名不同的台账。")
@click.option(
    "--mode",
    type=click.Choice(["extractive", "llm"]),
    default="extractive",
    help="llm：每条再由大模型写建议；缺省不用大模型。",
)
@click.option(
    "--max-cost", type=DecimalParameter(), help="大模型费用上限，用完后其余各条不用大模型。"
)
@click.option(
    "--categories-from",
    type=_FILE,
    metavar="F",
    help="从这份已分类的台账学习其类别，为没有类别的诉求填写；可以就是 IN 本身。",
)
@click.option(
    "--category-scheme",
    type=_FILE,
    metavar="F",
    help="类别体系表（每行：类别、下级……），与 --categories-from 同用，分得更准。",
)
@click.option(
    "--docx",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="另为每件写处置建议单、为每组写会商单（Word）。",
)
@json_option
@pass_desk
def triage(desk: Desk, source: Path, **options: Unpack[_Options]) -> None:
    """Hand in, work, write; Ctrl+C leaves a batch that can be resumed."""
    out = options["out"]
    _check_out(out)
    order = _order(desk.settings, source, options)
    lesson = _lesson(options, order)
    books = open_books(desk.settings.store_url)
    batch = _begin(books, order, source, resume=options["resume"])
    try:
        _work(desk, books, batch, options["workers"])
    except KeyboardInterrupt:
        batch = stop(books, batch.id)
        tell("已停止；已有结果照常写出，加 --resume 可接着做。")
    batch = existing(books, batch.id)
    if batch.state == "failed":
        raise RefusedInput("batch_failed", batch.reason)
    filled = _filled(books, batch, lesson)
    write_result(books, batch, out, filled)
    if options["docx"]:
        _write_papers(desk.settings, books, batch, options["docx"])
    _show(books, batch, out, filled.notes if filled else (), as_json=options["as_json"])
    if batch.state != "done":
        raise click.Abort


def _lesson(options: _Options, order: BatchOrder) -> Lesson | None:
    """What categories are learnt from, read before any work: what does not do is refused now."""
    path, scheme = options["categories_from"], options["category_scheme"]
    if path is None:
        if scheme is not None:
            raise click.UsageError("--category-scheme 要与 --categories-from 同用。")
        return None
    for one in (path, scheme):
        if one is not None and not one.is_file():
            raise RefusedInput("no_such_path", f"文件不存在：{one}")
    return learn_from(path, dict(order.mapping), scheme)


def _filled(books: Books, batch: Batch, lesson: Lesson | None) -> Filled | None:
    if lesson is None:
        return None
    tell("学习类别……")
    return fill(lambda: books.rows.items(batch.id), lesson, shipped_senses())


def _write_papers(settings: Settings, books: Books, batch: Batch, folder: Path) -> None:
    store = open_store(settings.store_url)

    def advice_of(advice_id: str) -> Advice | None:
        found = store.get(advice_id)
        return Advice.model_validate_json(found.payload) if found else None

    count = write_papers(books, batch, folder, advice_of)
    store.close()
    tell(f"已写出 Word 文件 {count} 份：{folder}")


def _check_out(out: Path) -> None:
    if out.suffix.lower() not in _ENDINGS:
        raise click.UsageError("OUT 应以 .xlsx 或 .jsonl 结尾。")
    if not out.parent.is_dir():
        raise RefusedInput("no_such_path", f"文件夹不存在：{out.parent}")


def _order(settings: Settings, source: Path, options: _Options) -> BatchOrder:
    if not source.is_file():
        raise RefusedInput("no_such_path", f"文件不存在：{source}")
    mapping = read_mapping(options["mapping"]) if options["mapping"] else {}
    check_model(settings, options["mode"], options["max_cost"])
    return BatchOrder(
        source=source.name,
        today=clock.today(),
        mode=options["mode"],
        path=str(source.resolve()),
        mapping=tuple((name, tuple(theirs)) for name, theirs in mapping.items()),
        max_cost=options["max_cost"],
    )


def _begin(books: Books, order: BatchOrder, source: Path, *, resume: bool) -> Batch:
    sha256 = sha256_of(source)
    if resume:
        earlier = [one for one in books.batches.of_file(sha256) if one.state != "done"]
        if earlier:
            tell(f"接着做 {earlier[0].created_at:%Y-%m-%d %H:%M} 交办的批次。")
            return take_up_again(books, earlier[0].id)
        tell("这份台账没有未做完的批次，从头开始。")
    return hand_in(books, order, sha256)


def _work(desk: Desk, books: Books, batch: Batch, workers: int | None) -> None:
    size = workers or size_of(desk.settings)
    with Crew(desk.settings, books, size, desk.worker) as crew, _bar() as (bar, task):
        while True:
            progress = books.progress(batch.id)
            if progress is None or progress.batch.ended:
                return
            bar.update(
                task,
                description=_STATES[progress.batch.state],
                total=progress.batch.rows,
                completed=progress.finished,
            )
            crew.watch()
            time.sleep(_LOOK_SECONDS)


@contextmanager
def _bar() -> Iterator[tuple[Progress, TaskID]]:
    """A progress bar on stderr; silent when stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield bar, bar.add_task("准备", total=None)


def _show(books: Books, batch: Batch, out: Path, notes: tuple[str, ...], *, as_json: bool) -> None:
    summary = summary_of(books, batch)
    summary = summary.model_copy(update={"notes": (*summary.notes, *notes)})
    groups = books.groups.find(batch.id)
    if as_json:
        emit_json(
            {
                **summary.model_dump(mode="json"),
                "state": batch.state,
                "out": str(out),
                "duplicates": len(groups.duplicates),
                "clusters": len(groups.clusters),
                "warnings": len(groups.warnings),
                "spent": str(batch.spent),
            }
        )
        return
    click.echo(
        f"{summary.source}：共 {summary.rows} 行，"
        f"已研判 {summary.worked}，未处理 {summary.unworked}。"
    )
    click.echo(
        f"重复反映 {len(groups.duplicates)} 件，一类事 {len(groups.clusters)} 组，"
        f"预警 {len(groups.warnings)} 条。"
    )
    for note in summary.notes:
        click.echo(f"注意：{note}")
    click.echo(f"结果：{out}")
    click.echo(summary.ai_label)
