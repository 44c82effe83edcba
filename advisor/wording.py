"""How statutes say what people say: official words for the lay words of a complaint."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.model import LexiconEntry

MOST_TERMS = 5
MOST_WORDS = 8


class Wording:
    """A lexicon made ready for many texts; immutable."""

    def __init__(self, lexicon: Sequence[LexiconEntry]) -> None:
        self._official = {entry.term: entry.official for entry in lexicon}
        lengths: dict[str, set[int]] = defaultdict(set)
        for term in self._official:
            lengths[term[0]].add(len(term))
        self._lengths = {first: sorted(own, reverse=True) for first, own in lengths.items()}

    def expand(self, text: str) -> tuple[str, ...]:
        """Official words for the lay terms found in ``text``, at most `MOST_WORDS`.

        At each place the longest term counts, and a term inside it does not. The words of longer
        terms come first, since these say more of the matter; only `MOST_TERMS` of them are
        followed.
        """
        found = sorted(dict.fromkeys(self._terms(text)), key=len, reverse=True)
        words = dict.fromkeys(word for term in found[:MOST_TERMS] for word in self._official[term])
        return tuple(words)[:MOST_WORDS]

    def _terms(self, text: str) -> Iterator[str]:
        place = 0
        while place < len(text):
            said = (text[place : place + n] for n in self._lengths.get(text[place], ()))
            term = next((one for one in said if one in self._official), None)
            if term is not None:
                yield term
            place += len(term) if term else 1


def expand(text: str, lexicon: Sequence[LexiconEntry]) -> tuple[str, ...]:
    """`Wording.expand` for a single text."""
    return Wording(lexicon).expand(text)
