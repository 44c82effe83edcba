"""Reading a backlog: any ledger file as rows, each with its text or the reason why not."""

from advisor.batch.reading.opening import BATCH_LIMITS, open_batch, read_mapping

__all__ = ["BATCH_LIMITS", "open_batch", "read_mapping"]
