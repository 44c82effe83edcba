"""ScriptedLLM: the shipped double; it answers what it was told to answer."""

import threading
from collections.abc import Callable, Iterator, Sequence

from advisor.errors import ModelError, ModelTimeout
from advisor.llm.deadline import Deadline
from advisor.llm.port import LLM, Form, ModelDelta, ModelReply, ModelRequest, Usage, gather

Line = str | ModelReply | ModelError | Callable[[ModelRequest], "str | ModelReply"]


class ScriptedLLM(LLM):
    """Answers with the given lines in turn; the last one is repeated when they run out.

    A line is a text, a whole reply, an error to raise, or a function of the request. An error whose
    ``partial`` is not empty first gives that text. ``requests`` holds what was asked.
    """

    def __init__(self, lines: Sequence[Line], *, name: str = "scripted", piece: int = 16) -> None:
        if not lines:
            raise ValueError("a script needs a line")
        self.name = name
        self.requests: list[ModelRequest] = []
        self._lines = tuple(lines)
        self._piece = piece
        self._lock = threading.Lock()

    def stream(self, request: ModelRequest, deadline: Deadline) -> Iterator[ModelDelta]:
        """The next line of the script, cut into pieces."""
        line = self._next(request)
        if deadline.passed:
            raise ModelTimeout("模型未在规定时间内完成回答。")
        if isinstance(line, ModelError):
            yield from self._pieces(line.partial)
            raise line
        answer = line(request) if callable(line) else line
        reply = answer if isinstance(answer, ModelReply) else self._reply(answer, request)
        yield from self._pieces(reply.text)
        yield ModelDelta("", reply)

    def complete(self, request: ModelRequest, deadline: Deadline) -> ModelReply:
        """The next line of the script."""
        return gather(self.stream(request, deadline))

    def _next(self, request: ModelRequest) -> Line:
        with self._lock:
            line = self._lines[min(len(self.requests), len(self._lines) - 1)]
            self.requests.append(request)
        return line

    def _pieces(self, text: str) -> Iterator[ModelDelta]:
        for start in range(0, len(text), self._piece):
            yield ModelDelta(text[start : start + self._piece])

    def _reply(self, text: str, request: ModelRequest) -> ModelReply:
        usage = Usage(len(request.system) + len(request.user), len(text))
        form: Form = "json_schema" if request.schema is not None else "text"
        return ModelReply(text, usage, "stop", form, self.name, 0.0, 1)
