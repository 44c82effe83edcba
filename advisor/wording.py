"""How statutes say what people say: official words for the lay words of a complaint."""

from collections.abc import Iterator, Mapping, Sequence

from corpus.model import LexiconEntry

MOST_TERMS = 5
MOST_WORDS = 8


def expand(text: str, lexicon: Sequence[LexiconEntry]) -> tuple[str, ...]:
    """Official words for the lay terms found in ``text``, at most `MOST_WORDS`.

    At each place the longest term counts, and a term inside it does not. The words of longer terms
    come first, since these say more of the matter; only `MOST_TERMS` of them are followed.
    """
    official = {entry.term: entry.official for entry in lexicon}
    found = sorted(dict.fromkeys(_terms(text, official)), key=len, reverse=True)
    words = dict.fromkeys(word for term in found[:MOST_TERMS] for word in official[term])
    return tuple(words)[:MOST_WORDS]


def _terms(text: str, official: Mapping[str, Sequence[str]]) -> Iterator[str]:
    lengths = sorted({len(term) for term in official}, reverse=True)
    place = 0
    while place < len(text):
        said = (text[place : place + length] for length in lengths)
        term = next((one for one in said if one in official), None)
        if term is not None:
            yield term
        place += len(term) if term else 1
