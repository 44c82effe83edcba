"""``advisor advise``: the four parts for one complaint."""

from datetime import date

import click

from advisor.model import AdviceRequest, RequestedMode
from api.cli.desk import DateParameter, Desk, json_option, pass_desk, read_input, region_option
from api.cli.output import console, emit_json, on_terminal
from api.cli.progress import Progress
from api.cli.render import print_advice
from api.plain import advice_text
from api.schemas.advice import AdviceOut


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
@json_option
@pass_desk
def advise(
    desk: Desk,
    text: str | None,
    region: str | None,
    occurred_on: date | None,
    mode: RequestedMode,
    *,
    as_json: bool,
) -> None:
    """Advise, store, print."""
    complaint = read_input(text)
    request = AdviceRequest(text=complaint, region=region, occurred_on=occurred_on, mode=mode)
    advice = desk.services().advise(request, on_event=Progress())
    show_advice(AdviceOut.of(advice), as_json=as_json)


def show_advice(advice: AdviceOut, *, as_json: bool) -> None:
    """An advice on stdout: JSON when asked, rich on a terminal, plain text when piped."""
    if as_json:
        emit_json(advice)
    elif on_terminal():
        print_advice(advice, console())
    else:
        click.echo(advice_text(advice))
