"""Which articles an advice tries to show, and in which order: the guide's, its steps', duties'.

Where the search says how likely each article applies, that decides, for what a guide names too: a
guide speaks of every situation of its matter, a complaint of one.
"""

import re
from collections.abc import Iterator, Sequence

from advisor.admission import FOUND, ArticleEvidence, ArticleKey
from corpus.library import ArticleView
from corpus.model import ArticleRef, Duty, GeneralGuide, Playbook, Step
from corpus.numerals import parse_article
from indexer.learned.index import UNLIKELY
from indexer.retriever import StatuteHit

FIRST_CHOICE = 6
"""How many of a playbook's own articles stand before those its steps and departments rest on."""

SHOWN_ABOVE = 0.20
"""An article is shown from this probability on, whether a guide names it or it was found."""
STEP_ABOVE = 0.05
"""A step that none of the articles shown stands behind brings its likeliest from here on."""
AT_LEAST = 5
"""So many are shown where one applies, if they are not unlikely: short texts leave all unsure."""
WITHIN = 0.4
"""These few are at least so likely beside the likeliest: where even that is unsure, the fourth and
fifth speak of something else."""
NAMED_AT_LEAST = 2
"""So many of a guide's own are shown where none is sure, if they are not unlikely."""
AT_ALL = 0.03
"""Nothing less likely is ever shown."""
MOST = 8
"""So many articles at most where they are shown by how likely they apply."""

_BRIEF = 22

Guide = Playbook | GeneralGuide


def wanted(guide: Guide, duties: Sequence[Duty]) -> Iterator[ArticleRef]:
    """Articles in the order they are tried: the best of the guide, then those of its own that were
    written for what is told, its steps', its departments'.
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


def further(guide: Guide) -> Iterator[ArticleRef]:
    """Those tried behind them: the rest of the guide's own."""
    return (ref for ref in guide.articles[FIRST_CHOICE:] if not ref.only_if)


class Likelihoods:
    """How likely each article applies to one complaint, as the search says."""

    def __init__(self, hits: Sequence[StatuteHit]) -> None:
        """``hits`` of one search; what is not among them does not apply."""
        self._hits = hits
        self._by_article = {_key(hit.article): hit.applies or 0.0 for hit in hits}

    @classmethod
    def of(cls, hits: Sequence[StatuteHit]) -> "Likelihoods | None":
        """Those of the hits; None where the search does not say."""
        told = any(hit.applies is not None for hit in hits)
        return cls(hits) if told else None

    def applies(self, view: ArticleView) -> float:
        """The probability, 0 to 1."""
        return self._by_article.get(_key(view), 0.0)

    def found(self) -> tuple[ArticleView, ...]:
        """What the search alone would show, the likeliest first."""
        likely = [hit.applies or 0.0 for hit in self._hits]
        sure = max(likely, default=0.0) >= UNLIKELY
        return tuple(
            hit.article
            for rank, (hit, applies) in enumerate(zip(self._hits, likely, strict=True))
            if applies >= SHOWN_ABOVE or (sure and rank < AT_LEAST and applies >= AT_ALL)
        )

    def worth_showing(self, admitted: Sequence[ArticleEvidence]) -> list[ArticleEvidence]:
        """Those likely enough to be shown, the likeliest first.

        Where something applies a few are shown in any case: of a short text all are less sure.
        """
        ranked = sorted(admitted, key=lambda e: -self.applies(e.view))
        possible = [e for e in ranked if self.applies(e.view) >= AT_ALL]
        if not any(self.applies(e.view) >= UNLIKELY for e in possible):
            return [e for e in possible if e.why != FOUND][:NAMED_AT_LEAST]
        bar = WITHIN * self.applies(possible[0].view)
        likely = [e for e in possible if self.applies(e.view) >= SHOWN_ABOVE]
        near = [e for e in possible[:AT_LEAST] if self.applies(e.view) >= bar]
        return max(likely[:MOST], near, key=len)

    def behind_steps(
        self, admitted: Sequence[ArticleEvidence], steps: Sequence[Step], shown: set[ArticleKey]
    ) -> list[ArticleEvidence]:
        """For each step that nothing ``shown`` stands behind the likeliest of its own articles."""
        found: list[ArticleEvidence] = []
        for step in steps:
            keys = _keys(step.basis)
            if keys & (shown | {e.key for e in found}):
                continue
            own = sorted(
                (e for e in admitted if e.key in keys), key=lambda e: -self.applies(e.view)
            )
            found += [e for e in own[:1] if self.applies(e.view) >= STEP_ABOVE]
        return found


def _key(view: ArticleView) -> ArticleKey:
    return view.statute.title, view.number


def _keys(refs: Sequence[ArticleRef]) -> frozenset[ArticleKey]:
    return frozenset((ref.law, parse_article(ref.article)) for ref in refs)


def _brief(action: str) -> str:
    first = re.split(r"[，,；;。]", action, maxsplit=1)[0]
    return first if len(first) <= _BRIEF else first[:_BRIEF] + "…"
