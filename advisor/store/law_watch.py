"""The index of cited articles and the marks on advices whose law changed, on SQL."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from advisor.adoption.facts import CitedArticle
from advisor.law_change import Citing, Finding, LawMark, WatchedLaw, marks_of
from advisor.outbox import law_changed, marked
from advisor.store.connection import for_reading, unavailable_in_chinese
from advisor.store.outbox import emit
from advisor.store.tables import adoption_standing, cited_article, law_check, law_mark

_CITED = tuple(cited_article.c[name] for name in CitedArticle.__slots__)
_OPEN = or_(adoption_standing.c.cleared.is_(None), adoption_standing.c.cleared.is_(False))
_MARKED = law_mark.join(
    adoption_standing, adoption_standing.c.advice_id == law_mark.c.advice_id, isouter=True
)


class SqlLawWatch:
    """The watch over a database; see :class:`advisor.law_change.LawWatch`."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def laws(self) -> tuple[WatchedLaw, ...]:
        """See :meth:`advisor.law_change.LawWatch.laws`."""
        newest = (
            select(cited_article.c.law, func.max(cited_article.c.id).label("newest"))
            .group_by(cited_article.c.law)
            .subquery()
        )
        query = select(
            newest.c.law, law_check.c.fingerprint, law_check.c.checked_until, newest.c.newest
        ).join_from(newest, law_check, law_check.c.law == newest.c.law, isouter=True)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query.order_by(newest.c.law)).all()
        return tuple(
            WatchedLaw(law, known, checked or 0, last) for law, known, checked, last in rows
        )

    def cited(self, law: str, after: int = 0) -> tuple[CitedArticle, ...]:
        """See :meth:`advisor.law_change.LawWatch.cited`."""
        query = select(*_CITED).where(cited_article.c.law == law, cited_article.c.id > after)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query.distinct()).all()
        return tuple(CitedArticle(*row) for row in rows)

    def mark(
        self, examined: WatchedLaw, found: Mapping[CitedArticle, Finding], *, whole: bool
    ) -> tuple[LawMark, ...]:
        """See :meth:`advisor.law_change.LawWatch.mark`."""
        try:
            return self._mark(examined, found, whole=whole)
        except IntegrityError:  # another process examined this law for the first time, too
            return self._mark(examined, found, whole=whole)

    def _mark(
        self, examined: WatchedLaw, found: Mapping[CitedArticle, Finding], *, whole: bool
    ) -> tuple[LawMark, ...]:
        after = 0 if whole else examined.checked_until
        with unavailable_in_chinese(), self._database.begin() as connection:
            _hold(connection, examined)
            marks = marks_of(_citing(connection, examined.law, after), found) if found else ()
            earlier = _of_law(connection, examined.law)
            fresh = tuple(one for one in marks if earlier.get(_place(one)) != one.finding)
            kept = {_place(one) for one in marks}
            gone = [place for place in earlier if whole and place not in kept]
            _drop(connection, examined.law, [*gone, *map(_place, fresh)])
            if fresh:
                connection.execute(insert(law_mark), [_columns(one) for one in fresh])
                emit(connection, *map(marked, fresh), law_changed(examined.law, fresh))
        return fresh

    def marks(self, advice_id: str | None = None) -> tuple[LawMark, ...]:
        """See :meth:`advisor.law_change.LawWatch.marks`."""
        concerns = or_(law_mark.c.finding == "outdated", _OPEN)
        query = select(law_mark).select_from(_MARKED).where(concerns)
        if advice_id is not None:
            query = query.where(law_mark.c.advice_id == advice_id)
        order = (law_mark.c.advice_id, law_mark.c.law, law_mark.c.article)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query.order_by(*order)).all()
        return tuple(_mark(row) for row in rows)


def _citing(connection: Connection, law: str, after: int) -> Iterator[Citing]:
    standing = adoption_standing.c.advice_id == cited_article.c.advice_id
    query = (
        select(cited_article.c.advice_id, _OPEN, *_CITED)
        .join_from(cited_article, adoption_standing, standing, isouter=True)
        .where(cited_article.c.law == law, cited_article.c.id > after)
    )
    for advice_id, is_open, *cited in connection.execute(query):
        yield Citing(advice_id, CitedArticle(*cited), open=bool(is_open))


def _hold(connection: Connection, examined: WatchedLaw) -> None:
    """Note what was examined; held until the end, so that two who examine it take turns."""
    mine = law_check.c.law == examined.law
    told = {"fingerprint": examined.fingerprint, "checked_until": examined.newest}
    done = connection.execute(update(law_check).where(mine).values(told))
    if done.rowcount == 0:
        connection.execute(insert(law_check).values(law=examined.law, **told))


_Place = tuple[str, str]


def _of_law(connection: Connection, law: str) -> dict[_Place, Finding]:
    rows = connection.execute(select(law_mark).where(law_mark.c.law == law))
    return {_place(mark): mark.finding for mark in map(_mark, rows)}


def _drop(connection: Connection, law: str, places: Sequence[_Place]) -> None:
    if places:
        mine = and_(
            law_mark.c.law == law,
            law_mark.c.advice_id == bindparam("one"),
            law_mark.c.article == bindparam("other"),
        )
        rows = [{"one": advice_id, "other": article} for advice_id, article in places]
        connection.execute(delete(law_mark).where(mine), rows)


def _place(mark: LawMark) -> _Place:
    return mark.advice_id, mark.article


def _columns(mark: LawMark) -> dict[str, object]:
    return {
        "advice_id": mark.advice_id,
        "law": mark.law,
        "article": mark.article,
        "finding": mark.finding.verdict,
        "changed_on": mark.finding.changed_on,
        "told": mark.finding.told,
        "noted_at": mark.noted_at,
    }


def _mark(row: Row[tuple[object, ...]]) -> LawMark:
    finding = Finding(row.finding, row.changed_on, row.told)
    return LawMark(row.advice_id, row.law, row.article, finding, row.noted_at)
