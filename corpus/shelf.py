"""Versions of each rule set in order: which follows which, and which gists belong to which text."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.knowledge import Knowledge
from corpus.model import (
    ArticleNumber,
    Gist,
    GistStatute,
    Revision,
    Statute,
    Succession,
    TextKind,
)
from corpus.naming import Names, name_key
from corpus.numerals import parse_article
from corpus.store_rows import StoredStatute
from corpus.twins import SAME_VERSION, by_title, without_twins
from corpus.validity import Surroundings, begins

_NEVER = date.min


@dataclass(frozen=True, slots=True)
class Volume:
    """One version of one rule with the gists that speak of this wording."""

    statute: Statute
    articles: int
    gists: Mapping[ArticleNumber, Gist]
    around: Surroundings = field(default_factory=Surroundings)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything known, by the key of its title.

    ``unused`` are the gists of a wording that a newer text at hand has replaced; ``twins`` the
    files that hold the same text as another file.
    """

    volumes: Mapping[str, tuple[Volume, ...]]
    names: Names
    successions: Mapping[str, Succession]
    unused: tuple[GistStatute, ...]
    twins: tuple[Statute, ...]


def build_shelf(stored: Sequence[StoredStatute], knowledge: Knowledge) -> Shelf:
    """Put collection and knowledge together."""
    groups = by_title(stored)
    gists = _merged(knowledge.statutes)
    successions = _successions(knowledge.successions)
    revisions: dict[str, list[Revision]] = {}
    for revision in knowledge.revisions:
        revisions.setdefault(name_key(revision.law), []).append(revision)
    unused: list[GistStatute] = []
    twins: list[Statute] = []
    volumes: dict[str, tuple[Volume, ...]] = {}
    for key in dict.fromkeys([*groups, *gists]):
        kept = without_twins(groups.get(key, []), twins)
        kept = _parts_together(_commenced(kept, revisions.get(key, ())))
        loose = _with_gists(kept, gists.get(key, ()), unused)
        volumes[key] = _in_order(loose, successions.get(key), revisions.get(key, ()))
    names = _names(volumes, knowledge)
    return Shelf(volumes, names, successions, tuple(unused), tuple(twins))


def _merged(statutes: Iterable[GistStatute]) -> dict[str, list[GistStatute]]:
    """Gists by title; files that speak of the same version become one."""
    found: dict[tuple[str, date], GistStatute] = {}
    for one in statutes:
        place = (name_key(one.title), one.version)
        known = found.get(place)
        if known is not None:
            articles = (*known.articles, *one.articles)
            found[place] = known.model_copy(update={"articles": articles})
        else:
            found[place] = one
    merged: dict[str, list[GistStatute]] = {}
    for (key, _), one in found.items():
        merged.setdefault(key, []).append(one)
    return merged


def _successions(rows: Iterable[Succession]) -> dict[str, Succession]:
    return {name_key(name): row for row in rows for name in (*row.aliases, row.old)}


def _parts_together(kept: Sequence[StoredStatute]) -> list[StoredStatute]:
    """The parts 编 of one version begin on one day, even where one file's head does not say it."""
    days: dict[date | None, date] = {}
    for one in kept:
        if one.statute.part is not None and (day := begins(one.statute)) is not None:
            days[one.statute.version] = max(day, days.get(one.statute.version, day))
    return [
        replace(one, statute=replace(one.statute, effective_from=days[one.statute.version]))
        if one.statute.part is not None and one.statute.version in days
        else one
        for one in kept
    ]


def _commenced(kept: Sequence[StoredStatute], revisions: Sequence[Revision]) -> list[StoredStatute]:
    """Texts with the day our table of revisions gives for their version.

    An amending decision sets the day the amended text begins; the text itself keeps the first one.
    """
    return [
        replace(one, statute=replace(one.statute, effective_from=revision.in_force_from))
        if (revision := _making_of(one.statute, revisions)) is not None
        else one
        for one in kept
    ]


def _making_of(statute: Statute, revisions: Sequence[Revision]) -> Revision | None:
    if statute.version is None or statute.effective_from != statute.version:
        return None
    return next((row for row in revisions if row.revised_on == statute.version), None)


def _with_gists(
    kept: Sequence[StoredStatute], gists: Sequence[GistStatute], unused: list[GistStatute]
) -> list[Volume]:
    """Volumes of the texts, each with its gists, and of the gists newer than every text."""
    joined: dict[str, dict[ArticleNumber, Gist]] = {one.statute.id: {} for one in kept}
    own: list[Volume] = []
    newest = max((begins(one.statute) or _NEVER for one in kept), default=None)
    for gist in gists:
        table = {parse_article(article.article): article for article in gist.articles}
        same = [one for one in kept if _same_version(one.statute, gist)]
        for one in same:
            joined[one.statute.id].update(table)
        if not same and (newest is None or newest < gist.effective_from):
            statute = _gist_statute(gist)
            own.append(Volume(statute, len(table), table))
        elif not same:
            unused.append(gist)
    return [Volume(one.statute, one.articles, joined[one.statute.id]) for one in kept] + own


def _same_version(statute: Statute, gist: GistStatute) -> bool:
    if statute.version is not None and abs(statute.version - gist.version) <= SAME_VERSION:
        return True
    return statute.effective_from is not None and statute.effective_from == gist.effective_from


def _gist_statute(gist: GistStatute) -> Statute:
    key = hashlib.blake2b(f"{gist.title}\n{gist.version}".encode(), digest_size=8).hexdigest()
    return Statute(
        id=f"gist_{key}",
        title=gist.title,
        level=gist.level,
        region=tuple(gist.region),
        text_kind=TextKind.GIST,
        version=gist.version,
        effective_from=gist.effective_from,
        source_url=gist.source_url,
    )


def _in_order(
    loose: Sequence[Volume], succession: Succession | None, revisions: Sequence[Revision]
) -> tuple[Volume, ...]:
    """Oldest first, each knowing what comes after it."""
    ordered = sorted(loose, key=_order)
    return tuple(
        replace(
            one,
            around=Surroundings(
                _following(one, ordered[place + 1 :]),
                succession,
                _lacking(one, ordered, revisions),
            ),
        )
        for place, one in enumerate(ordered)
    )


def _order(volume: Volume) -> tuple[date, date]:
    return begins(volume.statute) or _NEVER, volume.statute.version or _NEVER


def _following(one: Volume, later: Sequence[Volume]) -> Statute | None:
    """The next version of the same part 编; a text in one piece follows on every part.

    Gists of some articles do not take the place of a whole text: what they tell of it is that it
    was revised, see `_lacking`.
    """
    for other in later:
        parts = {one.statute.part, other.statute.part}
        if _is_text(one) and not _is_text(other):
            continue
        if _order(other) > _order(one) and (len(parts) == 1 or None in parts):
            return other.statute
    return None


def _is_text(volume: Volume) -> bool:
    return volume.statute.text_kind is TextKind.VERBATIM


def _lacking(
    one: Volume, volumes: Sequence[Volume], revisions: Sequence[Revision]
) -> Revision | None:
    """The first revision known of which we hold no text, from the table or from newer gists."""
    held = [other for other in volumes if _is_text(other) or not _is_text(one)]
    newest = max((other.statute.version or _NEVER for other in held), default=_NEVER)
    known = [*revisions, *(_told_by(other.statute) for other in volumes if other not in held)]
    missing = [revision for revision in known if newest < revision.revised_on]
    return min(missing, key=lambda revision: revision.in_force_from, default=None)


def _told_by(gists: Statute) -> Revision:
    day = gists.version or _NEVER
    return Revision(
        law=gists.title,
        revised_on=day,
        in_force_from=gists.effective_from or day,
        source=gists.source_url or "本库所载新文本要旨",
    )


def _names(volumes: Mapping[str, tuple[Volume, ...]], knowledge: Knowledge) -> Names:
    """Names of all we hold, then of the rules our knowledge only speaks of."""
    titles: dict[str, set[str]] = {}
    for group in volumes.values():
        parts = titles.setdefault(group[-1].statute.title, set())
        parts.update(one.statute.part for one in group if one.statute.part is not None)
    for title in (
        *(row.old for row in knowledge.successions),
        *(row.law for row in knowledge.revisions),
    ):
        titles.setdefault(title, set())
    given = {name: one.title for one in knowledge.statutes for name in one.aliases}
    given |= {name: row.old for row in knowledge.successions for name in row.aliases}
    given |= dict(knowledge.aliases)
    held = Names(titles, given)
    mentioned = [title for title in _mentioned(knowledge) if held.find(title) is None]
    return Names(titles | {title: set() for title in mentioned}, given) if mentioned else held


def _mentioned(knowledge: Knowledge) -> Iterator[str]:
    """Rules our knowledge names without holding a text: known, though not to be checked."""
    yield from knowledge.aliases.values()
    yield from (rule.title for rule in knowledge.unheld)
    for succession in knowledge.successions:
        yield from succession.successors
    for playbook in knowledge.playbooks:
        yield from (ref.law for ref in playbook.articles)
        yield from (ref.law for step in playbook.steps for ref in step.basis)
    for duty in knowledge.duties:
        yield from (ref.law for ref in duty.basis)
    for case in knowledge.cases:
        yield from (ref.law for ref in case.articles)
