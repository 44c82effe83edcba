"""``advisor serve``: the page and the API of one process."""

import socket

import click
import structlog
import uvicorn

from advisor.bootstrap import Services
from advisor.errors import RefusedInput
from advisor.model import AdviceRequest
from api import logs
from api.app import create_app
from api.cli.advise import show_advice
from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.output import emit_json
from api.demo import EXAMPLE_COMPLAINT
from api.schemas.advice import AdviceOut

_BACKLOG = 128


@click.command(help="启动网页和接口，缺省只在本机 127.0.0.1:8000。")
@click.option("--host", metavar="地址", help="监听地址，缺省取 ADVISOR_HOST。")
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="缺省取 ADVISOR_PORT。")
@click.option("--demo", is_flag=True, help="先在终端给出一件示例诉求的建议。")
@json_option
@pass_desk
def serve(desk: Desk, host: str | None, port: int | None, *, demo: bool, as_json: bool) -> None:
    """Take the address, open everything, say the URL, serve until stopped."""
    host, port = host or desk.settings.host, port or desk.settings.port
    with bind(host, port) as listener:
        services = desk.services()
        if demo:
            _show_example(services, as_json=as_json)
        url = url_of(host, port)
        if as_json:
            emit_json({"url": url, "corpus_as_of": services.library.as_of.isoformat()})
        else:
            click.echo(f"服务已就绪：网页 {url}/　接口 {url}/v1/advice　（按 Ctrl+C 停止）")
        listen(services, listener)


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, taken first so that a taken port is known at once.

    Raises:
        RefusedInput: The address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise RefusedInput(
            "address", f"无法监听 {host}:{port}（{error.strerror}）。请用 --port 换一个端口。"
        ) from error
    return listener


def url_of(host: str, port: int) -> str:
    """The address a person on this machine opens."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def listen(services: Services, listener: socket.socket) -> None:
    """Serve on a bound socket until stopped by a signal."""
    logs.configure("INFO")
    structlog.get_logger("api").info("serving", address=str(listener.getsockname()))
    # Access lines of uvicorn would hold query strings, and those may hold a complaint.
    config = uvicorn.Config(
        create_app(services),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=_BACKLOG,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _show_example(services: Services, *, as_json: bool) -> None:
    tell("示例诉求：")
    tell(EXAMPLE_COMPLAINT)
    tell("")
    advice = services.advise(AdviceRequest(text=EXAMPLE_COMPLAINT))
    show_advice(AdviceOut.of(advice), as_json=as_json)
