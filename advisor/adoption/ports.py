"""The port by which adoption is kept: an append-only trail, and where each advice stands by it."""

from collections.abc import Collection, Sequence
from typing import Protocol

from advisor.adoption.model import KINDS, AdoptionEntry, Kind, Standing


class AdoptionLog(Protocol):
    """Keeps what was said of each advice. Safe to share among threads and processes."""

    def append(
        self, *entries: AdoptionEntry, begun: Sequence[Standing] = ()
    ) -> tuple[AdoptionEntry, ...]:
        """Store entries, the standings they change and the events that tell of them, or nothing.

        Args:
            entries: In their order; the last of a kind counts.
            begun: Past recommendations that are not known yet, before anything is said of them.

        Returns:
            The entries with their places in the trail.

        Raises:
            AdviceAbsent: An entry speaks of an advice that is not here.
            StoreUnavailable: Nothing was stored.
        """

    def entries(
        self, advice_id: str | None = None, kinds: Collection[Kind] = KINDS
    ) -> tuple[AdoptionEntry, ...]:
        """What was said, oldest first: of one advice or of all, of some kinds or of every kind.

        Raises:
            StoreUnavailable: The store cannot be read.
        """

    def standings(self, advice_id: str | None = None) -> tuple[Standing, ...]:
        """Where each advice stands, oldest first; one, or all.

        Raises:
            StoreUnavailable: The store cannot be read.
        """
