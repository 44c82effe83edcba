"""Answer: one call's pieces, judged as they come."""

from collections.abc import Callable, Iterator

from advisor.errors import ModelGarbled, ModelTimeout, ModelUnavailable
from advisor.llm.deadline import Deadline
from advisor.llm.faults import CallFailed, filtered, judge, judge_words
from advisor.llm.port import Usage
from advisor.llm.thinking import ThinkingFilter
from advisor.llm.watch import Line, watched
from advisor.llm.wire import Chunk

_LOOP_PERIOD = 80
_LOOP_LENGTH = 1_600
_TAIL_SECONDS = 1.0


class Answer:
    """One call to an endpoint; :meth:`pieces` gives its text, the rest is known afterwards."""

    def __init__(
        self, call: Callable[[], Iterator[Chunk]], deadline: Deadline, max_bytes: int
    ) -> None:
        self.usage: Usage | None = None
        self.finish_reason = ""
        self.model = ""
        self._call = call
        self._deadline = deadline
        self._line = Line(max_bytes)
        self._alive = False
        self._heard = False
        self._ended = False
        self._refused = False
        self._tail = ""
        self._unchecked = 0

    def pieces(self) -> Iterator[str]:
        """The text as it comes; "" says that the model still thinks.

        Raises:
            CallFailed: The call failed, before or after some of the text.
        """
        try:
            yield from self._pieces()
        except Exception as error:
            failed = judge(error)
            if failed is None:
                raise
            raise failed from error

    def _pieces(self) -> Iterator[str]:
        thinking = ThinkingFilter()
        for chunk in self._chunks():
            self._note(chunk)
            piece = thinking.feed(chunk.text)
            self._check_loop(piece)
            if piece or chunk.reasoning or chunk.text:
                yield piece
        rest = thinking.close()
        if rest:
            yield rest
        self._check_end(begun=thinking.begun)

    def _chunks(self) -> Iterator[Chunk]:
        chunks = watched(self._call, self._line, self._patience)
        try:
            for chunk in chunks:
                self._heard = True
                self._alive = self._alive or bool(chunk.text or chunk.reasoning)
                self._ended = self._ended or chunk.done
                if chunk.done:
                    return
                yield chunk
        except ModelTimeout:
            # After its last word a server may forget to hang up.
            if not self.finish_reason or self._deadline.passed:
                raise
        finally:
            self._line.cut()

    def _patience(self) -> float:
        left = self._deadline.left() if self._alive else self._deadline.first_left()
        return min(left, _TAIL_SECONDS) if self.finish_reason else left

    def _note(self, chunk: Chunk) -> None:
        if chunk.fault:
            error = ModelUnavailable("模型服务在回答中报告出错。")
            raise judge_words(chunk.fault) or CallFailed(error, "down", said=chunk.fault)
        self.usage = chunk.usage or self.usage
        self.finish_reason = chunk.finish_reason or self.finish_reason
        self.model = chunk.model or self.model
        self._refused = self._refused or chunk.refused

    def _check_loop(self, piece: str) -> None:
        self._tail = (self._tail + piece)[-_LOOP_LENGTH:]
        self._unchecked += len(piece)
        if self._unchecked >= _LOOP_LENGTH:
            self._unchecked = 0
            if is_loop(self._tail):
                raise ModelGarbled("模型反复输出同样的内容，已停止接收。")

    def _check_end(self, *, begun: bool) -> None:
        if self.finish_reason == "content_filter" or self._refused:
            raise filtered()
        if not (self._heard or begun):
            raise CallFailed(ModelGarbled("模型服务返回的内容不符合接口格式。"), "garbled")
        if not (self.finish_reason or self._ended):
            raise CallFailed(ModelUnavailable("模型服务在回答中途断开。"), "down")
        if not begun and self.finish_reason == "length":
            told = "模型思考用尽了回答的长度，请调大 ADVISOR_LLM_MAX_OUTPUT_TOKENS。"
            raise CallFailed(ModelGarbled(told), "garbled")
        if not begun:
            raise CallFailed(ModelGarbled("模型没有给出内容。"), "blank")


def is_loop(text: str) -> bool:
    """Whether a long text is one short passage over and over."""
    if len(text) < _LOOP_LENGTH:
        return False
    return any(text[period:] == text[:-period] for period in range(1, _LOOP_PERIOD + 1))
