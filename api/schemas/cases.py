"""What became of resolved cases that were handed in."""

from collections.abc import Mapping

from advisor.ledger import Imported
from api.schemas.base import Outgoing


class SkippedRowOut(Outgoing):
    """A row nothing was kept of: where it stands, and why."""

    place: str
    reason: str


class ImportOut(Outgoing):
    """One ledger: its rows are added, changed, unchanged or skipped.

    ``matters`` counts the cases by matter, under the empty id those left open; ``reasons`` the rows
    skipped by reason.
    """

    file: str
    rows: int
    added: int
    changed: int
    unchanged: int
    skipped: tuple[SkippedRowOut, ...]
    reasons: Mapping[str, int]
    matters: Mapping[str, int]

    @classmethod
    def of(cls, file: str, done: Imported) -> "ImportOut":
        """The account of one import."""
        return cls(
            file=file,
            rows=done.rows,
            added=len(done.added),
            changed=len(done.changed),
            unchanged=done.unchanged,
            skipped=tuple(SkippedRowOut.model_validate(one) for one in done.skipped),
            reasons=dict(done.reasons()),
            matters=done.matters,
        )


class CasesOut(Outgoing):
    """The cases stored or changed, those that took the place of others, and each ledger."""

    cases: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    ledgers: tuple[ImportOut, ...] = ()
    index: str | None = None
