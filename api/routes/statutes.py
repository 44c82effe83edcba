"""Statutes 法规: the titles known, the versions of one, and one article at a date."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.convert import article_out, statute_out
from api.deps import Cursor, Limit, OnDate, ServicesDep
from api.errors import not_found
from api.paging import slice_after
from api.schemas.law import ArticleOut, StatutePageOut, StatuteVersionsOut
from corpus.numerals import format_article, parse_article

router = APIRouter(prefix="/v1/statutes", tags=["statutes"])
Title = Annotated[str, Path(max_length=200, description="法规名称，简称也可")]


@router.get("")
def page(
    services: ServicesDep, on: OnDate, cursor: Cursor = None, limit: Limit = 50
) -> StatutePageOut:
    """Every version of every rule, by title."""
    library = services.library
    keyed = sorted((f"{one.title}|{one.part or ''}|{one.id}", one) for one in library.statutes())
    found, following = slice_after(keyed, cursor, limit)
    return StatutePageOut(
        items=tuple(statute_out(one, library, on) for one in found),
        next_cursor=following,
        corpus_as_of=library.as_of,
    )


@router.get("/{title}")
def versions(title: Title, services: ServicesDep, on: OnDate) -> StatuteVersionsOut:
    """Every version of one rule, oldest first."""
    library = services.library
    known = library.resolve(title)
    if known is None:
        raise not_found(f"法规“{title}”")
    return StatuteVersionsOut(
        title=known,
        on=on,
        versions=tuple(statute_out(one, library, on) for one in library.versions(known)),
        corpus_as_of=library.as_of,
    )


@router.get("/{title}/articles/{number}")
def article(
    title: Title,
    number: Annotated[str, Path(max_length=40, description="条号，如 290、第二百九十条")],
    services: ServicesDep,
    on: OnDate,
) -> ArticleOut:
    """One article in the version that holds on the date."""
    library = services.library
    known = library.resolve(title)
    if known is None:
        raise not_found(f"法规“{title}”")
    wanted = parse_article(number)
    view = library.article(known, wanted, on=on)
    if view is None:
        raise not_found(f"《{known}》{format_article(wanted)}")
    return article_out(view, library, on)
