"""Judging one citation against the law it names: the article, its paragraphs, its wording."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.citation_laws import Held, LawAt, Refusal, Shelf
from corpus.citation_parts import divisions, stray
from corpus.model import ArticleNumber, Citation, Status, TextKind, VerdictKind
from corpus.numerals import format_article, to_chinese
from corpus.quotation import (
    Fit,
    Item,
    ParagraphSpan,
    Wording,
    compare,
    compare_term,
    surely_absent,
    wording,
)

LONGEST_TERM = 12
"""Characters of the longest expression that counts as one (所称“…”)."""
_SENTENCE_MARKS = frozenset("。;:!?,…")


class Ruling(NamedTuple):
    """A verdict before it is tied to a place in the text."""

    verdict: VerdictKind
    reason: str
    suggestion: str | None = None
    law: str | None = None  # where it is another than the one named


class Claim(NamedTuple):
    """What a citation claims.

    ``quote`` is the wording it ascribes to the article, normalised; with ``term`` the wording
    may be an expression picked from a sentence.
    """

    citation: Citation
    quote: str | None = None
    term: bool = False


_HELD = Ruling(VerdictKind.VERIFIED, "条文存在且有效。")
_QUOTED = Ruling(VerdictKind.VERIFIED, "条文存在且有效，引文与原文一致。")


def refused(claim: Claim, law: LawAt, refusal: Refusal, shelf: Shelf) -> Ruling:
    """The refusal, with the article of the successor that holds the same wording, if one does.

    A rule that was only renamed is repaired when the wording stands under the same number.
    """
    citation, quote, _ = claim
    if quote is None:
        return Ruling(*refusal)
    for name in law.successors:
        after = shelf.law(name)
        hit = shelf.find(quote, after.holding)
        if hit is None or after.title is None:
            continue
        where = cite(after.title, hit.number)
        if law.renamed and hit.number == citation.article and citation.paragraph is None:
            reason = f"《{law.title}》已更名为《{after.title}》，引文与原文一致。"
            return Ruling(VerdictKind.REPAIRED, reason, where, after.title)
        return Ruling(refusal.verdict, refusal.reason, where)
    return Ruling(*refusal)


def in_law(claim: Claim, law: LawAt, shelf: Shelf, laws: Sequence[str]) -> Ruling:
    """Judge a citation of a law of which a version holds; ``laws`` are the others named."""
    held = shelf.held(law, claim.citation.article)
    if not held:
        return _no_article(claim.citation, law, shelf)
    ruling = as_quoted(claim, law, held)
    return ruling if ruling is not None else _misquoted(claim, held[0].where, law, shelf, laws)


def as_quoted(claim: Claim, law: LawAt, held: Sequence[Held]) -> Ruling | None:
    """The ruling on an article that holds; None when the wording quoted is not the article's.

    One title may be held twice, and either text may be the one quoted.
    """
    ruling = _of_version(claim, law, held[0])
    for other in held[1:]:
        if ruling is None or ruling.verdict is not VerdictKind.VERIFIED:
            again = _of_version(claim, law, other)
            verified = again is not None and again.verdict is VerdictKind.VERIFIED
            ruling = again if verified else ruling
    if law.repair is not None and ruling is not None and ruling.verdict is VerdictKind.VERIFIED:
        cited = claim.citation
        where = cite(str(law.title), cited.article, cited.paragraph, cited.item)
        return Ruling(VerdictKind.REPAIRED, law.repair, where)
    return ruling


def _no_article(citation: Citation, law: LawAt, shelf: Shelf) -> Ruling:
    name = format_article(citation.article)
    for statute, state in reversed(law.other):
        if shelf.article(statute, citation.article) is not None:
            when = statute.version.isoformat() if statute.version else "旧"
            reason = (
                f"《{law.title}》现行文本没有{name}，该条见于{when}版本（{_STATE[state.status]}）。"
            )
            return Ruling(VerdictKind.NOT_IN_FORCE, reason, f"《{law.title}》")
    if law.gist_only:
        reason = f"资料库只收录《{law.title}》部分条文的要旨，没有全文，无法确认{name}。"
        return Ruling(VerdictKind.NOT_FOUND, reason, "导入全文后再核对")
    return Ruling(VerdictKind.NOT_FOUND, f"《{law.title}》没有{name}。", f"《{law.title}》")


_STATE = {
    Status.IN_FORCE: "有效",
    Status.SUPERSEDED: "已被修订",
    Status.REPEALED: "已废止",
    Status.NOT_YET_IN_FORCE: "尚未施行",
    Status.REVISED_SINCE: "已有新的修订",
}


def _by_gist(citation: Citation, law: LawAt) -> Ruling:
    """Existence is known from the table of gists; wording, paragraphs and items are not."""
    if citation.quote is not None:
        reason = f"资料库只有《{law.title}》的要旨，没有原文，引文无法逐字核对。"
        return Ruling(VerdictKind.NOT_FOUND, reason, cite(str(law.title), citation.article))
    if citation.paragraph is not None or citation.item is not None:
        reason = "资料库只有该条的要旨，款、项无法核对，按条引用。"
        return Ruling(VerdictKind.REPAIRED, reason, cite(str(law.title), citation.article))
    return Ruling(VerdictKind.VERIFIED, "条文存在且有效（依据要旨）。")


def _of_version(claim: Claim, law: LawAt, held: Held) -> Ruling | None:
    citation, quote, term = claim
    if held.view.text_kind is TextKind.GIST:
        return _by_gist(citation, law)
    strayed = stray(
        divisions(citation.law or "", citation.division), held.view.statute.part, held.view.path
    )
    if strayed is not None:
        reason = f"{format_article(citation.article)}不在“{strayed.written}”之内。"
        return Ruling(VerdictKind.MISATTRIBUTED, reason, held.where)
    span: tuple[int, int] | None = None
    if citation.paragraph is not None or citation.item is not None:
        place = _place(citation, wording(held.view.text))
        if isinstance(place, str):
            return Ruling(VerdictKind.MISATTRIBUTED, place, held.where)
        span = place
    if quote is None:
        return _HELD
    if span is None and surely_absent(quote, held.plain):
        return None
    article = wording(held.view.text)
    fits = _fits(quote, article, span, term=term) or _lead_and_item(quote, article, span)
    return _QUOTED if fits else None


def _fits(quote: str, article: Wording, span: tuple[int, int] | None, *, term: bool) -> bool:
    if compare(quote, article, span) is Fit.EXACT:
        return True
    short = len(quote) <= LONGEST_TERM and not _SENTENCE_MARKS.intersection(quote)
    return term and short and compare_term(quote, article, span) is Fit.EXACT


def _lead_and_item(quote: str, article: Wording, span: tuple[int, int] | None) -> bool:
    """第一款第（三）项规定：“有下列情形之一的，…：（三）…”: the lead and that item alone."""
    if span is None:
        return False
    for p in article.paragraphs:
        for i in p.items:
            if (i.start, i.end) == span:
                lead = article.text[p.start : p.lead_end if p.lead_end < i.start else i.start]
                return quote.strip("。,;") == (lead + article.text[i.start : i.end]).strip("。,;")
    return False


def _place(citation: Citation, article: Wording) -> tuple[int, int] | str:
    """The slice of the article that a paragraph and an item name, or why there is none."""
    spans: Sequence[ParagraphSpan] = article.paragraphs
    if citation.paragraph is not None:
        if not 1 <= citation.paragraph <= len(spans):
            return f"该条只有{len(spans)}款，没有第{to_chinese(citation.paragraph)}款。"
        spans = (spans[citation.paragraph - 1],)
    if citation.item is None:
        return spans[0].start, spans[0].end
    hits: list[Item] = [i for p in spans for i in p.items if i.number == citation.item]
    if not hits:
        return f"该处没有第（{to_chinese(citation.item)}）项。"
    if len(hits) > 1:
        return f"该条不止一款有第（{to_chinese(citation.item)}）项，须写明是哪一款。"
    return hits[0].start, hits[0].end


def _misquoted(claim: Claim, named: str, law: LawAt, shelf: Shelf, laws: Sequence[str]) -> Ruling:
    """Where wording that is not in the place ``named`` really stands."""
    title, quote = str(law.title), str(claim.quote)
    hit = shelf.find(quote, law.holding)
    if hit is not None:
        paragraph = _paragraph_of(quote, wording(hit.text))
        where = cite(title, hit.number, paragraph)
        return Ruling(VerdictKind.MISATTRIBUTED, f"引文不在此处，见{where}。", where)
    old = shelf.find(quote, [s for s, _ in law.other]) if law.other else None
    if old is not None:
        when = old.statute.version.isoformat() if old.statute.version else "旧"
        reason = f"引文出自《{title}》{when}版本{format_article(old.number)}，不是现行文本。"
        return Ruling(VerdictKind.NOT_IN_FORCE, reason, named)
    for name in laws:
        other = shelf.law(name)
        found = shelf.find(quote, other.holding) if other.title != law.title else None
        if found is not None:
            where = cite(str(other.title), found.number)
            return Ruling(VerdictKind.MISATTRIBUTED, f"引文不在此处，见{where}。", where)
    reason = "引文与该条原文不一致（有增删改动、截断而未以省略号标明，或拼接）。"
    return Ruling(VerdictKind.MISATTRIBUTED, reason, named)


def _paragraph_of(quote: str, article: Wording) -> int | None:
    if len(article.paragraphs) < 2:
        return None
    for n, p in enumerate(article.paragraphs, start=1):
        if compare(quote, article, (p.start, p.end)) is Fit.EXACT:
            return n
    return None


@lru_cache(maxsize=4096)
def cite(
    title: str, number: ArticleNumber, paragraph: int | None = None, item: int | None = None
) -> str:
    """The citation as it should be written."""
    text = f"《{title}》{format_article(number)}"
    if paragraph is not None:
        text += f"第{to_chinese(paragraph)}款"
    if item is not None:
        text += f"第（{to_chinese(item)}）项"
    return text
