"""A browser without a network: requests go straight into the application."""

import importlib.util
import sys
from pathlib import Path

import anyio
import httpx
import pytest

from advisor.settings import Settings


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
