"""How results reach the terminal: JSON, a table, or lines; plain when piped."""

import json
import sys
from collections.abc import Mapping, Sequence

import click
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

Json = Mapping[str, object] | Sequence[object]


def emit_json(value: BaseModel | Json) -> None:
    """One JSON document on stdout, in readable Chinese."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))


def on_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()


def console() -> Console:
    """A console on stdout as it is now."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=False)


def emit_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table for a person; tab-separated lines when piped."""
    if not on_terminal():
        for row in rows:
            click.echo("\t".join(row))
        return
    table = Table(*columns, header_style="bold", expand=False)
    for row in rows:
        table.add_row(*row)
    console().print(table)
