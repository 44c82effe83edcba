"""What is said of advice, on SQL: the trail and the standings it changes, in one transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from advisor.adoption.model import (
    KINDS,
    SAID,
    AdoptionEntry,
    Feedback,
    Kind,
    Outcome,
    Standing,
    changes,
)
from advisor.errors import AdviceAbsent, StoreUnavailable
from advisor.outbox import told
from advisor.store.connection import for_reading, unavailable_in_chinese
from advisor.store.outbox import emit
from advisor.store.tables import adoption_entry, adoption_standing

_COLUMNS = tuple(adoption_standing.c[name] for name in Standing.__slots__)
_SECTIONS = Standing.__slots__.index("sections")


class SqlAdoptionLog:
    """The trail in a database; see :class:`advisor.adoption.ports.AdoptionLog`."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def append(
        self, *entries: AdoptionEntry, begun: Sequence[Standing] = ()
    ) -> tuple[AdoptionEntry, ...]:
        """See :meth:`advisor.adoption.ports.AdoptionLog.append`."""
        try:
            with unavailable_in_chinese(), self._database.begin() as connection:
                if begun:
                    connection.execute(insert(adoption_standing), [_begun(one) for one in begun])
                return tuple(_append(connection, entry) for entry in entries)
        except IntegrityError as error:  # the same past is being brought in twice at a time
            raise StoreUnavailable from error

    def entries(
        self, advice_id: str | None = None, kinds: Collection[Kind] = KINDS
    ) -> tuple[AdoptionEntry, ...]:
        """See :meth:`advisor.adoption.ports.AdoptionLog.entries`."""
        query = select(adoption_entry).order_by(adoption_entry.c.seq)
        query = query.where(adoption_entry.c.kind.in_(kinds))
        if advice_id is not None:
            query = query.where(adoption_entry.c.advice_id == advice_id)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            AdoptionEntry(row.advice_id, SAID.validate_json(row.body), row.at, row.seq)
            for row in rows
        )

    def standings(self, advice_id: str | None = None) -> tuple[Standing, ...]:
        """See :meth:`advisor.adoption.ports.AdoptionLog.standings`."""
        query = select(*_COLUMNS).order_by(
            adoption_standing.c.given_at, adoption_standing.c.advice_id
        )
        if advice_id is not None:
            query = query.where(adoption_standing.c.advice_id == advice_id)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            return tuple(_standing(row) for row in connection.execute(query))


def _append(connection: Connection, entry: AdoptionEntry) -> AdoptionEntry:
    mine = adoption_standing.c.advice_id == entry.advice_id
    # Held until the end, so that on every database the last in the trail is the last in effect.
    held = select(adoption_standing.c.advice_id).where(mine).with_for_update()
    if connection.execute(held).first() is None:
        raise AdviceAbsent(entry.advice_id)
    body = entry.said.model_dump_json(exclude_defaults=True, exclude={"kind"})
    row = {
        "advice_id": entry.advice_id,
        "at": entry.at,
        "kind": entry.said.kind,
        "body": f'{{"kind":"{entry.said.kind}",{body[1:]}',
    }
    done = connection.execute(insert(adoption_entry).values(row))
    seq = int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0
    changed = _changed(entry, seq)
    if changed:
        connection.execute(update(adoption_standing).where(mine).values(changed))
    emit(connection, *told(entry))
    return AdoptionEntry(entry.advice_id, entry.said, entry.at, seq)


def _changed(entry: AdoptionEntry, seq: int) -> dict[str, object]:
    if isinstance(entry.said, Feedback):
        sections = ",".join(entry.said.sections) or None
        return {**changes(entry), "sections": sections, "verdict_seq": seq}
    if isinstance(entry.said, Outcome):
        return {**changes(entry), "outcome_seq": seq}
    return {}


def _begun(standing: Standing) -> dict[str, object]:
    row = {name: getattr(standing, name) for name in Standing.__slots__}
    return {**row, "sections": None, "verdict_seq": 0, "outcome_seq": 0}


def _standing(row: Row[tuple[object, ...]]) -> Standing:
    values = list(row)
    kept = values[_SECTIONS]
    values[_SECTIONS] = tuple(str(kept).split(",")) if kept else ()
    return Standing(*values)  # type: ignore[arg-type]
