"""Ladder: in which form an endpoint can be asked, learned from its refusals."""

import re
import threading
from dataclasses import dataclass, replace

from advisor.llm.port import Form, ModelRequest

_FORMS: tuple[Form, ...] = ("json_schema", "json_object", "text")
_ABOUT_FORM = re.compile(
    r"response_?format|json_?schema|json_?object|structured|guided|grammar|schema", re.IGNORECASE
)
# The longer name first: it contains the shorter one.
_OPTIONAL = ("stream_options", "stream", "temperature", "max_completion_tokens", "max_tokens")
_BLANKS_REMEMBERED = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """How a request is put: the form of the answer, and the parameters left out."""

    form: Form
    without: frozenset[str] = frozenset()

    def lower(self) -> "Shape | None":
        """The next rung down; None from the last."""
        at = _FORMS.index(self.form)
        return replace(self, form=_FORMS[at + 1]) if at + 1 < len(_FORMS) else None

    def dropping(self, *names: str) -> "Shape":
        """Without these parameters too."""
        return replace(self, without=self.without | set(names))

    def after_refusal(self, said: str) -> "Shape | None":
        """What to try when the endpoint refused with these words: 400 or 422, no other cause seen.

        A parameter that it names is left out; else the form is one rung lower, because some
        endpoints do not say what they dislike.
        """
        if not _ABOUT_FORM.search(said):
            for name in _OPTIONAL:
                if name in said and self._sends(name):
                    more = ("stream_options",) if name == "stream" else ()
                    return self.dropping(name, *more)
        return self.lower()

    def _sends(self, name: str) -> bool:
        if name == "max_completion_tokens":
            return "max_tokens" in self.without and name not in self.without
        return name not in self.without


class Ladder:
    """Remembers, for the life of the process, what one endpoint takes. Safe among threads.

    Only what led to an answer is remembered: a form is given up for good when a lower one was
    answered after a refusal, or twice after a blank answer (DeepSeek gives one now and then).
    """

    def __init__(self) -> None:
        self._shape = Shape("json_schema")
        self._blanks = 0
        self._lock = threading.Lock()

    def start(self, request: ModelRequest) -> Shape:
        """The best shape known to work."""
        with self._lock:
            shape = self._shape
        return shape if request.schema is not None else replace(shape, form="text")

    def settle(self, request: ModelRequest, shape: Shape, *, after_blank: bool = False) -> None:
        """Note that this shape was answered."""
        with self._lock:
            without = self._shape.without | shape.without
            form = self._shape.form
            if request.schema is not None and shape.form != form:
                self._blanks += after_blank
                if not after_blank or self._blanks >= _BLANKS_REMEMBERED:
                    form = max(form, shape.form, key=_FORMS.index)
                    self._blanks = 0
            self._shape = Shape(form, without)


def body(request: ModelRequest, shape: Shape, most_tokens: int) -> dict[str, object]:
    """The optional parameters of a request in this shape."""
    found: dict[str, object] = {
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.2,
    }
    tokens = "max_completion_tokens" if "max_tokens" in shape.without else "max_tokens"
    found[tokens] = request.max_output_tokens or most_tokens
    if shape.form == "json_object":
        found["response_format"] = {"type": "json_object"}
    elif shape.form == "json_schema":
        schema = {"name": request.schema_name or "answer", "schema": request.schema, "strict": True}
        found["response_format"] = {"type": "json_schema", "json_schema": schema}
    return {name: value for name, value in found.items() if name not in shape.without}
