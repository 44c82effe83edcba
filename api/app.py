"""The web application: routes, middleware and errors around the services of one process."""

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from advisor.bootstrap import Services, code_version
from api import errors
from api.middleware import BodyGate, LastResort, SecurityHeaders
from api.pages import WEB, make_environment
from api.routes import advice, citations, health, page, search, statutes


def create_app(services: Services) -> FastAPI:
    """The application over services already open; it opens and closes nothing itself."""
    app = FastAPI(
        title="智治助手",
        description="疑难账办理建议。错误一律为 application/problem+json（RFC 9457）。",
        version=code_version(),
        # The stock documentation pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    app.state.pages = make_environment()
    errors.install(app)
    for module in (advice, search, statutes, citations, health, page):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=WEB / "static"), name="static")
    # The last one added is the outermost.
    app.add_middleware(BodyGate)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    return app
