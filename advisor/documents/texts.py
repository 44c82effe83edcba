"""Texts as files can hold them."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)
