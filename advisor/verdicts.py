"""Verdicts on all that a text cites, remembered: what guides say comes again in every advice."""

from datetime import date
from weakref import WeakKeyDictionary

from advisor.bare_names import bare_names
from advisor.prose import plain_copy
from corpus.citation_check import CitationVerdict, check_text
from corpus.library import Library
from corpus.model import Region

_Key = tuple[str, date, Region, int]
_Verdicts = tuple[CitationVerdict, ...]

_REMEMBERED = 4096
_read: WeakKeyDictionary[Library, dict[_Key, _Verdicts]] = WeakKeyDictionary()


def verdicts_on(
    text: str, library: Library, day: date, region: Region
) -> tuple[CitationVerdict, ...]:
    """A verdict on each citation of a text and on each rule named alone that does not hold.

    Args:
        text: Prose of any length; disguised citations are read as what they are.
        library: The law known; what it said of a text counts until its next edition.
        day: The day whose law counts.
        region: The place whose law counts.
    """
    read = _read.setdefault(library, {})
    plain = plain_copy(text)
    key = (plain, day, region, library.edition)
    verdicts = read.get(key)
    if verdicts is None:
        cited = check_text(plain, library, as_of=day, region=region)
        verdicts = (*cited, *bare_names(plain, cited, library, day))
        if len(read) >= _REMEMBERED:
            read.clear()
        read[key] = verdicts
    return verdicts
