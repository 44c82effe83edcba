"""Which articles an advice tries to show, and in which order: the guide's, its steps', duties'."""

import re
from collections.abc import Iterator, Sequence

from corpus.model import ArticleRef, Duty, GeneralGuide, Playbook

FIRST_CHOICE = 6
"""How many of a playbook's own articles stand before those its steps and departments rest on."""

_BRIEF = 22

Guide = Playbook | GeneralGuide


def wanted(guide: Guide, duties: Sequence[Duty]) -> Iterator[ArticleRef]:
    """Articles in the order they are tried: the best of the guide, then those of its own that were
    written for what is told, its steps', its departments', the rest.
    """
    best, others = guide.articles[:FIRST_CHOICE], guide.articles[FIRST_CHOICE:]
    yield from best
    yield from (ref for ref in others if ref.only_if)
    for step in guide.steps:
        for ref in step.basis:
            yield (
                ref
                if ref.why
                else ref.model_copy(update={"why": f"用于“{_brief(step.action)}”这一步"})
            )
    for duty in duties:
        for ref in duty.basis[:1]:
            yield ref.model_copy(
                update={"why": f"{duty.department}的职权依据" + (f"：{ref.why}" if ref.why else "")}
            )
    yield from others


def _brief(action: str) -> str:
    first = re.split(r"[，,；;。]", action, maxsplit=1)[0]
    return first if len(first) <= _BRIEF else first[:_BRIEF] + "…"
