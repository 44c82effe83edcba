"""Redaction of one text: every recogniser in order of certainty, then the tokens."""

from collections.abc import Iterable

from advisor.redaction.accounts import find_accounts
from advisor.redaction.addresses import find_addresses
from advisor.redaction.ages import find_ages
from advisor.redaction.claims import Claims
from advisor.redaction.model import Redacted, Span
from advisor.redaction.names import find_names
from advisor.redaction.numbers import find_numbers
from advisor.redaction.plates import find_plates
from advisor.redaction.tokens import mask


def redact(text: str) -> Redacted:
    """The text with names, numbers, addresses and ages of minors replaced by numbered tokens.

    Works on any text. Places down to the village or community, offices, laws, dates, amounts and
    hotlines stay. ``restore`` undoes it exactly.
    """
    return mask(text, find_spans(text))


def find_spans(text: str) -> tuple[Span, ...]:
    """Every particular of the text, in order of appearance, without overlap."""
    claims = Claims()
    found_by: Iterable[Iterable[Span]] = (
        find_accounts(text),
        find_numbers(text),
        find_plates(text),
        find_addresses(text),
    )
    for spans in found_by:
        claims.take(spans)
    names = claims.take(find_names(text))
    if names:
        claims.take(find_ages(text, names))
    return claims.spans()
