"""What the search for like cases is told of a complaint beside its words."""

from datetime import date

from corpus.model import Playbook, Region
from indexer.case_score import Situation


def situation_of(
    playbook: Playbook | None, as_of: date, region: Region, *, own: frozenset[str] = frozenset()
) -> Situation:
    """The situation of a complaint of this matter; None where it was not recognised.

    Args:
        playbook: that of the matter.
        as_of: the day of the facts.
        region: the place.
        own: ids of cases that are this very complaint.
    """
    if playbook is None:
        return Situation(as_of, region, own=own)
    return Situation(as_of, region, playbook.id, frozenset(playbook.related), own)
