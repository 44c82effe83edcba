"""Tokens: how spans become numbered tokens, and tokens, even damaged ones, what they stand for."""

import re
from collections.abc import Sequence

from advisor.redaction.model import CLASSES, Redacted, Span, Token

LOOK_ALIKE = re.compile(
    rf"[\[［【〔(（「]\s*({'|'.join(CLASSES)})[\s_:：·-]*"
    r"([0-9０-９]{1,6})(?:\s*[-－‐–—]\s*([0-9０-９]{1,3}))?\s*[\]］】〕)）」]"
)
"""A token, or what a model makes of one: other brackets, full-width digits, spaces inside.

It holds one opening and one closing bracket, so a match can never span a token's edge.
"""

_Label = tuple[str, int, int]


def mask(text: str, spans: Sequence[Span]) -> Redacted:
    """The text with each span replaced by its token.

    Numbers run per class in order of appearance and pass over those that look-alikes already in
    the text carry, so that restoring touches our own tokens only.

    Args:
        text: any text.
        spans: in order of appearance, without overlap.
    """
    if not spans:
        return Redacted(text)
    numbering = _Numbering({_label(found)[:2] for found in LOOK_ALIKE.finditer(text)})
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], numbering.token(span, text[span.start : span.end]))
        at = span.end
    pieces.append(text[at:])
    return Redacted("".join(pieces), numbering.tokens())


def restore(text: str, redacted: Redacted) -> str:
    """The text with every token of ``redacted`` put back; tokens it does not know stay as they are.

    ``restore(redacted.masked, redacted)`` is the original, exactly. A text that a model wrote with
    these tokens is restored too, slightly damaged tokens included.
    """
    if not redacted.tokens:
        return text
    originals: dict[_Label, str] = {}
    for token in redacted.tokens:
        found = LOOK_ALIKE.fullmatch(token.token)
        if found is not None:
            originals[_label(found)] = token.original
    return LOOK_ALIKE.sub(lambda found: originals.get(_label(found), found[0]), text)


def _label(found: re.Match[str]) -> _Label:
    return found[1], int(found[2]), int(found[3] or 1)


class _Numbering:
    """Numbers entities and their ways of writing while one text is masked."""

    def __init__(self, taken: set[tuple[str, int]]) -> None:
        self._taken = taken
        self._last: dict[str, int] = {}
        self._entities: dict[tuple[str, str], int] = {}
        self._forms: dict[tuple[str, int], int] = {}
        self._tokens: dict[tuple[str, str, str], Token] = {}

    def token(self, span: Span, original: str) -> str:
        """The token of one span: the same for the same entity written the same way."""
        known = self._tokens.get((span.cls, span.key, original))
        if known is None:
            known = Token(self._name(span), span.cls, original)
            self._tokens[span.cls, span.key, original] = known
        return known.token

    def tokens(self) -> tuple[Token, ...]:
        """Every token given out, in order of first appearance."""
        return tuple(self._tokens.values())

    def _name(self, span: Span) -> str:
        number = self._entities.setdefault((span.cls, span.key), 0) or self._next(span)
        form = self._forms[span.cls, number] = self._forms.get((span.cls, number), 0) + 1
        return f"[{span.cls}{number}]" if form == 1 else f"[{span.cls}{number}-{form}]"

    def _next(self, span: Span) -> int:
        number = self._last.get(span.cls, 0) + 1
        while (span.cls, number) in self._taken:
            number += 1
        self._last[span.cls] = self._entities[span.cls, span.key] = number
        return number
