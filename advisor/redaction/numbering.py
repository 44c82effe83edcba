"""Numbering plans: what an ID, telephone or card number looks like, each with its confidence.

Sources: GB 11643-1999 (ID numbers), the telephone numbering plan of MIIT (YD/T 1.x series of
numbers 1[3-9]x and area codes), ISO/IEC 7812-1 (card numbers and their check digit).
"""

import re
from collections.abc import Iterator

from advisor.redaction.model import MaskClass

Reading = tuple[int, float, MaskClass]
"""Length in digits, confidence (greater is better), class."""

_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)))
) | frozenset(map(str, (*range(61, 66), 71, 81, 82, 83)))
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_BORN_18 = re.compile(rf"(?:18|19|20)\d\d{_MONTH_DAY}")
_BORN_15 = re.compile(rf"\d\d{_MONTH_DAY}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
MOBILE = re.compile(r"(?:00860?|860?|0)?1[3-9]\d{9}")
"""A mobile number, with or without 86, 0086 or 0 before it."""

_LANDLINE = re.compile(r"(?:010|02\d)[1-9]\d{7}|0[3-9]\d\d[1-9]\d{6,7}")
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_CARD_HEADS = ("62", "60", "68", "69", "4", "5", "3", "9")


def is_telephone(digits: str) -> bool:
    """Whether the digits are one telephone number and nothing else: no amount is written so."""
    return MOBILE.fullmatch(digits) is not None or _LANDLINE.fullmatch(digits) is not None


def is_identity(digits: str) -> bool:
    """Whether the digits are one ID number with a possible birthday and nothing else."""
    shaped = len(digits) == 18 and digits[:2] in _PROVINCES
    return shaped and "X" not in digits[:17] and _BORN_18.match(digits, 6) is not None


def mobile(digits: str, at: int) -> Iterator[Reading]:
    """A mobile number, with or without 86, 0086 or 0 before it."""
    if digits[at] in "018":
        found = MOBILE.match(digits, at)
        if found:
            length = found.end() - at
            yield length, 12 + (length - 11) * 0.7, "电话"


def landline(digits: str, at: int) -> Iterator[Reading]:
    """A fixed number with its area code."""
    if digits[at] == "0":
        found = _LANDLINE.match(digits, at)
        if found:
            length = found.end() - at
            yield length, 11.0, "电话"
            if length == 12:
                yield 11, 10.0, "电话"


def id_18(digits: str, at: int) -> Iterator[Reading]:
    """An ID number of 18 digits; the check digit raises the confidence, it never gates."""
    number = digits[at : at + 18]
    if len(number) < 18 or number[:2] not in _PROVINCES or "X" in number[:17]:
        return
    checked = _checked(number)
    if _BORN_18.match(number, 6):
        yield 18, 25.0 if checked else 22.0, "证件号"
    else:
        yield 18, 16.0 if checked else 13.5, "证件号"


def id_15(digits: str, at: int) -> Iterator[Reading]:
    """An ID number of the first generation, 15 digits."""
    number = digits[at : at + 15]
    if (
        len(number) == 15
        and number.isdigit()
        and number[:2] in _PROVINCES
        and _BORN_15.match(number, 6)
    ):
        yield 15, 14.0, "证件号"


def bank_card(digits: str, at: int, least: int = 13) -> Iterator[Reading]:
    """A card number of 16 to 19 digits, or of 13 to 15 with a right check digit."""
    if not digits.startswith(_CARD_HEADS, at):
        return
    longest = min(19, len(digits.rstrip("X")) - at)
    for length in range(longest, least - 1, -1):
        number = digits[at : at + length]
        checked = luhn(number)
        if length >= 16:
            usual = length in (16, 19)
            yield length, length - 3.0 + 2 * checked + 3 * usual, "银行卡"
        elif checked:
            yield length, length - 5.0, "银行卡"


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1, annex B."""
    total = sum(map(int, number[-1::-2])) + sum(_DOUBLED[int(c)] for c in number[-2::-2])
    return total % 10 == 0


def _checked(number: str) -> bool:
    total = sum(w * int(c) for w, c in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[17]
