"""Dissection of a run of digits into the numbers it is made of, by the best total score.

Numbers stand right beside each other (an ID number and a telephone number without a space), and
gaps stand inside numbers, so neither gaps nor lengths alone tell where one ends.
"""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.redaction.digits import DigitRun
from advisor.redaction.model import MaskClass
from advisor.redaction.numbering import (
    Reading,
    bank_card,
    id_15,
    id_18,
    is_identity,
    is_telephone,
    landline,
    mobile,
)

_GAP_COST = 0.5
_UNEVEN_COST = 1.5
_CARD_SIZES = (16, 19)
_SURE = 9.5
"""Above this a run that can be read as one number is one."""


class Part(NamedTuple):
    """A number within a run: digits ``start`` to ``stop`` of it."""

    start: int
    stop: int
    cls: MaskClass


class _Best(NamedTuple):
    score: float
    parts: tuple[Part, ...]


_TELEPHONE_HEADS = "018"
_SHORTEST_OTHER = 13
"""Digits of the shortest number that is no telephone number, a card's."""

_PLANS = (mobile, landline, id_18, id_15)
_NONE = _Best(0.0, ())
_NEVER = _Best(-1e9, ())


def dissect(run: DigitRun, torn: float) -> tuple[Part, ...]:
    """The numbers of a run, in order.

    Args:
        run: the digits.
        torn: what it costs a number to begin or end inside a group of digits, beside digits that
            belong to no number.
    """
    size = len(run.digits)
    plain = _plain(run)
    if plain:
        return (Part(0, size, plain),)
    whole = [
        (part, value) for part, value in _parts_at(run, 0, least=min(size, 20)) if part.stop == size
    ]
    if whole:
        part, value = max(whole, key=lambda read: read[1])
        if value >= _SURE and not _odd_card(run, part):
            return (part,)
    # Two states at each digit: the digit before belongs to no number, or a number ends here.
    loose, closed = [_NEVER] * (size + 1), [_NEVER] * (size + 1)
    loose[0] = _NONE
    for at in range(size):
        edge = 0.0 if run.starts[at] else torn
        skipped = max(loose[at], _Best(closed[at].score - edge, closed[at].parts), key=_score)
        loose[at + 1] = max(loose[at + 1], skipped, key=_score)
        opened = max(_Best(loose[at].score - edge, loose[at].parts), closed[at], key=_score)
        if opened.score < -1e8:
            continue
        for part, value in _parts_at(run, at):
            told = _Best(opened.score + value, (*opened.parts, part))
            closed[part.stop] = max(closed[part.stop], told, key=_score)
    return max(loose[size], closed[size], key=_score).parts


def _plain(run: DigitRun) -> MaskClass | None:
    """What the run is when it is one number and nothing else: most runs are."""
    size = len(run.digits)
    if is_telephone(run.digits):
        return "电话"
    if is_identity(run.digits):
        return "证件号"
    card = size in _CARD_SIZES and run.digits.startswith("62")
    return "银行卡" if card and True not in run.starts[1:size] else None


def _odd_card(run: DigitRun, part: Part) -> bool:
    """A card of a length few have, with a gap in it: its last group may be the next line's."""
    odd = part.cls == "银行卡" and part.stop not in (16, 19)
    return odd and True in run.starts[1 : part.stop]


def _score(best: _Best) -> float:
    return best.score


def _parts_at(run: DigitRun, at: int, least: int = 0) -> Iterator[tuple[Part, float]]:
    """Every number that can begin at a digit; card numbers of 13 and ``least`` digits or more."""
    if run.digits[at] not in _TELEPHONE_HEADS and len(run.digits) - at < _SHORTEST_OTHER:
        return
    readings = [reading for read in _PLANS for reading in read(run.digits, at)]
    readings += bank_card(run.digits, at, max(least, _SHORTEST_OTHER))
    readings += _split_landline(run, at)
    for length, confidence, cls in readings:
        value = confidence - _gap_cost(run, at, at + length, even=cls == "银行卡")
        if value > 0:
            yield Part(at, at + length, cls), value


def _split_landline(run: DigitRun, at: int) -> Iterator[Reading]:
    """An area code set apart and seven or eight digits, whatever they are: 028—7645708."""
    if run.digits[at] != "0":
        return
    for area in (3, 4):
        for local in (8, 7):
            stop = at + area + local
            if stop <= len(run.digits) and run.starts[at + area] and run.starts[stop]:
                yield area + local, 11.0 + _GAP_COST, "电话"
                return


def _gap_cost(run: DigitRun, start: int, stop: int, *, even: bool) -> float:
    if True not in run.starts[start + 1 : stop]:
        return 0.0
    gaps = [i for i in range(start + 1, stop) if run.starts[i]]
    if (
        even
        and len(gaps) > 1
        and any((i - start) % 4 for i in gaps)
        and len(gaps) < stop - start - 1
    ):
        return _UNEVEN_COST * len(gaps) + 3
    return _GAP_COST * len(gaps)
