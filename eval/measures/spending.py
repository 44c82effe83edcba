"""Spending: what the model took. Time stands in the rows' ``seconds``, not among the measures."""

from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure


def _cost(answer: CaseAnswer) -> float | None:
    cost = answer.spent.cost
    return None if cost is None else float(cost)


def _tokens(answer: CaseAnswer) -> float | None:
    return float(answer.spent.tokens) if answer.spent.calls else None


TOKENS = Measure(
    name="tokens",
    title="词元",
    definition="Tokens read and written by the model, as its endpoint counted them.",
    source="the endpoint's own count",
    of=_tokens,
    direction="down",
    high=None,
    worst=None,
)
COST = Measure(
    name="cost",
    title="费用",
    definition="Cost by the price table of the settings; not defined without one.",
    source="ADVISOR_LLM_PRICE_*",
    of=_cost,
    direction="down",
    high=None,
    worst=None,
)
