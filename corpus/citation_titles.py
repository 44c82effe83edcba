"""Titles between 《 and 》 in prose, with the titles inside them."""

import re

TITLE = r"《([^《》\n]{0,150}(?:《[^《》\n]{0,100}》[^《》\n]{0,100}){0,4})》"
"""A title between 《 and 》, with titles inside it."""
_TITLE = re.compile(TITLE)
_PLAIN_TITLE = 150


def titles(text: str) -> list[tuple[str, int, int]]:
    """Every title between 《 and 》 with its span; a plain one without asking the expression."""
    found: list[tuple[str, int, int]] = []
    start = text.find("《")
    while start >= 0:
        stop = text.find("》", start)
        name = text[start + 1 : stop] if stop >= 0 else ""
        if len(name) > _PLAIN_TITLE or "《" in name or "\n" in name or stop < 0:
            m = _TITLE.match(text, start)
            name, stop = (m[1], m.end() - 1) if m is not None else ("", start)
        if name:
            found.append((name, start, stop + 1))
        start = text.find("《", stop + 1)
    return found
