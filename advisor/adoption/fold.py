"""The counters are the sum of the entries: standings made anew from the trail alone."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from advisor.adoption.model import AdoptionEntry, Standing, changes


def fold(begun: Iterable[Standing], entries: Iterable[AdoptionEntry]) -> tuple[Standing, ...]:
    """The standings after all entries, in the order they begun; entries of others are passed over.

    Args:
        begun: Before anything was said.
        entries: In the order of the trail.
    """
    found = {one.advice_id: one for one in begun}
    for entry in entries:
        if entry.advice_id in found:
            found[entry.advice_id] = after(found[entry.advice_id], entry)
    return tuple(found.values())


def after(standing: Standing, entry: AdoptionEntry) -> Standing:
    """The standing once this was said."""
    told: dict[str, Any] = changes(entry)
    return replace(standing, **told)


def bare(standing: Standing) -> Standing:
    """The standing as it was before anything was said."""
    return Standing(
        advice_id=standing.advice_id,
        given_at=standing.given_at,
        region=standing.region,
        matter=standing.matter,
        mode=standing.mode,
        department=standing.department,
        prompt=standing.prompt,
        model=standing.model,
        trial=standing.trial,
        origin=standing.origin,
    )


def agree(standings: Iterable[Standing], entries: Iterable[AdoptionEntry]) -> bool:
    """Whether the standings kept are exactly those the trail gives."""
    kept = tuple(standings)
    return fold(map(bare, kept), entries) == kept
