"""The desk: what every command works with, and the options many of them share."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from socket import socket

import click

from advisor.adoption.record import Recorder
from advisor.bootstrap import (
    Services,
    open_law_watch,
    open_library,
    open_recorder,
    open_services,
)
from advisor.jobs.crew import WORKER
from advisor.law_change import LawWatch
from advisor.settings import Settings
from api.cli.listening import listen
from corpus.decoding import decode_text
from corpus.errors import UnreadableDocument
from corpus.library import Library
from corpus.model import Region
from corpus.region import parse_region
from corpus.store import CorpusStore


def _open_services(settings: Settings, on_progress: Callable[[str], None]) -> Services:
    return open_services(settings, on_progress=on_progress)


def _open_store(settings: Settings) -> CorpusStore:
    settings.home.mkdir(parents=True, exist_ok=True)
    return CorpusStore(settings.corpus_path)


@dataclass(frozen=True, slots=True)
class Desk:
    """Settings, and how to open things; a test hands in its own ways."""

    settings: Settings
    store_of: Callable[[Settings], CorpusStore] = _open_store
    services_of: Callable[[Settings, Callable[[str], None]], Services] = _open_services
    library_of: Callable[[Settings], Library] = open_library
    recorder_of: Callable[[Settings], Recorder] = open_recorder
    listen: Callable[[Services, socket], None] = listen
    worker: Sequence[str] = WORKER

    def services(self) -> Services:
        """Everything, opened now; progress is told on stderr."""
        return self.services_of(self.settings, tell)

    def library(self) -> Library:
        """The corpus alone, without index or advice store."""
        return self.library_of(self.settings)

    def recorder(self) -> Recorder:
        """The store of advice and what was said of it, without index or corpus."""
        return self.recorder_of(self.settings)

    def law_watch(self) -> LawWatch | None:
        """The articles that stored advices cite; None where no advice was ever stored."""
        return open_law_watch(self.settings)

    def store(self) -> CorpusStore:
        """The file the corpus is kept in."""
        store = self.store_of(self.settings)
        if store.notice:
            tell(store.notice)
        return store

    def region(self, named: str | None) -> Region:
        """The place named, or the default one.

        Raises:
            UnknownRegion: The name is not known.
        """
        return parse_region(named or self.settings.region)


pass_desk = click.make_pass_decorator(Desk)


class DateParameter(click.ParamType[date]):
    """A day written 2025-03-01."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a usage error in Chinese."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("不是有效日期，写法如 2025-03-01。", param, ctx)


json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
region_option = click.option("--region", metavar="属地", help="属地，缺省取 ADVISOR_REGION。")
date_option = click.option(
    "--date", "on", type=DateParameter(), metavar="日期", help="按哪一天的法律，缺省为今天。"
)


def tell(message: str) -> None:
    """Say on stderr what is being done, so that stdout holds the result alone."""
    click.echo(message, err=True)


def read_input(named: str | None) -> str:
    """The text of an argument: a file's content, ``-`` for stdin, else the argument itself.

    Raises:
        UnreadableDocument: The content is binary or in no known encoding.
    """
    if named is None and sys.stdin.isatty():
        raise click.UsageError("请给出内容，或用 - 从标准输入读取。")
    if named is None or named == "-":
        return decode_text(sys.stdin.buffer.read())
    path = as_file(named)
    if path is not None:
        return read_file(path)
    # Undecodable bytes of an argument arrive as surrogates; the bytes themselves may be GB18030.
    return decode_text(os.fsencode(named))


def read_file(path: Path) -> str:
    """A text file in UTF-8, UTF-16 or GB18030.

    Raises:
        UnreadableDocument: Binary content or no known encoding; the message names the file.
    """
    try:
        return decode_text(path.read_bytes())
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{path.name}：{error}") from error


def as_file(named: str) -> Path | None:
    """The file of this name; None when the argument is a text."""
    if len(os.fsencode(named)) > 255 or "\n" in named:
        return None
    path = Path(named)
    return path if path.is_file() else None
