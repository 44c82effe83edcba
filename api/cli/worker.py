"""``advisor worker``: workers for batches on a server, until stopped."""

import signal
import threading

import click

from advisor.jobs.books import open_books
from advisor.jobs.crew import Crew, size_of
from api.cli.desk import Desk, pass_desk, tell

_LOOK_SECONDS = 0.5


@click.command(help="启动批次的工作进程，直到按 Ctrl+C 或收到终止信号；可在多台机器上运行。")
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="工作进程数，缺省按核数。"
)
@pass_desk
def worker(desk: Desk, workers: int | None) -> None:
    """Keep a crew up; it takes what is in the books."""
    books = open_books(desk.settings.store_url)
    size = workers or size_of(desk.settings)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with Crew(desk.settings, books, size, desk.worker) as crew:
        tell(f"已启动 {size} 个工作进程，等待批次。")
        while not stop.wait(_LOOK_SECONDS):
            crew.watch()
