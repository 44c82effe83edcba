"""``advisor cite``: check what a text cites."""

from datetime import date

import click

from advisor import clock
from api import labels
from api.cli.desk import Desk, date_option, json_option, pass_desk, read_input, region_option
from api.cli.output import emit_json, emit_table
from api.convert import citation_out
from api.schemas.law import CitationsOut
from corpus.citation_check import check_text


@click.group(help="核对法条引用。")
def cite() -> None:
    """Group of one noun."""


@cite.command(help="逐条核对文本里的法条引用。FILE 为文本文件或 -（标准输入）。")
@click.argument("file", required=False)
@region_option
@date_option
@json_option
@pass_desk
def check(
    desk: Desk, file: str | None, region: str | None, on: date | None, *, as_json: bool
) -> None:
    """One verdict for each citation, in the order of the text."""
    text = read_input(file)
    verdicts = check_text(
        text, desk.library(), as_of=on or clock.today(), region=desk.region(region)
    )
    found = CitationsOut(citations=tuple(map(citation_out, verdicts)))
    if as_json:
        emit_json(found)
    elif not found.citations:
        click.echo("没有找到法条引用。")
    else:
        emit_table(
            ("引用", "结论", "说明", "建议"),
            [
                (one.text, labels.VERDICT[one.verdict], one.reason, one.suggestion or "")
                for one in found.citations
            ],
        )
