"""Answers of the probes."""

from datetime import date

from api.schemas.base import Outgoing
from api.schemas.corpus import TownOut


class HealthOut(Outgoing):
    """The process answers; ``notices`` say in Chinese what should be put right meanwhile."""

    status: str
    notices: tuple[str, ...] = ()


class ReadyOut(Outgoing):
    """The service can give advice: store, corpus and index all answer.

    ``newer`` is the index generation made since, not taken up yet; None as a rule. ``knowledge``
    is the town's own.
    """

    status: str
    corpus_as_of: date
    index: str
    newer: str | None = None
    knowledge: TownOut


class IndexOut(Outgoing):
    """The index generation that is served.

    ``embedder`` made its vectors; ``configured_embedder`` and ``configured_reranker`` are what the
    settings name.
    """

    generation: str
    articles: int
    cases: int
    model: str
    embedder: str | None = None
    configured_embedder: str
    configured_reranker: str
    refused: tuple[str, ...]
