"""What a route may ask for, as types that read as words of its signature."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from jinja2 import Environment

from advisor import clock
from advisor.bootstrap import Services
from advisor.jobs.books import Books, open_books
from api.workroom import Workroom
from corpus.model import Region
from corpus.region import parse_region


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


def _pages(request: Request) -> Environment:
    pages: Environment = request.app.state.pages
    return pages


PagesDep = Annotated[Environment, Depends(_pages)]


def _workroom(request: Request) -> Workroom:
    workroom: Workroom = request.app.state.workroom
    return workroom


WorkroomDep = Annotated[Workroom, Depends(_workroom)]


def _books(request: Request) -> Books:
    """Opened when first asked for: a service that never sees a batch has no tables to look at."""
    if request.app.state.books is None:
        request.app.state.books = open_books(request.app.state.services.settings.store_url)
    books: Books = request.app.state.books
    return books


BooksDep = Annotated[Books, Depends(_books)]


def _later(
    prefer: Annotated[
        str, Header(description="respond-async：先答 202，建议在后台完成（RFC 7240）")
    ] = "",
) -> bool:
    return "respond-async" in {one.strip().lower() for one in prefer.replace(";", ",").split(",")}


Later = Annotated[bool, Depends(_later)]

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="同一键、同一内容只办一次，重复提交得到同一份建议",
    ),
]
Cursor = Annotated[str | None, Query(max_length=200, description="上一页给出的 next_cursor")]
Limit = Annotated[int, Query(ge=1, le=100, description="每页条数")]
RegionText = Annotated[
    str | None, Query(alias="region", max_length=100, description="属地，缺省为本服务的属地")
]


def _on(
    on: Annotated[
        date | None, Query(alias="date", description="按哪一天的法律，缺省为今天")
    ] = None,
) -> date:
    return on or clock.today()


OnDate = Annotated[date, Depends(_on)]


def _region(services: ServicesDep, region: RegionText = None) -> Region:
    return parse_region(region or services.settings.region)


RegionDep = Annotated[Region, Depends(_region)]
