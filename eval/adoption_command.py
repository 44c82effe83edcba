"""``advisor-eval adoption``: the figures of adoption, worked out from the trail alone."""

from datetime import date, datetime
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict

from advisor import clock
from advisor.adoption.fold import agree, bare, fold
from advisor.adoption.report import AdoptionReport, Period, report
from advisor.bootstrap import open_recorder
from advisor.settings import Settings
from corpus.knowledge import load_knowledge
from eval.adoption_page import Page, page
from eval.adoption_table import table


class AdoptionRun(BaseModel):
    """One run: the figures, and whether the counters the service keeps equal the trail."""

    model_config = ConfigDict(frozen=True)

    entries: int
    counters_equal_trail: bool
    report: AdoptionReport


@click.command(help="采纳情况：从只增不改的登记流水重新计算，并与服务的计数核对。")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="从哪一天给出的建议算起。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="算到哪一天给出的建议。")
@click.option(
    "--origin",
    type=click.Choice(["service", "import"]),
    default="service",
    help="service 本服务的建议，import 导入的以往记录。",
)
@click.option(
    "--report",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写出一个自带图表的 HTML 文件。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def adoption(
    since: datetime | None, until: datetime | None, origin: str, out: Path | None, *, as_json: bool
) -> None:
    """Fold the trail, count, compare with the counters."""
    log = open_recorder(Settings()).log
    standings, trail = log.standings(), log.entries()
    period = Period(_day(since), _day(until), "import" if origin == "import" else "service")
    run = AdoptionRun(
        entries=len(trail),
        counters_equal_trail=agree(standings, trail),
        report=report(fold(map(bare, standings), trail), trail, period, clock.today()),
    )
    names = {book.id: book.name for book in load_knowledge().playbooks}
    if out is not None:
        out.write_text(page(Page(run.report, names, run.counters_equal_trail)), encoding="utf-8")
    click.echo(run.model_dump_json() if as_json else table(run.report, names))
    if not run.counters_equal_trail:
        click.echo("服务的计数与登记流水不一致，以上按流水计算；请保留数据库并报告。", err=True)
        raise SystemExit(1)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None
