"""OpenAILLM: the adapter for every endpoint that speaks chat completions."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from advisor.errors import ModelError, ModelTimeout, ModelUnavailable
from advisor.llm.answer import Answer
from advisor.llm.breaker import CircuitBreaker
from advisor.llm.budget import RetryBudget, wait_before
from advisor.llm.deadline import Deadline
from advisor.llm.endpoint import Endpoint
from advisor.llm.faults import CallFailed
from advisor.llm.ladder import Ladder, Shape, body
from advisor.llm.port import LLM, ModelDelta, ModelReply, ModelRequest, gather
from advisor.llm.prices import Prices

_MOST_CALLS = 8
_MOST_RETRIES = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on calls: how many at once, how long an answer may be."""

    concurrency: int = 4
    max_output_tokens: int = 4096
    max_bytes: int = 2_000_000


@dataclass(slots=True)
class _Progress:
    """Where one answer stands: the shape it is asked in, and what was tried."""

    shape: Shape
    calls: int = 0
    retries: int = 0
    given: str = ""
    after_blank: bool = False
    started: float = field(default_factory=time.monotonic)


class OpenAILLM(LLM):
    """A model behind an OpenAI-compatible endpoint; one instance per process and endpoint.

    Retries, breaker and ladder are shared by all its callers. SDK retries are off.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        *,
        limits: Limits | None = None,
        prices: Prices | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self.name = model
        self._endpoint = endpoint
        self._limits = limits or Limits()
        self._prices = prices
        self._places = threading.BoundedSemaphore(self._limits.concurrency)
        self._breaker = breaker or CircuitBreaker()
        self._retries = RetryBudget()
        self._ladder = Ladder()
        self._chance: Callable[[], float] = random.SystemRandom().random

    def stream(self, request: ModelRequest, deadline: Deadline) -> Iterator[ModelDelta]:
        """See :meth:`advisor.llm.port.LLM.stream`."""
        progress = _Progress(self._ladder.start(request))
        try:
            with self._place(deadline):
                yield from self._ask_until_answered(request, deadline, progress)
        except ModelError as error:
            error.partial = progress.given
            error.upstream_calls = progress.calls
            raise

    def complete(self, request: ModelRequest, deadline: Deadline) -> ModelReply:
        """See :meth:`advisor.llm.port.LLM.complete`."""
        return gather(self.stream(request, deadline))

    @contextmanager
    def _place(self, deadline: Deadline) -> Iterator[None]:
        if not self._places.acquire(timeout=deadline.first_left()):
            raise ModelUnavailable("同时调用模型的请求过多，排队超时。")
        try:
            yield
        finally:
            self._places.release()

    def _ask_until_answered(
        self, request: ModelRequest, deadline: Deadline, progress: _Progress
    ) -> Iterator[ModelDelta]:
        while True:
            try:
                yield from self._ask(request, deadline, progress)
                return
            except CallFailed as failed:
                # The cause is left out: the endpoint's words may repeat the key or the complaint.
                if progress.given or progress.calls >= _MOST_CALLS or deadline.passed:
                    raise failed.error from None
                self._prepare_next(failed, deadline, progress)

    def _ask(
        self, request: ModelRequest, deadline: Deadline, progress: _Progress
    ) -> Iterator[ModelDelta]:
        self._pass_breaker(deadline)
        progress.calls += 1
        shape = progress.shape
        extra = body(request, shape, self._limits.max_output_tokens)
        answer = Answer(
            lambda: self._endpoint.chat(self.name, request, extra, deadline),
            deadline,
            self._limits.max_bytes,
        )
        told = False
        try:
            for piece in answer.pieces():
                progress.given += piece
                yield ModelDelta(piece)
            told = self._note_success(request, progress)
            yield ModelDelta("", self._reply(answer, progress))
        except CallFailed as failed:
            told = self._note_failure(failed)
            raise
        finally:
            if not told:
                self._breaker.abandoned()

    def _pass_breaker(self, deadline: Deadline) -> None:
        """Wait out a Retry-After that another call was given; refuse while the circuit is open."""
        rest = self._breaker.rest()
        if rest and rest < deadline.first_left():
            time.sleep(rest)
        if not self._breaker.allow():
            raise ModelUnavailable("模型服务近来连续失败或要求稍候，暂停调用，稍后自动恢复。")

    def _note_success(self, request: ModelRequest, progress: _Progress) -> bool:
        self._breaker.succeeded()
        self._retries.pay_back()
        self._ladder.settle(request, progress.shape, after_blank=progress.after_blank)
        return True

    def _note_failure(self, failed: CallFailed) -> bool:
        if failed.kind in ("down", "timeout", "garbled"):
            self._breaker.failed(failed.wait or 0.0)
        else:
            self._breaker.succeeded()
        return True

    def _reply(self, answer: Answer, progress: _Progress) -> ModelReply:
        return ModelReply(
            text=progress.given,
            usage=self._prices.priced(answer.usage)
            if self._prices and answer.usage
            else answer.usage,
            finish_reason=answer.finish_reason or "stop",
            form=progress.shape.form,
            model=answer.model or self.name,
            seconds=time.monotonic() - progress.started,
            upstream_calls=progress.calls,
        )

    def _prepare_next(self, failed: CallFailed, deadline: Deadline, progress: _Progress) -> None:
        """Choose the next call and wait for its time; raises the failure when there is none."""
        if failed.kind == "down":
            self._wait(failed, deadline, progress)
            return
        following = _next_shape(failed, progress.shape)
        if following is None:
            raise failed.error from None
        progress.shape = following
        progress.after_blank = failed.kind == "blank"

    def _wait(self, failed: CallFailed, deadline: Deadline, progress: _Progress) -> None:
        progress.retries += 1
        seconds = wait_before(progress.retries, failed.wait, self._chance())
        fits = seconds < deadline.first_left() and progress.retries <= _MOST_RETRIES
        if not fits or not self._retries.take():
            raise failed.error from None
        time.sleep(seconds)
        if deadline.passed:
            raise ModelTimeout("模型未在规定时间内完成回答。")


def _next_shape(failed: CallFailed, shape: Shape) -> Shape | None:
    if failed.kind == "shape":
        return shape.after_refusal(failed.said)
    if failed.kind == "blank":
        return shape.lower()
    if failed.kind == "length" and "max_completion_tokens" not in shape.without:
        # vLLM counts the room reserved for the answer as part of the length.
        return shape.dropping("max_tokens", "max_completion_tokens")
    return None
