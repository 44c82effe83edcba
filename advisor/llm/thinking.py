"""Thinking: leave out what a model writes in ``<think>`` marks before it answers."""

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkingFilter:
    """Passes the answer on, piece by piece, without the thinking and the blanks before it.

    Servers without a reasoning parser (vLLM, Ollama with DeepSeek-R1 or Qwen3) put it in the text.
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self.begun = False

    def feed(self, piece: str) -> str:
        """What of the text so far belongs to the answer and was not given yet."""
        if self.begun:
            return piece
        self._held = (self._held + piece).lstrip("\ufeff\r\n\t \u3000")
        if self._thinking or self._held.startswith(_OPEN):
            self._thinking = True
            _, found, rest = self._held.partition(_CLOSE)
            # Of endless thinking only enough is kept to see its end.
            self._held = rest if found else _OPEN + self._held[-len(_CLOSE) :]
            self._thinking = not found
            return self.feed("") if found else ""
        if not self._held or _OPEN.startswith(self._held):
            return ""
        return self._release()

    def close(self) -> str:
        """What was held back in case it would become the mark."""
        return "" if self.begun or self._thinking else self._release()

    def _release(self) -> str:
        released, self._held = self._held, ""
        self.begun = bool(released)
        return released
