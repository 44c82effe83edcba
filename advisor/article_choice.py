"""Which articles an advice tries to show, and in which order: the guide's, its steps', duties'."""

import re
from collections.abc import Iterator, Sequence

from advisor.fitting import foremost
from corpus.model import ArticleRef, Duty, GeneralGuide, Playbook

FIRST_CHOICE = 6
"""How many of a playbook's own articles stand before those its steps and departments rest on."""
CORE = 2
"""So many of a playbook's first articles are shown, however many others fit better."""

_BRIEF = 22

Guide = Playbook | GeneralGuide


def wanted(guide: Guide, duties: Sequence[Duty]) -> Iterator[ArticleRef]:
    """Articles in the order they are tried: the best of the guide, its steps', its departments',
    the rest; of the guide's own those written for what is told before those that hold for all.
    """
    first = foremost(guide.articles, FIRST_CHOICE, core=CORE)
    yield from first
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
    rest = [ref for ref in guide.articles if ref not in first]
    yield from sorted(rest, key=lambda ref: not ref.only_if)


def _brief(action: str) -> str:
    first = re.split(r"[，,；;。]", action, maxsplit=1)[0]
    return first if len(first) <= _BRIEF else first[:_BRIEF] + "…"
