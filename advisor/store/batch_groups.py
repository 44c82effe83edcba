"""What belongs together in a batch, on SQL: one row for each group, so that lists page."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, delete, insert, select

from advisor.batch.model import Cluster, Duplicate, EarlyWarning, Groups
from advisor.store.batch_tables import batch_group
from advisor.store.connection import for_reading, unavailable_in_chinese
from advisor.store.paging import decode_place, encode_place

_DUPLICATE, _CLUSTER, _WARNING = "duplicate", "cluster", "warning"
_AT_ONCE = 500


class SqlBatchGroups:
    """The groups of the batches of a database."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def put(self, batch_id: str, groups: Groups) -> None:
        """Store the groups of a batch in place of those stored before, all or nothing."""
        old = delete(batch_group).where(batch_group.c.batch_id == batch_id)
        rows = list(_rows(batch_id, groups))
        with unavailable_in_chinese(), self._database.begin() as connection:
            connection.execute(old)
            for first in range(0, len(rows), _AT_ONCE):
                connection.execute(insert(batch_group), rows[first : first + _AT_ONCE])

    def find(self, batch_id: str) -> Groups:
        """All groups of a batch; empty while there are none."""
        return Groups(
            duplicates=tuple(
                map(Duplicate.model_validate_json, self._bodies(batch_id, _DUPLICATE))
            ),
            clusters=self.clusters(batch_id),
            warnings=tuple(map(EarlyWarning.model_validate_json, self._bodies(batch_id, _WARNING))),
        )

    def clusters(
        self, batch_id: str, after: int = -1, limit: int | None = None
    ) -> tuple[Cluster, ...]:
        """Clusters in their order, from behind one place on."""
        bodies = self._bodies(batch_id, _CLUSTER, after, limit)
        return tuple(map(Cluster.model_validate_json, bodies))

    def page(
        self, batch_id: str, cursor: str | None, limit: int
    ) -> tuple[tuple[Cluster, ...], str | None]:
        """One page of clusters, and the cursor of the next one (None on the last).

        Raises:
            BadCursor: The cursor is none of ours.
        """
        after = decode_place(cursor)[0]
        found = self.clusters(batch_id, after, limit + 1)
        more = len(found) > limit
        return found[:limit], encode_place((after + limit, 0)) if more else None

    def cluster(self, batch_id: str, cluster_id: str) -> Cluster | None:
        """One cluster by its id."""
        query = select(batch_group.c.body).where(
            batch_group.c.batch_id == batch_id,
            batch_group.c.key == cluster_id,
            batch_group.c.kind == _CLUSTER,
        )
        with unavailable_in_chinese(), self._reads.connect() as connection:
            body = connection.execute(query).scalar()
        return None if body is None else Cluster.model_validate_json(body)

    def _bodies(
        self, batch_id: str, kind: str, after: int = -1, limit: int | None = None
    ) -> Sequence[str]:
        query = (
            select(batch_group.c.body)
            .where(
                batch_group.c.batch_id == batch_id,
                batch_group.c.kind == kind,
                batch_group.c.place > after,
            )
            .order_by(batch_group.c.place)
            .limit(limit)
        )
        with unavailable_in_chinese(), self._reads.connect() as connection:
            return connection.execute(query).scalars().all()


def _rows(batch_id: str, groups: Groups) -> Iterator[dict[str, object]]:
    parts = (
        (_DUPLICATE, [(str(one.number), one.model_dump_json()) for one in groups.duplicates]),
        (_CLUSTER, [(one.id, one.model_dump_json()) for one in groups.clusters]),
        (_WARNING, [(one.cluster, one.model_dump_json()) for one in groups.warnings]),
    )
    for kind, members in parts:
        for place, (key, body) in enumerate(members):
            yield {
                "batch_id": batch_id,
                "kind": kind,
                "place": place,
                "key": key,
                "body": body,
            }
