"""The advice store: one port, an SQL adapter, and the double the tests use."""

from advisor.store.memory import InMemoryAdviceStore
from advisor.store.sql import SqlAdviceStore, open_store

__all__ = ["InMemoryAdviceStore", "SqlAdviceStore", "open_store"]
