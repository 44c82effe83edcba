"""The contract of the advice store, run over every adapter: what holds for one holds for all."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from advisor.errors import AdviceExists, BadCursor, IdempotencyConflict, RefusedInput
from advisor.ports import AdviceStore, AuditEntry, StoredAdvice
from advisor.store import InMemoryAdviceStore

START = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)


def record(number: int = 1, **changes: object) -> StoredAdvice:
    plain = StoredAdvice(
        id=f"advice-{number:04}",
        created_at=START + timedelta(seconds=number),
        idempotency_key=None,
        request_hash=f"hash-{number}",
        region="浙江省嘉兴市秀洲区",
        matter="drainage",
        mode="extractive",
        status="complete",
        payload='{"analysis": "邻居填土，排水不畅 😀", "nothing": "\\u0000"}',
    )
    return replace(plain, **changes)


def entry(advice: StoredAdvice) -> AuditEntry:
    return AuditEntry(action="advice.created", advice_id=advice.id, at=advice.created_at)


def keep(store: AdviceStore, *records: StoredAdvice) -> None:
    for one in records:
        store.save(one, entry(one))


class AdviceStoreContract:
    """Inherit it and give a ``store`` fixture."""

    def test_what_was_saved_comes_back_equal(self, store: AdviceStore) -> None:
        keep(store, record())
        assert store.get("advice-0001") == record()

    def test_abstained_matter_and_other_zone_come_back_equal(self, store: AdviceStore) -> None:
        china = record(created_at=START.astimezone(timezone(timedelta(hours=8))), matter=None)
        keep(store, china)
        found = store.get(china.id)
        assert found == china
        assert found is not None
        assert found.created_at.tzinfo is not None

    def test_unknown_id_and_unknown_key_are_none(self, store: AdviceStore) -> None:
        keep(store, record(idempotency_key="k"))
        assert store.get("nobody") is None
        assert store.find_by_key("K") is None

    def test_saving_an_equal_record_again_changes_nothing(self, store: AdviceStore) -> None:
        keep(store, record(idempotency_key="k"), record(idempotency_key="k"))
        assert len(store.list().items) == 1

    def test_a_stored_advice_is_never_overwritten(self, store: AdviceStore) -> None:
        keep(store, record())
        with pytest.raises(AdviceExists):
            keep(store, record(payload="{}"))
        assert store.get("advice-0001") == record()

    def test_a_key_stands_for_the_first_advice(self, store: AdviceStore) -> None:
        first = record(1, idempotency_key="k")
        keep(store, first)
        with pytest.raises(IdempotencyConflict):
            keep(store, record(2, idempotency_key="k"))
        assert store.find_by_key("k") == first
        assert store.get("advice-0002") is None

    def test_many_records_without_a_key_live_together(self, store: AdviceStore) -> None:
        keep(store, record(1), record(2))
        assert len(store.list().items) == 2

    def test_pages_are_newest_first_and_complete(self, store: AdviceStore) -> None:
        same_moment = [record(number, created_at=START) for number in range(10, 14)]
        everything = [record(1), *same_moment, record(2), record(3)]
        keep(store, *everything)
        found, cursor = [], None
        while True:
            page = store.list(cursor, limit=2)
            found += page.items
            cursor = page.next_cursor
            if cursor is None:
                break
        expected = sorted(everything, key=lambda one: (one.created_at, one.id), reverse=True)
        assert found == expected

    def test_rows_added_while_paging_disturb_nothing(self, store: AdviceStore) -> None:
        keep(store, *(record(number) for number in range(1, 5)))
        first = store.list(limit=2)
        keep(store, record(9))
        second = store.list(first.next_cursor, limit=2)
        ids = [one.id for one in (*first.items, *second.items)]
        assert ids == ["advice-0004", "advice-0003", "advice-0002", "advice-0001"]
        assert second.next_cursor is None

    @pytest.mark.parametrize("cursor", ["", "x", "!!!!", "MjAyNi0wMy0wMQ==", "eHx5", "第一页"])
    def test_a_foreign_cursor_is_refused(self, store: AdviceStore, cursor: str) -> None:
        with pytest.raises(BadCursor):
            store.list(cursor)

    @pytest.mark.parametrize("limit", [0, -1, 201])
    def test_a_limit_out_of_bounds_is_refused(self, store: AdviceStore, limit: int) -> None:
        with pytest.raises(RefusedInput):
            store.list(limit=limit)

    def test_of_many_writers_with_one_key_exactly_one_wins(self, store: AdviceStore) -> None:
        outcomes: list[str] = []
        start = threading.Barrier(8)

        def write(number: int) -> None:
            start.wait()
            try:
                keep(store, record(number, idempotency_key="k"))
                outcomes.append("stored")
            except IdempotencyConflict:
                outcomes.append("conflict")

        writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert sorted(outcomes) == ["conflict"] * 7 + ["stored"]
        assert len(store.list().items) == 1
        assert store.find_by_key("k") == store.list().items[0]

    def test_many_threads_lose_nothing(self, store: AdviceStore) -> None:
        def write(first: int) -> None:
            keep(store, *(record(number) for number in range(first, first + 10)))

        writers = [threading.Thread(target=write, args=(10 * index,)) for index in range(6)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(store.list(limit=200).items) == 60


class TestInMemoryAdviceStore(AdviceStoreContract):
    @pytest.fixture
    def store(self) -> AdviceStore:
        return InMemoryAdviceStore()


class TestSqliteAdviceStore(AdviceStoreContract):
    @pytest.fixture
    def store(self, sqlite_store) -> AdviceStore:
        return sqlite_store


class TestPostgresAdviceStore(AdviceStoreContract):
    @pytest.fixture
    def store(self, postgres_store) -> AdviceStore:
        return postgres_store


def test_an_audit_entry_refuses_anything_as_long_as_a_complaint() -> None:
    with pytest.raises(ValueError, match="too long"):
        AuditEntry("advice.created", "a", detail={"text": "填" * 201})


def test_moments_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        record(created_at=datetime(2026, 3, 1))
    with pytest.raises(ValueError, match="time zone"):
        AuditEntry("advice.created", "a", at=datetime(2026, 3, 1))
