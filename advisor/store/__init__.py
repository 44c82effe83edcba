"""The store: advice, its trail, and batches; ports, SQL adapters, and the doubles the tests use."""

from advisor.store.batch_groups import SqlBatchGroups
from advisor.store.batch_rows import SqlBatchRows
from advisor.store.batches import SqlBatches, SqlWorkers
from advisor.store.memory import InMemoryAdviceStore
from advisor.store.sql import SqlAdviceStore, open_store

__all__ = [
    "InMemoryAdviceStore",
    "SqlAdviceStore",
    "SqlBatchGroups",
    "SqlBatchRows",
    "SqlBatches",
    "SqlWorkers",
    "open_store",
]
