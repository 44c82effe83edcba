"""``advisor serve``: the page and the API of one process."""

import click

from advisor.bootstrap import Services
from advisor.model import AdviceRequest
from api.cli.advise import show_advice
from api.cli.desk import Desk, json_option, pass_desk, tell
from api.cli.listening import bind, url_of
from api.cli.output import emit_json
from api.cli.progress import Progress
from api.demo import EXAMPLE_COMPLAINT
from api.schemas.advice import AdviceOut


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
        desk.listen(services, listener)


def _show_example(services: Services, *, as_json: bool) -> None:
    tell("示例诉求：")
    tell(EXAMPLE_COMPLAINT)
    tell("")
    advice = services.advise(AdviceRequest(text=EXAMPLE_COMPLAINT), on_event=Progress())
    show_advice(AdviceOut.of(advice), as_json=as_json)
