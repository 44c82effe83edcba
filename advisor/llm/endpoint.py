"""Endpoint: one OpenAI-compatible server, called through the ``openai`` client."""

from collections.abc import Iterator, Mapping
from typing import cast

import httpx2
import openai

from advisor.errors import ModelRefusedRequest
from advisor.llm.deadline import Deadline
from advisor.llm.port import ModelRequest
from advisor.llm.watch import Line, current_line
from advisor.llm.wire import Chunk, Decoder

_LONGEST_CONNECT = 10.0


class _Counted(httpx2.SyncByteStream):
    """A body that is counted as it comes, error bodies included."""

    def __init__(self, inner: httpx2.SyncByteStream, line: Line) -> None:
        self._inner = inner
        self._line = line

    def __iter__(self) -> Iterator[bytes]:
        for part in self._inner:
            self._line.count(len(part))
            yield part

    def close(self) -> None:
        self._inner.close()


def _on_request(request: httpx2.Request) -> None:
    line = current_line.get(None)
    if line is None:
        return

    def trace(event: str, details: Mapping[str, object]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            stream = details.get("return_value")
            read = getattr(stream, "get_extra_info", None)
            connection = read("socket") if callable(read) else None
            if connection is not None:
                line.attach(connection)

    request.extensions["trace"] = trace


def _on_response(response: httpx2.Response) -> None:
    line = current_line.get(None)
    if line is not None:
        response.stream = _Counted(cast(httpx2.SyncByteStream, response.stream), line)


class Endpoint:
    """One server. Every call has a connection of its own, so that it can be cut off alone.

    What the ``OPENAI_*`` variables say of other services is not used.
    """

    def __init__(
        self, base_url: str, api_key: str, extra: Mapping[str, object] | None = None
    ) -> None:
        """Prepare the client; nothing is sent.

        Args:
            base_url: Up to and including ``/v1`` or what the server has in its place.
            api_key: "" for a server without keys.
            extra: Parameters of this server's own, sent with every question.

        Raises:
            ModelRefusedRequest: The address is no URL, or the key cannot stand in a header.
        """
        if not base_url.startswith(("http://", "https://")) or not api_key.isascii():
            raise ModelRefusedRequest("ADVISOR_LLM_BASE_URL 或 ADVISOR_LLM_API_KEY 的写法无效。")
        key = api_key.strip()
        self._extra = dict(extra or {})
        # A server without a key (Ollama, vLLM) must be sent no header rather than an empty one.
        self._headers = {} if key else {"Authorization": openai.omit}
        self._client = openai.OpenAI(
            base_url=base_url,
            api_key=key,
            admin_api_key="",
            organization="",
            project="",
            max_retries=0,
            default_headers={"Accept-Encoding": "identity"},
            http_client=httpx2.Client(
                follow_redirects=False,
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
                event_hooks={"request": [_on_request], "response": [_on_response]},
            ),
            _enforce_credentials=False,
        )

    def chat(
        self, model: str, request: ModelRequest, extra: Mapping[str, object], deadline: Deadline
    ) -> Iterator[Chunk]:
        """Ask, and give the chunks as they come; blocks between them.

        Raises:
            ModelGarbled: The body is no answer.
            openai.OpenAIError, httpx2.HTTPError: The call failed.
        """
        with self._client.chat.completions.with_streaming_response.create(
            model=model,
            messages=[
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            extra_body={**extra, **self._extra},
            extra_headers=self._headers,
            timeout=_timeout(deadline),
        ) as response:
            decoder = Decoder(response.headers.get("content-type", ""))
            for part in response.iter_bytes():
                yield from decoder.feed(part)
            yield from decoder.close()

    def models(self, deadline: Deadline) -> tuple[str, ...]:
        """The names of the models on offer.

        Raises:
            openai.OpenAIError, httpx2.HTTPError: The call failed.
        """
        page = self._client.models.list(timeout=_timeout(deadline), extra_headers=self._headers)
        return tuple(model.id for model in page.data)


def _timeout(deadline: Deadline) -> httpx2.Timeout:
    left = max(0.01, deadline.left())
    return httpx2.Timeout(left, connect=min(left, _LONGEST_CONNECT))
