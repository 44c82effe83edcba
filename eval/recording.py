"""A model that keeps what was sent to it, and what it took: what leaves the machine, and cost."""

import threading
from collections.abc import Iterator
from decimal import Decimal

from advisor.errors import ModelUnavailable
from advisor.llm.deadline import Deadline
from advisor.llm.port import LLM, ModelDelta, ModelReply, ModelRequest, gather
from eval.case_answer import Spent

_NOBODY = "没有配置大模型，只记下将要发出的内容。"


class RecordingLLM(LLM):
    """Passes everything on to a model and keeps it; without one, keeps it and refuses."""

    def __init__(self, inner: LLM | None) -> None:
        self.name = inner.name if inner is not None else "none"
        self._inner = inner
        self._requests: list[ModelRequest] = []
        self._replies: list[ModelReply] = []
        self._lock = threading.Lock()

    def stream(self, request: ModelRequest, deadline: Deadline) -> Iterator[ModelDelta]:
        """See :meth:`advisor.llm.port.LLM.stream`."""
        with self._lock:
            self._requests.append(request)
        if self._inner is None:
            raise ModelUnavailable(_NOBODY)
        for delta in self._inner.stream(request, deadline):
            if delta.reply is not None:
                with self._lock:
                    self._replies.append(delta.reply)
            yield delta

    def complete(self, request: ModelRequest, deadline: Deadline) -> ModelReply:
        """See :meth:`advisor.llm.port.LLM.complete`."""
        return gather(self.stream(request, deadline))

    @property
    def sent(self) -> tuple[str, ...]:
        """The texts of every request, in order."""
        return tuple(f"{one.system}\n{one.user}" for one in self._requests)

    @property
    def spent(self) -> Spent:
        """Calls answered, their tokens and their cost, as far as the endpoint told."""
        used = [one.usage for one in self._replies if one.usage is not None]
        costs = [one.cost for one in used if one.cost is not None]
        return Spent(
            calls=len(self._replies),
            tokens=sum(one.input_tokens + one.output_tokens for one in used),
            cost=sum(costs, Decimal(0)) if costs else None,
        )
