"""``advisor advise``: the four parts for one complaint."""

from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor.documents import write_advice_docx
from advisor.model import AdviceRequest, RequestedMode
from api.cli.desk import DateParameter, Desk, json_option, pass_desk, read_input, region_option
from api.cli.output import console, emit_json, on_terminal
from api.cli.progress import Progress
from api.cli.render import print_advice
from api.plain import advice_text
from api.schemas.advice import AdviceOut


class AdviseOptions(TypedDict):
    """What can be told besides the complaint."""

    region: str | None
    occurred_on: date | None
    mode: RequestedMode
    paper: Path | None
    as_json: bool


@click.command(help="对一件诉求给出四部分建议。TEXT 为诉求原文、文本文件或 -（标准输入）。")
@click.argument("text", required=False)
@region_option
@click.option("--date", "occurred_on", type=DateParameter(), metavar="日期", help="事发日期。")
@click.option(
    "--mode",
    type=click.Choice(["auto", "llm", "extractive"]),
    default="auto",
    help="生成方式，缺省自动。",
)
@click.option(
    "--docx",
    "paper",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="另存为 Word 文档。",
)
@json_option
@pass_desk
def advise(desk: Desk, text: str | None, **options: Unpack[AdviseOptions]) -> None:
    """Advise, store, print, and write the paper asked for."""
    complaint = read_input(text)
    request = AdviceRequest(
        text=complaint,
        region=options["region"],
        occurred_on=options["occurred_on"],
        mode=options["mode"],
    )
    advice = desk.services().advise(request, on_event=Progress())
    show_advice(AdviceOut.of(advice), as_json=options["as_json"])
    if paper := options["paper"]:
        write_advice_docx(advice, paper)
        click.echo(f"已写入 {paper}", err=True)


def show_advice(advice: AdviceOut, *, as_json: bool) -> None:
    """An advice on stdout: JSON when asked, rich on a terminal, plain text when piped."""
    if as_json:
        emit_json(advice)
    elif on_terminal():
        print_advice(advice, console())
    else:
        click.echo(advice_text(advice))
