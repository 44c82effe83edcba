"""Models of sentence-transformers: an embedder and a reranker; imported only by who uses them.

Needs the extra ``models``. What a name stands for (a folder, or a model of the Hugging Face hub),
on which device it runs and where downloads lie is decided by sentence-transformers and torch.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.errors import ModelNotLoaded
from indexer.ports import Vectors
from indexer.ranking import Scores

try:
    import torch
    from sentence_transformers import CrossEncoder, SentenceTransformer
except ImportError as error:
    raise ModelNotLoaded(
        "st:…", "没有安装 sentence-transformers，请先运行 pip install 'minqing-advisor[models]'"
    ) from error

_DIGEST = 16
_BATCH = 32
_SAMPLE = "示例"
_Model = TypeVar("_Model", SentenceTransformer, CrossEncoder)


class TransformerEmbedder:
    """Vectors by sentence-transformers; safe to share between threads, one of them at a time.

    Its name holds a digest of the weights and of what stands before a passage, but not of what
    stands before a query: that may be changed without making the vectors of the passages anew.
    """

    def __init__(self, name: str, *, query: str | None = None, passage: str | None = None) -> None:
        """Loads the model, from the hub if it is not a folder.

        Args:
            name: a folder or a name of the hub.
            query: stands before every query; None for the model's own prompt.
            passage: stands before every passage; None for the model's own prompt.

        Raises:
            ModelNotLoaded: There is no such model, or not at hand without a network.
        """
        self._model = _loaded(SentenceTransformer, name)
        self._query, self._passage = query, passage
        self._lock = threading.Lock()
        told = (passage, self._model.prompts, self._model.max_seq_length)
        self._name = f"st:{_short(name)}#{_digest(self._model.state_dict(), told)}"
        sample = self._embed(self._model.encode_document, (_SAMPLE,), None)
        self._dimension: int = sample.shape[1]

    @property
    def name(self) -> str:
        """Identity of the vectors."""
        return self._name

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension); zeros for a blank text."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        told = [place for place, text in enumerate(texts) if text.strip()]
        if told:
            given = [texts[place] for place in told]
            vectors[told] = self._embed(self._model.encode_document, given, self._passage)
        return vectors

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query, shape (dimension,)."""
        if not query.strip():
            return np.zeros(self._dimension, dtype=np.float32)
        vector: Vectors = self._embed(self._model.encode_query, (query,), self._query)[0]
        return vector

    def _embed(
        self, encode: Callable[..., Vectors], texts: Sequence[str], prompt: str | None
    ) -> Vectors:
        # Fast tokenizers cannot be used by two threads at once ("Already borrowed").
        with self._lock:
            vectors = encode(
                list(texts),
                prompt=prompt,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(vectors, dtype=np.float32)


class CrossEncoderReranker:
    """Scores by a cross-encoder, which reads query and passage together."""

    def __init__(self, name: str) -> None:
        """Loads the model, from the hub if it is not a folder.

        Raises:
            ModelNotLoaded: There is no such model, it is not at hand without a network, or it
                gives something else than one score a pair.
        """
        self._model = _loaded(CrossEncoder, name)
        if self._model.num_labels != 1:
            raise ModelNotLoaded(name, "它不是对每对文本给出一个分数的重排模型")
        self._name = (
            f"st:{_short(name)}#{_digest(self._model.state_dict(), self._model.max_seq_length)}"
        )
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Identity of the scores."""
        return self._name

    def score(self, query: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers, between 0 and 1, shape (len(passages),)."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        with self._lock:
            scores = self._model.predict(
                [(query, passage) for passage in passages],
                batch_size=_BATCH,
                activation_fn=torch.nn.Sigmoid(),
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(scores, dtype=np.float32)


def _loaded(kind: type[_Model], name: str) -> _Model:
    folder = Path(name).expanduser()
    if name.startswith((".", "/", "~")) and not folder.is_dir():
        raise ModelNotLoaded(name, "没有这个文件夹")
    try:
        return kind(str(folder) if folder.is_dir() else name)
    # What a broken or missing model raises depends on its files and on five libraries.
    except Exception as error:
        raise ModelNotLoaded(
            name,
            f"{type(error).__name__}；请核对名称或文件夹，以及能否访问模型站点"
            "（不能联网时先在别处下载，再填文件夹路径）",
        ) from error


def _short(name: str) -> str:
    """A folder by its own name alone: where it lies is nobody's business."""
    return Path(name).expanduser().resolve().name if Path(name).expanduser().is_dir() else name


def _digest(weights: Mapping[str, torch.Tensor], told: object) -> str:
    """A digest of a model's numbers and of what else decides on what it gives."""
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for key, tensor in weights.items():
        digest.update(f"{key}{tensor.dtype}".encode())
        flat = tensor.detach().cpu().contiguous().reshape(-1)
        digest.update(flat.view(torch.uint8).numpy())
    return digest.hexdigest()[:_DIGEST]
