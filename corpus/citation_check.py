"""The gate: whether a citation found in prose may be shown as law at a date, in a place.

What each verdict says:

verified       the law, the article and the paragraph or item named exist in the version in force
               at the date, hold in the place, and the wording quoted is that article's.
repaired       the same after one correction that is proved: a law's name completed by the place
               asked about, a renamed law whose article under its new name is the one quoted, or
               a paragraph left out because only our gist of the article is held.
misattributed  the wording, the paragraph or the item is not in this article; the suggestion says
               where the wording stands, if it stands in the same law or another law of the text.
               Also an article retold closely (规定，…) with another 应当, 不得, 可以 or number.
not_found      no such law or article here, no law named, or a quotation that cannot be compared
               because only our gist is held. Unproved is never accepted.
not_in_force   the law ended, is not yet in force, or was revised and the new text is not held;
               or the article or wording is that of an older version.
out_of_region  the rule of another place.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from corpus.citation import parse_citations
from corpus.citation_laws import LawAt, Shelf
from corpus.citation_quotes import (
    concludes,
    passage_end,
    picks_term,
    rest_of_passage,
    retold,
    unmarked_place,
)
from corpus.citation_ruling import LONGEST_TERM, Claim, Ruling, as_quoted, in_law, refused
from corpus.lawbook import LawBook
from corpus.model import ArticleNumber, Citation, Region, VerdictKind
from corpus.numerals import format_article
from corpus.paraphrase import strays
from corpus.quotation import normalise, surely_absent

ACCEPTED = frozenset({VerdictKind.VERIFIED, VerdictKind.REPAIRED})
"""The verdicts under which a citation may be shown as law."""

_MOST_SHELVES = 8
_SHORTEST_PROSE = 8
_NO_LAW = Ruling(VerdictKind.NOT_FOUND, "没有写明是哪一部法律，无法核对。")
_shelves: WeakKeyDictionary[LawBook, dict[tuple[int, date, Region], Shelf]] = WeakKeyDictionary()


class CitationVerdict(NamedTuple):
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
        return (_in_prose(text, citations[0], len(text), shelf, ())[0],)
    laws = tuple(dict.fromkeys(c.law for c in citations if c.law is not None))
    judged: list[tuple[Citation, CitationVerdict]] = []
    covered = 0
    for n, citation in enumerate(citations):
        if citation.start < covered:  # inside wording of the statute that was just compared
            continue
        until = citations[n + 1].start if n + 1 < len(citations) else len(text)
        verdict, end = _in_prose(text, citation, until, shelf, laws)
        covered = max(covered, end)
        judged.append((citation, verdict))
    return tuple(_settle_shared(judged, shelf))


def rule(citation: Citation, library: LawBook, *, as_of: date, region: Region) -> CitationVerdict:
    """Judge one citation; see :func:`check_text`."""
    return _judge(_claim(citation), _shelf(library, as_of, region))


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


def _settle_shared(
    judged: Sequence[tuple[Citation, CitationVerdict]], shelf: Shelf
) -> Iterator[CitationVerdict]:
    for citation, verdict in judged:
        if citation.quote is None or verdict.accepted:
            yield verdict
            continue
        shared = any(
            other.quote is citation.quote and ruled.accepted and other.start != citation.start
            for other, ruled in judged
        )
        yield _judge(Claim(citation), shelf) if shared else verdict


def _in_prose(
    text: str, citation: Citation, until: int, shelf: Shelf, laws: Sequence[str]
) -> tuple[CitationVerdict, int]:
    """The verdict in view of the prose around, and how far wording of the statute reaches.

    Where a quotation has no marks, its end is found by comparison: as many lines as are the
    article's. What follows in the same passage may not look like more of the statute.
    """
    if citation.law is None:
        return _judge(Claim(citation), shelf), 0
    if citation.quote is None:
        verdict = _judge(Claim(citation), shelf)
        prose = retold(text[:until], citation.end) if verdict.accepted else ""
        return _unless_bent(verdict, prose, shelf, strict=False), 0
    start = unmarked_place(text, citation.end, citation.quote)
    if start is None:
        quote = normalise(citation.quote)
        term = len(quote) <= LONGEST_TERM and picks_term(text, citation.end)
        return _judge(Claim(citation, quote, term), shelf, laws), 0
    verdict, end = _reaching(text, citation, start, shelf, laws)
    rest = rest_of_passage(text, end)
    if verdict.accepted and _still_quotes(rest, citation, shelf):
        whole = Claim(citation, normalise(text[start:end] + rest))
        return _judge(whole, shelf, laws), end + len(rest)
    strict = not concludes(rest, 0)
    if verdict.accepted and shelf.says(citation.law, rest):
        verdict = _bent(verdict)
    return _unless_bent(verdict, rest, shelf, strict=strict), end


def _still_quotes(rest: str, citation: Citation, shelf: Shelf) -> bool:
    """Whether what looks like the writer's own advice (请…) begins with the article's words."""
    opening = normalise(re.split(r"(?<=[。；;！？!?\n])", rest.lstrip(), maxsplit=1)[0])
    return len(opening) >= _SHORTEST_PROSE and any(
        opening in held.plain for held in shelf.wordings(citation)
    )


def _reaching(
    text: str, citation: Citation, start: int, shelf: Shelf, laws: Sequence[str]
) -> tuple[CitationVerdict, int]:
    """The verdict on the longest stretch of whole lines that is the article's wording."""
    held = shelf.wordings(citation)
    lines = text[start : passage_end(text, start)].split("\n") if held else []
    most = max((h.view.text.count("\n") + 1 for h in held), default=0)
    stretch, quote = "", ""
    for count in range(min(most, len(lines)), 0, -1):
        stretch = "\n".join(lines[:count])
        quote = normalise(stretch)
        if all(surely_absent(quote, h.plain) for h in held):
            continue
        law = shelf.law(str(citation.law))
        ruling = as_quoted(Claim(citation, quote), law, held)
        if ruling is not None and ruling.verdict in ACCEPTED:
            return _verdict(citation, law, ruling), start + len(stretch)
    written = citation.quote or ""
    claim = Claim(citation, quote if stretch == written else normalise(written))
    return _judge(claim, shelf, laws), start + len(written)


def _unless_bent(
    verdict: CitationVerdict, prose: str, shelf: Shelf, *, strict: bool
) -> CitationVerdict:
    """The verdict, unless the prose bends the article it is told to retell."""
    if not verdict.accepted or not prose or (len(prose) < _SHORTEST_PROSE and not strict):
        return verdict
    held = shelf.wordings(verdict)
    if not held or not all(strays(prose, h.plain, strict=strict) for h in held):
        return verdict
    return _bent(verdict)


def _bent(verdict: CitationVerdict) -> CitationVerdict:
    reason = "转述与该条原文不符（应当、不得、可以、数字等有改动，或者接续的文字不是该条原文）。"
    return verdict._replace(verdict=VerdictKind.MISATTRIBUTED, reason=reason)


def _claim(citation: Citation) -> Claim:
    return Claim(citation, normalise(citation.quote) if citation.quote is not None else None)


def _judge(claim: Claim, shelf: Shelf, laws: Sequence[str] = ()) -> CitationVerdict:
    name = claim.citation.law
    if name is None:
        return _verdict(claim.citation, None, _NO_LAW)
    law = shelf.law(name)
    if law.refusal is not None:
        return _verdict(claim.citation, law, refused(claim, law, law.refusal, shelf))
    return _verdict(claim.citation, law, in_law(claim, law, shelf, laws))


def _verdict(citation: Citation, law: LawAt | None, ruling: Ruling) -> CitationVerdict:
    return CitationVerdict(
        citation.text,
        ruling.law or (law.title if law is not None else None) or citation.law,
        citation.article,
        ruling.verdict,
        ruling.reason,
        citation.start,
        citation.end,
        citation.paragraph,
        citation.item,
        ruling.suggestion,
    )
