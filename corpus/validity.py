"""Whether a version of a rule holds at a date 时效: from dates, flags and our own tables."""

from dataclasses import dataclass
from datetime import date

from corpus.model import Revision, Status, Statute, Succession, Validity


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around one version: the version after it, its end, a revision we lack."""

    following: Statute | None = None
    succession: Succession | None = None
    revision: Revision | None = None


def begins(statute: Statute) -> date | None:
    """The first day the version holds, as far as known: its effective date, else its own."""
    return statute.effective_from or statute.version or statute.adopted_on


def validity(statute: Statute, on: date, around: Surroundings) -> Validity:
    """Status of one version at a date.

    A version holds from its beginning until the next version of the same title begins, the rule
    ends by our table of successions, or a known revision takes effect whose text we do not hold.
    A text its collection marks as expired is never in force unless the day of its end is known
    and still ahead.
    """
    since = begins(statute)
    if since is not None and on < since:
        return Validity(Status.NOT_YET_IN_FORCE, since, note=_before(statute, on, since))
    ended = _ended(statute, on, since, around)
    if ended is not None:
        return ended
    if statute.expired and not _end_ahead(around):
        return Validity(
            Status.REPEALED, since, note="来源标注为已失效，失效日期不详，不得作为现行依据"
        )
    revised = _revised(on, since, around.revision)
    note = "" if since is not None else "来源未载明公布和施行日期"
    return revised or Validity(Status.IN_FORCE, since, _next_end(around), note)


def _before(statute: Statute, on: date, since: date) -> str:
    """Why the text does not hold yet; an amended rule had an older wording then."""
    first, version = statute.adopted_on, statute.version
    if first is not None and version is not None and first < version and first < on:
        return f"此文本自{_day(since)}起施行，{_day(on)}适用的是修订前的文本"
    return f"自{_day(since)}起施行，此前尚未生效"


def _ended(statute: Statute, on: date, since: date | None, around: Surroundings) -> Validity | None:
    end = begins(around.following) if around.following is not None else None
    if end is not None and end <= on:
        note = f"已被{_day(end)}起施行的新文本取代"
        return Validity(Status.SUPERSEDED, since, end, note, statute.title)
    succession = around.succession
    if succession is not None and succession.ended_on <= on:
        return _repealed(succession, since)
    return None


def _repealed(succession: Succession, since: date | None) -> Validity:
    successor = succession.successors[0] if succession.successors else None
    taken = "、".join(f"《{name}》" for name in succession.successors)
    word = "更名" if succession.kind == "renamed" else "废止"
    note = f"{_day(succession.ended_on)}起{word}" + (
        f"，改用{taken}" if taken else "，没有替代规定"
    )
    return Validity(Status.REPEALED, since, succession.ended_on, note, successor, succession.source)


def _end_ahead(around: Surroundings) -> bool:
    """Whether the end of a text marked as expired is known; if it had come, we would not ask."""
    return around.succession is not None or (
        around.following is not None and begins(around.following) is not None
    )


def _revised(on: date, since: date | None, revision: Revision | None) -> Validity | None:
    if revision is None or revision.in_force_from > on:
        return None
    note = (
        f"{_day(revision.revised_on)}已修订，新文本自{_day(revision.in_force_from)}起施行，"
        "库内为修订前文本，引用前须核对新文本"
    )
    if revision.changes:
        note += f"。主要变化：{revision.changes.rstrip('。')}"
    source = revision.source_url or revision.source
    return Validity(Status.REVISED_SINCE, since, revision.in_force_from, note, revision.law, source)


def _next_end(around: Surroundings) -> date | None:
    ends = [
        begins(around.following) if around.following is not None else None,
        around.succession.ended_on if around.succession is not None else None,
        around.revision.in_force_from if around.revision is not None else None,
    ]
    return min((end for end in ends if end is not None), default=None)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
