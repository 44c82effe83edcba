"""The gate: whether a citation found in prose may be shown as law at a date, in a place.

What each verdict says:

verified       the law, the article and the paragraph or item named exist in the version in force
               at the date, hold in the place, and the wording quoted is that article's.
repaired       the same after one correction that is proved: a law's name completed by the place
               asked about, a renamed law whose article under its new name is the one quoted, or
               a paragraph left out because only our gist of the article is held.
misattributed  the wording, the paragraph or the item is not in this article; the suggestion says
               where the wording stands, if it stands in the same law or another law of the text.
not_found      no such law or article here, no law named, or a quotation that cannot be compared
               because only our gist is held. Unproved is never accepted.
not_in_force   the law ended, is not yet in force, or was revised and the new text is not held;
               or the article or wording is that of an older version.
out_of_region  the rule of another place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from corpus.citation import parse_citations
from corpus.citation_laws import Shelf
from corpus.citation_quotes import picks_term
from corpus.citation_ruling import Ruling, in_law, refused
from corpus.lawbook import LawBook
from corpus.model import ArticleNumber, Citation, Region, VerdictKind
from corpus.numerals import format_article

ACCEPTED = frozenset({VerdictKind.VERIFIED, VerdictKind.REPAIRED})
"""The verdicts under which a citation may be shown as law."""

_MOST_SHELVES = 8
_shelves: WeakKeyDictionary[LawBook, dict[tuple[int, date, Region], Shelf]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """What the gate says of one citation.

    ``text`` are the characters at ``[start, end)``. ``law`` is the full title where the law is
    known, else the name as written. ``suggestion`` is what to write instead, where known.
    """

    text: str
    law: str | None
    article: ArticleNumber
    verdict: VerdictKind
    reason: str
    start: int
    end: int
    paragraph: int | None = None
    item: int | None = None
    suggestion: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the citation may be shown as law."""
        return self.verdict in ACCEPTED

    def as_row(self) -> dict[str, str | int | None]:
        """The fields other systems see, the article as statutes write it."""
        return {
            "text": self.text,
            "law": self.law,
            "article": format_article(self.article),
            "paragraph": self.paragraph,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "suggestion": self.suggestion,
        }


def check_text(
    text: str, library: LawBook, *, as_of: date, region: Region
) -> tuple[CitationVerdict, ...]:
    """Judge every citation in a text, from left to right.

    When one quotation follows several articles (第八条、第九条规定：“…”) it has to stand in
    one of them; the others are then judged without it.

    Args:
        text: prose of any length.
        library: the law known.
        as_of: the day whose law counts.
        region: the place whose law counts, as its ladder below the state.
    """
    shelf = _shelf(library, as_of, region)
    citations = parse_citations(text, shelf.resolve)
    if len(citations) == 1:
        first = citations[0]
        return (_judge(first, shelf, (), term=_term(text, first)),)
    laws = tuple(dict.fromkeys(c.law for c in citations if c.law is not None))
    found = [_judge(c, shelf, laws, term=_term(text, c)) for c in citations]
    return tuple(_settle_shared(citations, found, shelf))


def rule(citation: Citation, library: LawBook, *, as_of: date, region: Region) -> CitationVerdict:
    """Judge one citation; see :func:`check_text`."""
    return _judge(citation, _shelf(library, as_of, region), (), term=False)


def _shelf(library: LawBook, as_of: date, region: Region) -> Shelf:
    shelves = _shelves.get(library)
    if shelves is None:
        shelves = _shelves[library] = {}
    key = (library.edition, as_of, region)
    found = shelves.get(key)
    if found is None:
        if len(shelves) >= _MOST_SHELVES:
            shelves.clear()
        found = shelves[key] = Shelf(library, as_of, region)
    return found


def _term(text: str, citation: Citation) -> bool:
    return citation.quote is not None and picks_term(text, citation.end)


def _settle_shared(
    citations: Sequence[Citation], found: Sequence[CitationVerdict], shelf: Shelf
) -> Iterator[CitationVerdict]:
    for i, (citation, verdict) in enumerate(zip(citations, found, strict=True)):
        if citation.quote is None or verdict.accepted:
            yield verdict
            continue
        shared = any(
            other.quote is citation.quote and found[j].accepted
            for j, other in enumerate(citations)
            if j != i and other.start != citation.start
        )
        yield _judge(replace(citation, quote=None), shelf, (), term=False) if shared else verdict


def _judge(citation: Citation, shelf: Shelf, laws: Sequence[str], *, term: bool) -> CitationVerdict:
    law = shelf.law(citation.law) if citation.law is not None else None
    if law is None:
        ruling = Ruling(VerdictKind.NOT_FOUND, "没有写明是哪一部法律，无法核对。")
    elif law.refusal is not None:
        ruling = refused(citation, law, law.refusal, shelf)
    else:
        ruling = in_law(citation, law, shelf, laws, term=term)
    return CitationVerdict(
        text=citation.text,
        law=ruling.law or (law.title if law is not None else None) or citation.law,
        article=citation.article,
        verdict=ruling.verdict,
        reason=ruling.reason,
        start=citation.start,
        end=citation.end,
        paragraph=citation.paragraph,
        item=citation.item,
        suggestion=ruling.suggestion,
    )
