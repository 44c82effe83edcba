"""A browser without a network: requests go straight into the application."""

import contextlib
import importlib.util
import sys
import threading
from pathlib import Path

import anyio
import httpx
import pytest
import uvicorn

from advisor.settings import Settings
from api.cli.listening import bind


def _doubles():
    """``tests/api/doubles.py``; the tests have no packages, so it is loaded by its path."""
    name = "api_doubles"
    if name not in sys.modules:
        path = Path(__file__).with_name("doubles.py")
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


doubles = _doubles()


class Browser:
    """Sends one request at a time into an application, as an HTTP client would."""

    def __init__(self, app) -> None:
        self.app = app

    def request(self, method: str, path: str, **options) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
                return await client.request(method, path, **options)

        return anyio.run(send)

    def get(self, path: str, **options) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options) -> httpx.Response:
        return self.request("POST", path, **options)


@pytest.fixture
def services(tmp_path):
    return doubles.FakeServices(Settings(home=tmp_path))


@pytest.fixture
def browser(services):
    from api.app import create_app

    return Browser(create_app(services))


@pytest.fixture
def sample_advice():
    return doubles.sample_advice


@pytest.fixture
def gate(services):
    """Halts the making of an advice before the part named in ``at``, until it is opened."""
    gate = doubles.Gate()
    services.between = gate
    yield gate
    gate.open()


@contextlib.contextmanager
def _serving(app):
    listener = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=30))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    transport = httpx.HTTPTransport(retries=5)
    try:
        with httpx.Client(
            transport=transport, base_url=address, trust_env=False, timeout=30
        ) as client:
            client.stop = lambda: setattr(server, "should_exit", True)
            yield client
    finally:
        server.should_exit = True
        thread.join(60)
        listener.close()


@pytest.fixture
def serving():
    """Serves an application on a real socket of this machine, and gives a client of it."""
    return _serving


@pytest.fixture
def events_of():
    """The events of a stream's text, as (id, name, value)."""
    return doubles.events_of
