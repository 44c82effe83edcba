"""Remote embedder: any server that speaks ``/v1/embeddings``, through the ``openai`` client."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import httpx2
import numpy as np
import openai

from indexer.errors import EmbeddingFailed, ModelSettingInvalid
from indexer.ports import Vectors

_LONGEST_CONNECT = 10.0
_QUERY_RETRIES = 1
_PASSAGE_RETRIES = 5
_DIGEST = 16
_SAMPLE = "示例"
_KEY = "请检查 ADVISOR_EMBEDDER_API_KEY"
_REASONS = {
    400: "不接受这次请求（400），请核对模型名称，或调小 ADVISOR_EMBEDDER_BATCH、"
    "ADVISOR_EMBEDDER_MAX_CHARACTERS",
    401: f"不接受密钥（401），{_KEY}",
    402: "账户余额不足（402）",
    403: f"不允许访问（403），{_KEY}的权限",
    404: "没有这个地址或模型（404），请检查 ADVISOR_EMBEDDER",
    413: "请求过大（413），请调小 ADVISOR_EMBEDDER_BATCH 或 ADVISOR_EMBEDDER_MAX_CHARACTERS",
    422: "不接受这次请求（422），请核对模型名称，或调小 ADVISOR_EMBEDDER_BATCH",
    429: "繁忙或额度已用完（429），请稍后重试",
}


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A model of a server, and how it is asked.

    ``base_url`` goes up to and including ``/v1``; ``api_key`` is "" for a server without keys;
    ``query`` and ``passage`` stand before every text; ``timeout`` is in seconds for one call,
    ``batch`` the most texts of one call, ``max_characters`` where a text is cut.
    """

    model: str
    base_url: str
    api_key: str = ""
    query: str = ""
    passage: str = ""
    timeout: float = 30
    batch: int = 32
    max_characters: int = 6000


class RemoteEmbedder:
    """Vectors by a server; safe to share between threads.

    A call that fails because the server is busy, broken or unreachable is repeated: for a query
    once, since somebody waits, for passages five times, with growing pauses (the client's own).
    After that nothing more is asked, so an outage costs one call's repeats, not every batch's.
    """

    def __init__(self, remote: RemoteModel) -> None:
        """Prepares the client; nothing is sent.

        Raises:
            ModelSettingInvalid: The address is no URL, or the key cannot stand in a header.
        """
        if not remote.api_key.isascii():
            raise ModelSettingInvalid("ADVISOR_EMBEDDER_API_KEY", "不含中文和全角字符的密钥")
        self._remote = remote
        key = remote.api_key.strip()
        # A server without a key must be sent no header rather than an empty one.
        self._headers = {} if key else {"Authorization": openai.omit}
        try:
            self._client = openai.OpenAI(
                base_url=remote.base_url,
                api_key=key,
                admin_api_key="",
                organization="",
                project="",
                http_client=httpx2.Client(
                    follow_redirects=False, limits=httpx2.Limits(max_keepalive_connections=0)
                ),
                _enforce_credentials=False,
            )
        except (httpx2.InvalidURL, ValueError) as error:
            raise ModelSettingInvalid(
                "ADVISOR_EMBEDDER", "openai:模型@http(s)://地址/v1"
            ) from error
        self._dimension: int | None = None

    @property
    def name(self) -> str:
        """Identity of the vectors; the address is in it as a digest only."""
        remote = self._remote
        told = (remote.model, remote.base_url, remote.passage, str(remote.max_characters))
        digest = hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:_DIGEST]
        return f"openai:{remote.model}#{digest}"

    @property
    def dimension(self) -> int:
        """Width of a vector; the server is asked once."""
        if self._dimension is None:
            self._dimension = len(self.encode_query(_SAMPLE))
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension); zeros for a blank text.

        Raises:
            EmbeddingFailed: The server gave none.
        """
        told = [place for place, text in enumerate(texts) if text.strip()]
        given = [f"{self._remote.passage}{texts[place]}" for place in told]
        found = list(self._batches(given)) or [np.zeros((0, self.dimension), dtype=np.float32)]
        if len({piece.shape[1] for piece in found}) > 1:
            raise EmbeddingFailed("各次返回的向量维数不一致")
        vectors = np.zeros((len(texts), found[0].shape[1]), dtype=np.float32)
        vectors[told] = np.concatenate(found)
        return vectors

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query, shape (dimension,).

        Raises:
            EmbeddingFailed: The server gave none.
        """
        if not query.strip():
            return np.zeros(self.dimension, dtype=np.float32)
        vector: Vectors = self._ask((f"{self._remote.query}{query}",), _QUERY_RETRIES)[0]
        return vector

    def _batches(self, texts: Sequence[str]) -> Iterator[Vectors]:
        size = self._remote.batch
        for begin in range(0, len(texts), size):
            yield self._ask(texts[begin : begin + size], _PASSAGE_RETRIES)

    def _ask(self, texts: Sequence[str], retries: int) -> Vectors:
        limit, seconds = self._remote.max_characters, self._remote.timeout
        try:
            reply = self._client.with_options(max_retries=retries).embeddings.create(
                model=self._remote.model,
                input=[text[:limit] for text in texts],
                encoding_format="float",
                extra_headers=self._headers,
                timeout=httpx2.Timeout(seconds, connect=min(seconds, _LONGEST_CONNECT)),
            )
            rows = {row.index: row.embedding for row in reply.data}
            vectors = np.array([rows[place] for place in range(len(texts))], dtype=np.float32)
        except openai.OpenAIError as error:
            # The cause is left out: the server's words may repeat the key or the text.
            raise EmbeddingFailed(_reason(error)) from None
        except (AttributeError, KeyError, TypeError, ValueError):
            raise EmbeddingFailed("返回的内容不符合 /v1/embeddings 接口格式") from None
        return _of_length_one(vectors)


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.ndim == 2 else np.zeros(1)
    if not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise EmbeddingFailed("返回的向量为空、为零或含有非数值")
    unit: Vectors = (vectors / lengths).astype(np.float32)
    return unit


def _reason(error: openai.OpenAIError) -> str:
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        return _REASONS.get(status, f"出错或要求转到别的地址（{status}）")
    if isinstance(error, openai.APITimeoutError):
        return "在 ADVISOR_EMBEDDER_TIMEOUT 规定的时间内没有回答"
    if isinstance(error, openai.APIConnectionError):
        return "连接不上，或连接中途断开"
    return "返回的内容不符合 /v1/embeddings 接口格式"
