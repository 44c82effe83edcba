"""``advisor serve``: the address, the example, the page over a real socket."""

import socket
import threading

import httpx
import pytest
import uvicorn
from click.testing import CliRunner

from advisor.errors import RefusedInput
from advisor.settings import Settings
from api.app import create_app
from api.cli import listening, main
from api.cli.desk import Desk
from api.demo import EXAMPLE_COMPLAINT


def test_a_taken_port_is_known_at_once_and_said_in_chinese(services, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk = Desk(Settings(home=tmp_path), services_of=lambda *_: pytest.fail("opened"))

        result = CliRunner().invoke(main, ["serve", "--port", str(port)], obj=desk)

    assert result.exit_code == 1
    assert "--port" in result.stderr


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(RefusedInput):
        listening.bind("203.0.113.7", 8000)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("fe80::1", "http://[fe80::1]:8000"),
    ],
)
def test_the_url_is_one_a_person_can_open(host, url):
    assert listening.url_of(host, 8000) == url


def test_the_demo_prints_a_real_answer_before_serving(services, tmp_path):
    served = []
    desk = Desk(
        Settings(home=tmp_path),
        services_of=lambda *_: services,
        listen=lambda given, _socket: served.append(given),
    )

    result = CliRunner().invoke(main, ["serve", "--demo", "--port", str(free_port())], obj=desk)

    assert result.exit_code == 0
    assert served == [services]
    assert EXAMPLE_COMPLAINT in result.stderr
    assert result.stdout.index("案例参考") < result.stdout.index("服务已就绪")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_page_is_served_over_a_socket(services):
    listener = listening.bind("127.0.0.1", 0)
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(services), log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=5), trust_env=False) as client:
            page = client.get(f"http://127.0.0.1:{port}/")
            problem = client.get(f"http://127.0.0.1:{port}/none")
    finally:
        server.should_exit = True
        thread.join()
        listener.close()

    assert page.status_code == 200
    assert "智治助手" in page.text
    assert problem.headers["content-type"] == "application/problem+json"
