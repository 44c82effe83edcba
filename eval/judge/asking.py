"""Asking the judge: masked texts out, one JSON object back, or the reason why there is none."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from advisor.errors import ModelError
from advisor.llm.deadline import Deadline
from advisor.llm.extraction import SectionReader
from advisor.llm.port import LLM, ModelRequest
from advisor.masking import RedactionMasking
from advisor.ports import Masking
from prompts import Catalog

SECONDS = 60.0
_BREAK = "\x1e"


@dataclass(frozen=True, slots=True)
class Judge:
    """A model that judges; the same for grades and for comparisons.

    Personal data is masked before anything is sent, and stays masked in what is kept.
    """

    llm: LLM
    catalog: Catalog = field(default_factory=Catalog)
    masking: Masking = field(default_factory=RedactionMasking)
    seconds: float = SECONDS

    def masked(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Texts of one case, masked together: a person has one token in all of them."""
        joined = f"\n{_BREAK}\n".join(text.replace(_BREAK, "") for text in texts)
        parts = self.masking.mask(joined).masked.split(f"\n{_BREAK}\n")
        if len(parts) != len(texts):
            raise ValueError("masking must keep what stands between the texts")
        return tuple(parts)

    def ask(
        self, version: str, variables: Mapping[str, object], schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """The sections of the answer to a prompt.

        Raises:
            ModelError: no answer.
        """
        mark = f"§{secrets.token_hex(6)}§"
        prompt = self.catalog.render(version, {**variables, "mark": mark})
        name = version.split("/", 1)[0]
        request = ModelRequest(prompt.system, prompt.user, name, schema, nonce=mark)
        reply = self.llm.complete(request, Deadline.after(self.seconds))
        reader = SectionReader()
        return dict([*reader.feed(reply.text), *reader.close()])


def told(error: ModelError) -> str:
    """Why there is no answer, without anything of the text."""
    return f"{type(error).__name__}：{error}"
