"""Length: how much an official has to read."""

from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure

LONGEST = 2500
"""Characters of two and a half printed pages at about 1,000 to the page."""


def characters(answer: CaseAnswer) -> int:
    """Characters of the four parts as shown, without white space; texts of articles count."""
    advice = answer.advice
    texts = [one.text for one in answer.statements]
    texts += [f"{one.owner}{one.deadline_days}日" for one in advice.plan.steps]
    texts += [f"{one.law}{one.article}{one.text}{one.why}" for one in advice.legal_basis]
    for one in advice.precedents:
        texts += [one.title, one.outcome, *one.measures, *one.same, *one.different]
    return sum(len("".join(text.split())) for text in texts)


LENGTH = Measure(
    name="length",
    title="篇幅（字）",
    definition=(
        "Characters of the four parts as shown, articles and cases among them. Shorter is not "
        "always better, so it has no direction; a crash has no length."
    ),
    source="a common complaint about such systems: long empty prose that adds work",
    of=lambda answer: float(characters(answer)),
    direction="none",
    high=None,
    worst=None,
)
WITHIN_LENGTH = Measure(
    name="within_length",
    title="篇幅适中",
    definition=f"1 when the four parts have at most {LONGEST} characters.",
    source="as for length; the bound is ours",
    of=lambda answer: float(characters(answer) <= LONGEST),
)
