"""Source records and search hits to the wire, field by field."""

from collections.abc import Sequence
from datetime import date

from api.schemas.law import ArticleOut, CitationOut, HitOut, StatuteOut, ValidityOut
from corpus.citation_check import CitationVerdict
from corpus.library import ArticleView, Library
from corpus.model import Statute
from corpus.numerals import format_article
from corpus.region import format_region
from indexer.learned.index import UNLIKELY
from indexer.retriever import CaseHit, Hit, StatuteHit


def statute_out(statute: Statute, library: Library, on: date) -> StatuteOut:
    """One version of a rule with its validity on a day."""
    return StatuteOut(
        id=statute.id,
        title=statute.title,
        part=statute.part,
        level=statute.level,
        region=format_region(statute.region),
        text_kind=statute.text_kind,
        adopted_on=statute.adopted_on,
        version=statute.version,
        effective_from=statute.effective_from,
        source_url=statute.source_url,
        validity=ValidityOut.model_validate(library.validity(statute, on)),
    )


def article_out(view: ArticleView, library: Library, on: date) -> ArticleOut:
    """One article with the version it stands in and that version's validity on a day."""
    return ArticleOut(
        law=view.statute.title,
        article=format_article(view.number),
        path=view.path,
        text=view.text,
        text_kind=view.text_kind,
        gist=view.gist.gist if view.gist else None,
        on=on,
        statute=statute_out(view.statute, library, on),
        corpus_as_of=library.as_of,
    )


def hit_out(rank: int, hit: Hit) -> HitOut:
    """One hit at its rank, counted from 1."""
    if isinstance(hit, CaseHit):
        return HitOut(
            rank=rank,
            score=hit.score,
            kind="case",
            title=hit.case.title,
            article=None,
            text=hit.case.facts,
            region=hit.case.place,
            case_id=hit.case.id,
        )
    view = hit.article
    return HitOut(
        rank=rank,
        score=hit.score,
        kind="statute",
        title=view.statute.title,
        article=format_article(view.number),
        text=view.text,
        text_kind=view.text_kind,
        status=hit.validity.status,
        region=format_region(view.statute.region),
    )


def citation_out(found: CitationVerdict) -> CitationOut:
    """The verdict on one citation."""
    return CitationOut(
        text=found.text,
        law=found.law,
        article=format_article(found.article),
        paragraph=found.paragraph,
        verdict=found.verdict,
        reason=found.reason,
        suggestion=found.suggestion,
    )


def doubt(hits: Sequence[Hit]) -> str | None:
    """What must be said of hits none of which likely applies; nothing where one does."""
    likely = [
        hit.applies for hit in hits if isinstance(hit, StatuteHit) and hit.applies is not None
    ]
    if not likely or max(likely) >= UNLIKELY:
        return None
    return "没有找到可以确认适用的条文；以下只是文字相近的内容，请勿直接引用。"
