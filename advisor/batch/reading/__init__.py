"""Reading a backlog: any ledger file as rows, each with its text or the reason why not."""

from advisor.batch.reading.opening import open_batch, read_mapping

__all__ = ["open_batch", "read_mapping"]
