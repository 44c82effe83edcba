"""``advisor corpus affected``: stored advices that cite what is no longer so."""

from collections.abc import Sequence

import click

from advisor import clock
from advisor.law_change import LawMark, check_laws
from api import labels
from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.output import emit_json, emit_table
from api.schemas.corpus import AffectedOut

_SHOWN = 20


@click.command(help="列出引用了已修改、废止条文的建议：先按现在的法规库核对一遍，再全部列出。")
@json_option
@pass_desk
def affected(desk: Desk, *, as_json: bool) -> None:
    """Examine what changed, then list every mark that concerns somebody."""
    newly_affected(desk)
    watch = desk.law_watch()
    marks = watch.marks() if watch is not None else ()
    if as_json:
        emit_json([AffectedOut.of(one).model_dump(mode="json") for one in marks])
        return
    rows = [
        (one.advice_id, labels.LAW_FINDING[one.finding.verdict], one.finding.told) for one in marks
    ]
    emit_table(("建议编号", "情况", "说明"), rows)


def newly_affected(desk: Desk) -> tuple[LawMark, ...]:
    """Examine the laws that look otherwise than before; the marks that are new.

    Raises:
        CorpusError: The corpus cannot be read.
        StoreUnavailable: The advice store cannot be used.
    """
    watch = desk.law_watch()
    if watch is None or not watch.laws():
        return ()
    tell("正在核对已存建议引用的条文……")
    return check_laws(desk.library(), watch, clock.today())


def show_affected(marks: Sequence[LawMark]) -> None:
    """The new marks for a person; silent where there are none."""
    if not marks:
        return
    advices = len({one.advice_id for one in marks})
    click.echo(f"有 {advices} 份已存建议引用的条文发生了变化，已作标记：")
    for one in marks[:_SHOWN]:
        click.echo(
            f"  {one.advice_id}　{labels.LAW_FINDING[one.finding.verdict]}：{one.finding.told}"
        )
    if len(marks) > _SHOWN:
        click.echo("  ……其余见 advisor corpus affected")
