"""Prices: what an answer costs."""

from dataclasses import dataclass, replace
from decimal import Decimal

from advisor.llm.port import Usage

_PER = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices per million tokens, in whatever currency the operator pays.

    ``cached`` is for input tokens that the endpoint had in its cache; None means as ``input``.
    """

    input: Decimal
    output: Decimal
    cached: Decimal | None = None

    def cost(self, usage: Usage) -> Decimal:
        """The cost of these tokens, exact."""
        cached = self.input if self.cached is None else self.cached
        fresh = usage.input_tokens - usage.cached_tokens
        total = (
            fresh * self.input + usage.cached_tokens * cached + usage.output_tokens * self.output
        )
        return total / _PER

    def priced(self, usage: Usage) -> Usage:
        """The same count of tokens with its cost."""
        return replace(usage, cost=self.cost(usage))
