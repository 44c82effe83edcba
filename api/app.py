"""The web application: routes, middleware and errors around the services of one process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from advisor.bootstrap import Services, code_version
from api import errors
from api.middleware import BodyGate, LastResort, SecurityHeaders
from api.pages import WEB, make_environment
from api.renewal import Renewal
from api.routes import (
    adoption,
    advice,
    batches,
    batches_page,
    cases,
    citations,
    health,
    page,
    say,
    search,
    statutes,
)
from api.shift import Shift
from api.workroom import Workroom


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What is in work when the service is stopped is finished and stored first."""
    watching = asyncio.create_task(app.state.renewal.watch())
    shift: Shift | None = app.state.shift
    if shift is not None:
        shift.start()
    yield
    watching.cancel()
    if shift is not None:
        await asyncio.to_thread(shift.end)
    await asyncio.to_thread(app.state.workroom.close)


@dataclass(frozen=True, slots=True)
class _Serving:
    """The services in use: those of the routes, and those of the workroom."""

    app: FastAPI

    def services(self) -> Services:
        services: Services = self.app.state.services
        return services

    def renew(self, services: Services) -> None:
        self.app.state.services = services
        self.app.state.workroom.renew(services)


def create_app(
    services: Services,
    workroom: Workroom | None = None,
    *,
    settled: Callable[[], None] = lambda: None,
    shift: Shift | None = None,
) -> FastAPI:
    """The application over services already open; of what it is given it closes the workroom.

    ``shift`` keeps workers for batches up while there is work, until the application ends.

    ``settled`` is called when services over a newer collection have taken the place of the others.
    """
    app = FastAPI(
        title="智治助手",
        description="疑难账办理建议。错误一律为 application/problem+json（RFC 9457）。",
        version=code_version(),
        # The stock documentation pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.services = services
    app.state.workroom = workroom or Workroom(services)
    app.state.renewal = Renewal(_Serving(app), settled=settled)
    app.state.books = None
    app.state.shift = shift
    app.state.pages = make_environment()
    errors.install(app)
    for module in (
        adoption,
        advice,
        batches,
        say,
        search,
        statutes,
        citations,
        cases,
        health,
        page,
        batches_page,
    ):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    # The last one added is the outermost.
    app.add_middleware(BodyGate)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    return app
