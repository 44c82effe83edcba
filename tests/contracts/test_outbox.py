"""The outbox is filled with what it tells of, in one transaction, and emptied in its order."""

from datetime import UTC, datetime

import pytest

from advisor.errors import AdviceExists
from advisor.outbox import Outbox, OutboxEvent
from advisor.ports import AuditEntry, StoredAdvice
from advisor.store import InMemoryAdviceStore, SqlAdviceStore

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
Store = InMemoryAdviceStore | SqlAdviceStore


def keep(store: Store, number: int, payload: str = "{}") -> None:
    record = StoredAdvice(
        f"advice-{number}", AT, None, "h", "浙江省", "parking", "llm", "partial", payload
    )
    store.save(record, AuditEntry("advice.created", record.id, at=AT))


class OutboxContract:
    """Inherit it and give a ``store`` fixture."""

    def test_every_new_advice_is_told_of_once(self, store: Store) -> None:
        keep(store, 1)
        keep(store, 1)
        keep(store, 2)
        with pytest.raises(AdviceExists):
            keep(store, 2, payload='{"another": 1}')
        waiting = outbox(store).pending()
        assert [(one.kind, one.subject) for one in waiting] == [
            ("advice.created", "advice-1"),
            ("advice.created", "advice-2"),
        ]
        assert waiting[0].facts == {
            "matter": "parking",
            "mode": "llm",
            "region": "浙江省",
            "status": "partial",
        }
        assert waiting[0].at == AT

    def test_what_was_delivered_is_not_pending(self, store: Store) -> None:
        for number in range(4):
            keep(store, number)
        first, second, *rest = outbox(store).pending()
        outbox(store).delivered([second.id])
        outbox(store).delivered([])
        assert outbox(store).pending() == (first, *rest)
        assert outbox(store).pending(limit=1) == (first,)
        assert first.id < second.id < rest[0].id


def outbox(store: Store) -> Outbox:
    return store.outbox


class TestInMemoryOutbox(OutboxContract):
    @pytest.fixture
    def store(self) -> Store:
        return InMemoryAdviceStore()


class TestSqliteOutbox(OutboxContract):
    @pytest.fixture
    def store(self, sqlite_store) -> Store:
        return sqlite_store


class TestPostgresOutbox(OutboxContract):
    @pytest.fixture
    def store(self, postgres_store) -> Store:
        return postgres_store


def test_an_event_refuses_anything_as_long_as_a_complaint() -> None:
    with pytest.raises(ValueError, match="too long"):
        OutboxEvent("advice.created", "a", {"text": "填" * 201})
    with pytest.raises(ValueError, match="time zone"):
        OutboxEvent("advice.created", "a", at=datetime(2026, 3, 1))
