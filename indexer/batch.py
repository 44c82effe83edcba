"""Batch search: rows of questions in, rows of hits out, one at a time."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import CorpusError
from corpus.model import Region
from corpus.numerals import format_article
from corpus.region import parse_region
from indexer.errors import BatchRowInvalid
from indexer.retriever import Retriever, StatuteHit


class QueryRow(BaseModel):
    """One question of a query file; ``as_of`` and ``region`` override the defaults of the run."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    question: str
    as_of: date | None = None
    region: str | None = None


class HitRow(BaseModel):
    """One found article as a result file names it."""

    model_config = ConfigDict(frozen=True)

    law: str
    part: str | None
    article: str
    file: str | None
    score: float


class ResultRow(BaseModel):
    """The hits of one question, best first."""

    model_config = ConfigDict(frozen=True)

    id: str
    hits: tuple[HitRow, ...]


def read_rows(lines: Iterable[str]) -> Iterator[QueryRow]:
    """The questions of a JSONL file; blank lines are passed over, further fields ignored.

    Raises:
        BatchRowInvalid: a line is no JSON object, or lacks ``id`` or ``question``.
    """
    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield QueryRow.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            raise BatchRowInvalid(place, "不是合法的 JSON") from error
        except ValidationError as error:
            fields = "、".join(".".join(map(str, fault["loc"])) for fault in error.errors())
            raise BatchRowInvalid(place, f"字段 {fields or '（整行）'} 缺失或格式不对") from error


def answer_rows(
    rows: Iterable[QueryRow], retriever: Retriever, *, k: int, as_of: date, region: Region
) -> Iterator[ResultRow]:
    """The statute hits of each question, in order; a question that finds nothing has no hits.

    Raises:
        BatchRowInvalid: a row names a place that is not known.
    """
    for place, row in enumerate(rows, start=1):
        hits = retriever.search(
            row.question,
            kind="statute",
            k=k,
            as_of=row.as_of or as_of,
            region=_region(row, place) if row.region else region,
        )
        yield ResultRow(id=row.id, hits=tuple(map(hit_row, hits)))


def hit_row(hit: StatuteHit) -> HitRow:
    """A hit as a result file names it."""
    statute = hit.article.statute
    return HitRow(
        law=statute.title,
        part=statute.part,
        article=format_article(hit.article.number),
        file=statute.file,
        score=round(hit.score, 4),
    )


def _region(row: QueryRow, place: int) -> Region:
    try:
        return parse_region(row.region or "")
    except CorpusError as error:
        raise BatchRowInvalid(place, str(error)) from error
