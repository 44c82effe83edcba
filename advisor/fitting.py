"""What of our knowledge counts for one complaint: the one place where ``only_if`` is decided."""

from collections.abc import Sequence
from typing import TypeVar

from advisor.sentences import mentions
from corpus.model import Conditional, Line, Record

_STOPS = tuple("。！？!?；;：:，,、）)\n")

_Record = TypeVar("_Record", bound=Record)
_Part = TypeVar("_Part", bound=Conditional)


def fits(part: Conditional, text: str) -> bool:
    """Whether a part counts for this complaint: always, or by one of its words, not denied."""
    return not part.only_if or bool(mentions(text, part.only_if))


def fitted(record: _Record, text: str) -> _Record:
    """The record with those of its parts, and of their parts, that count for this complaint."""
    kept = {
        name: tuple(fitted(part, text) for part in parts if fits(part, text))
        for name, parts in record.conditional_parts()
    }
    return record.model_copy(update=kept)


def foremost(parts: Sequence[_Part], room: int, *, core: int = 0) -> tuple[_Part, ...]:
    """At most ``room`` of the fitting parts, in their order.

    Where not all find room, the first ``core`` stay, then those written for what this complaint
    tells, since they say more about it; of the others the last go first.
    """
    ranked = sorted(range(len(parts)), key=lambda n: n >= core and not parts[n].only_if)
    return tuple(parts[n] for n in sorted(ranked[: max(0, room)]))


def told(lines: Sequence[Line]) -> str:
    """Sentences as one text; one that ends in no stop gets a full one before the next."""
    ended = (t if t.endswith(_STOPS) else f"{t}。" for t in (line.text for line in lines[:-1]))
    return "".join((*ended, *(line.text for line in lines[-1:])))
