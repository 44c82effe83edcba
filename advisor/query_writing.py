"""Queries written by a model: legal terms for a lay complaint; optional, short, never required."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.answer import Texts
from advisor.errors import ModelError
from advisor.llm.deadline import Deadline
from advisor.llm.extraction import SectionReader
from advisor.llm.port import LLM, ModelRequest
from advisor.ports import Masking
from prompts import Catalog

FORMULATE = "formulate_queries/v1"
_MAX_QUERIES = 5
_MAX_CHARACTERS = 40
_SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {"queries": {"type": "array", "items": {"type": "string"}}},
    "required": ["queries"],
    "additionalProperties": False,
}


class _Queries(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    queries: Texts


@dataclass(frozen=True, slots=True)
class QueryWriter:
    """Asks a model how a statute would say it; ``seconds`` is all the time it may take."""

    llm: LLM
    catalog: Catalog
    masking: Masking
    seconds: float = 3.0

    def formulate(self, text: str, matter: str) -> tuple[str, ...]:
        """Up to five short queries; none when the model fails or is late. Never raises for it."""
        fence = f"§诉求-{secrets.token_hex(6)}§"
        masked = self.masking.mask(text).masked.replace(fence, "")
        prompt = self.catalog.render(
            FORMULATE, {"matter": matter, "complaint": masked, "fence": fence}
        )
        request = ModelRequest(prompt.system, prompt.user, "queries", _SCHEMA, nonce=fence)
        try:
            reply = self.llm.complete(request, Deadline.after(self.seconds))
            reader = SectionReader()
            sections = dict([*reader.feed(reply.text), *reader.close()])
            found = _Queries.model_validate(sections).queries
        except (ModelError, ValidationError):
            return ()
        return tuple(q[:_MAX_CHARACTERS] for q in found[:_MAX_QUERIES])
