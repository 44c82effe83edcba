"""Files that hold the same version of the same rule, found and counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus.model import Statute
from corpus.naming import name_key
from corpus.store_rows import StoredStatute
from corpus.validity import begins

SAME_VERSION = timedelta(days=45)
"""A rule is passed, signed and published on different days; sources date it by any of them."""

_NEVER = date.min
_COURTS = ("最高人民法院", "最高人民检察院", "最高人民法院最高人民检察院")


def by_title(stored: Iterable[StoredStatute]) -> dict[str, list[StoredStatute]]:
    """Texts by the key of their title.

    An interpretation whose copy leaves out the court joins the copy that names it.
    """
    groups: dict[str, list[StoredStatute]] = {}
    for one in stored:
        groups.setdefault(name_key(one.statute.title), []).append(one)
    for key in [key for key in groups if key.startswith("关于")]:
        named = next((court + key for court in _COURTS if court + key in groups), None)
        if named is not None:
            groups[named] = [*groups.pop(key), *groups[named]]
    return groups


def without_twins(group: Sequence[StoredStatute], twins: list[Statute]) -> list[StoredStatute]:
    """The group with one title, and each version once: of copies the one dated last."""
    if len(group) <= 1:
        return list(group)
    title = max(group, key=lambda one: (len(name_key(one.statute.title)), _age(one))).statute.title
    kept: list[StoredStatute] = []
    for one in sorted(group, key=_age, reverse=True):
        if any(_is_twin(one, other) for other in kept):
            twins.append(one.statute)
        else:
            kept.append(replace(one, statute=replace(one.statute, title=title)))
    return kept


def _age(one: StoredStatute) -> tuple[date, date]:
    return one.statute.version or _NEVER, begins(one.statute) or _NEVER


def _is_twin(one: StoredStatute, other: StoredStatute) -> bool:
    """Whether two files hold the same version: the same text, or the same beginning and day."""
    first, second = one.statute, other.statute
    if first.part != second.part:
        return False
    if one.text_sha256 == other.text_sha256:
        same_day = first.version == second.version or begins(first) == begins(second)
        return first.version is None or same_day
    if first.version is None or second.version is None or begins(first) != begins(second):
        return False
    return abs(first.version - second.version) <= SAME_VERSION
