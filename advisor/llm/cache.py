"""Cache: answers kept by the hash of the question; off unless the operator turns it on."""

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from advisor.llm.deadline import Deadline
from advisor.llm.port import LLM, ModelDelta, ModelReply, ModelRequest, Usage, gather

_TABLE = """
create table if not exists reply (
  key text primary key, text text not null, form text not null, model text not null,
  sent integer, written integer, cached integer,
  at text not null default current_timestamp
)
"""


class CachedLLM(LLM):
    """Another model, and a file of what it answered before.

    The file holds the SHA-256 of a question, never the question, and the model's answer, which was
    written without the names that were masked in the question. Only whole answers are kept, the
    last ``most`` of them. A cache that cannot be read or written is left out; it never fails an
    answer.
    """

    def __init__(self, model: LLM, path: Path, endpoint: str, *, most: int = 20_000) -> None:
        self.name = model.name
        self._model = model
        self._path = path
        self._endpoint = endpoint
        self._most = most

    def stream(self, request: ModelRequest, deadline: Deadline) -> Iterator[ModelDelta]:
        """See :meth:`advisor.llm.port.LLM.stream`; a known answer comes in one piece."""
        key = self._key(request)
        known = self._find(key)
        if known is not None:
            yield ModelDelta(known.text)
            yield ModelDelta("", known)
            return
        for piece in self._model.stream(request, deadline):
            if piece.reply is not None and piece.reply.finish_reason == "stop":
                self._keep(key, piece.reply)
            yield piece

    def complete(self, request: ModelRequest, deadline: Deadline) -> ModelReply:
        """See :meth:`advisor.llm.port.LLM.complete`."""
        return gather(self.stream(request, deadline))

    def _key(self, request: ModelRequest) -> str:
        parts = [
            self._endpoint,
            self.name,
            _without(request.nonce, request.system),
            _without(request.nonce, request.user),
            request.schema_name,
            request.schema,
            request.max_output_tokens,
        ]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=dict)
        return hashlib.sha256(text.encode()).hexdigest()

    def _find(self, key: str) -> ModelReply | None:
        row = None
        with contextlib.suppress(sqlite3.Error, OSError), self._open() as file:
            row = file.execute(
                "select text, form, model, sent, written, cached from reply where key = ?", (key,)
            ).fetchone()
        if row is None:
            return None
        text, form, model, sent, written, cached = row
        # Nothing was sent this time, so nothing was paid.
        usage = None if sent is None else Usage(sent, written, cached, Decimal(0))
        return ModelReply(text, usage, "stop", form, model, 0.0, 0, from_cache=True)

    def _keep(self, key: str, reply: ModelReply) -> None:
        usage = reply.usage
        counts = (
            (None, None, None)
            if usage is None
            else (usage.input_tokens, usage.output_tokens, usage.cached_tokens)
        )
        with contextlib.suppress(sqlite3.Error, OSError), self._open() as file, file:
            file.execute(
                "insert or replace into reply (key, text, form, model, sent, written, cached)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                (key, reply.text, reply.form, reply.model, *counts),
            )
            file.execute(
                "delete from reply where rowid <= (select max(rowid) from reply) - ?", (self._most,)
            )

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, timeout=1.0)
        try:
            self._path.chmod(0o600)
            file.execute(_TABLE)
            yield file
        finally:
            file.close()


def _without(nonce: str, text: str) -> str:
    return text.replace(nonce, "\0") if nonce else text
