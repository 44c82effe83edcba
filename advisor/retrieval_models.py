"""Retrieval models: opens what ``ADVISOR_EMBEDDER`` and ``ADVISOR_RERANKER`` name."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from advisor.masking import RedactionMasking
from advisor.ports import Masking
from advisor.settings import Settings
from indexer.errors import ModelSettingInvalid
from indexer.kept_vectors import KeepingEmbedder
from indexer.ports import Embedder, Reranker, Vectors
from indexer.static_embedder import StaticEmbedder, shipped_model

_LOCAL, _REMOTE = "st:", "openai:"
_ADDRESS = re.compile(r"openai:(?P<model>\S+?)@(?P<url>https?://\S+)")
_EMBEDDERS = "shipped、none、模型文件夹、st:模型、openai:模型@http(s)://地址/v1 之一"
_RERANKERS = "none、st:模型 之一"


class MaskedQueries:
    """An embedder outside this machine: a query is masked before it leaves.

    Passages are statutes, and cases that were masked when they were stored.
    """

    def __init__(self, inner: Embedder, masking: Masking) -> None:
        self._inner = inner
        self._masking = masking

    @property
    def name(self) -> str:
        """Identity of the vectors: that of the embedder inside."""
        return self._inner.name

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._inner.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension)."""
        return self._inner.encode(texts)

    def encode_query(self, query: str) -> Vectors:
        """The vector of the query as the model may see it."""
        return self._inner.encode_query(self._masking.mask(query).masked)


def is_costly(settings: Settings) -> bool:
    """Whether vectors of the whole collection take so much time or money that only a command, not
    a start, may make them all anew.
    """
    return settings.embedder.startswith((_LOCAL, _REMOTE))


def open_embedder(
    settings: Settings, tell: Callable[[str], None] = lambda _: None
) -> Embedder | None:
    """What makes the vectors of the index; None where search is to be lexical.

    ``ADVISOR_EMBEDDER`` is ``shipped`` (the model in the package, if it is there), ``none``, the
    folder of a static model, ``st:`` with a name or folder of a sentence-transformers model, or
    ``openai:<model>@<base_url>``. ``tell`` is told in Chinese how far a long run is.

    Raises:
        ModelSettingInvalid: The setting is not written so.
        ModelDamaged: A static model cannot be read, or its files are not those its card names.
        ModelNotLoaded: A model of sentence-transformers is not at hand.
    """
    named = settings.embedder.strip()
    if named == "none":
        return None
    if named.startswith(_LOCAL):
        local = _transformer(_name(named), settings.embedder_query, settings.embedder_passage)
        return KeepingEmbedder(local, settings.vectors_path, tell)
    if named.startswith(_REMOTE):
        return MaskedQueries(
            KeepingEmbedder(_remote(settings), settings.vectors_path, tell), RedactionMasking()
        )
    folder = shipped_model() if named == "shipped" else Path(named)
    return _static(folder) if folder is not None else None


def open_reranker(settings: Settings) -> Reranker | None:
    """What judges the best hits once more; None for ``none``.

    Raises:
        ModelSettingInvalid: ``ADVISOR_RERANKER`` is neither ``none`` nor ``st:`` with a model.
        ModelNotLoaded: The model is not at hand.
    """
    named = settings.reranker.strip()
    if named == "none":
        return None
    if not named.startswith(_LOCAL) or not _name(named):
        raise ModelSettingInvalid("ADVISOR_RERANKER", _RERANKERS)
    return _cross_encoder(_name(named))


def _name(setting: str) -> str:
    return setting.partition(":")[2].strip()


@cache
def _static(folder: Path) -> StaticEmbedder:
    return StaticEmbedder.read(folder)


@cache
def _transformer(name: str, query: str | None, passage: str | None) -> Embedder:
    if not name:
        raise ModelSettingInvalid("ADVISOR_EMBEDDER", _EMBEDDERS)
    # torch takes seconds to load: only those who use it wait for it.
    from indexer.transformer_models import TransformerEmbedder

    return TransformerEmbedder(name, query=query, passage=passage)


@cache
def _cross_encoder(name: str) -> Reranker:
    from indexer.transformer_models import CrossEncoderReranker

    return CrossEncoderReranker(name)


def _remote(settings: Settings) -> Embedder:
    found = _ADDRESS.fullmatch(settings.embedder.strip())
    if found is None:
        raise ModelSettingInvalid("ADVISOR_EMBEDDER", _EMBEDDERS)
    # The client library takes half a second to load.
    from indexer.remote_embedder import RemoteEmbedder, RemoteModel

    key = settings.embedder_api_key
    return RemoteEmbedder(
        RemoteModel(
            model=found["model"],
            base_url=found["url"],
            api_key=key.get_secret_value() if key else "",
            query=settings.embedder_query or "",
            passage=settings.embedder_passage or "",
            timeout=settings.embedder_timeout,
            batch=settings.embedder_batch,
            max_characters=settings.embedder_max_characters,
        )
    )
