"""Evidence selection: the numbered articles L, cases C, playbook P, duties D advice may use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from advisor.admission import FOUND, Admission, ArticleEvidence, ArticleKey
from advisor.article_choice import Guide, Likelihoods, further, wanted
from advisor.article_context import with_context
from advisor.fitting import fitted
from advisor.model import Complaint
from advisor.sentences import mentions, tells_something
from corpus.knowledge import Knowledge
from corpus.library import ArticleView, Library
from corpus.model import (
    ArticleRef,
    Case,
    Competence,
    Duty,
    Playbook,
)
from corpus.numerals import parse_article
from indexer.retriever import CaseHit, StatuteHit

MAX_ARTICLES = 12
MAX_CASES = 3
PLAYBOOK_ID = "P1"
FOUND_WHEN_SURE = 2
FOUND_WHEN_OPEN = 3
FOUND_TWICE = 0.031
"""Fused score of an article near the top for two queries at least (1/61 + 1/68); what only one
query found is chance."""
SHARED_POINTS = 2
"""How many circumstances, and at least half of its own, a case of another matter must share."""


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """One resolved case worth comparing with, and the names of its kinds of matter."""

    id: str
    case: Case
    matter: str


@dataclass(frozen=True, slots=True)
class DutyEvidence:
    """One department, the duty that makes it competent, and its part in this matter."""

    id: str
    competence: Competence
    duty: Duty | None
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything advice may cite, by id; ``set_aside`` tells the reader what was left out.

    Of the ``playbook`` only the parts are left that count for the complaint.
    """

    articles: tuple[ArticleEvidence, ...] = ()
    cases: tuple[CaseEvidence, ...] = ()
    duties: tuple[DutyEvidence, ...] = ()
    playbook: Playbook | None = None
    set_aside: tuple[str, ...] = ()

    def ids(self) -> frozenset[str]:
        """All ids a draft may use."""
        numbered = (
            *(e.id for e in self.articles),
            *(e.id for e in self.cases),
            *(e.id for e in self.duties),
        )
        return frozenset((*numbered, PLAYBOOK_ID) if self.playbook else numbered)

    def article_id(self, ref: ArticleRef) -> str | None:
        """The id under which a playbook's article was admitted; None when it was not."""
        number = parse_article(ref.article)
        for e in self.articles:
            if e.view.number == number and e.law == ref.law:
                return e.id
        return None


def _chosen(
    admitted: Sequence[ArticleEvidence],
    guide: Guide,
    likely: Likelihoods | None,
    competence: frozenset[ArticleKey],
) -> tuple[ArticleEvidence, ...]:
    """What is shown, as L1, L2, …: beside what applies, what steps and the lead rest on.

    Where nothing says how likely they apply: the guide's own in its order, then the others as they
    were tried.
    """
    if likely is None:
        own = {(r.law, parse_article(r.article)): n for n, r in enumerate(guide.articles)}
        last = len(guide.articles)
        ordered = sorted(
            admitted[:MAX_ARTICLES], key=lambda e: own.get((e.law, e.view.number), last)
        )
    else:
        ordered = likely.worth_showing(admitted)
        if ordered:
            shown = {e.key for e in ordered}
            ordered += likely.behind_steps(admitted, guide.steps, shown)
            ordered += [e for e in admitted if e.key in competence and e not in ordered]
    return tuple(replace(e, id=f"L{n}") for n, e in enumerate(ordered, start=1))


def _try_named(
    admission: Admission, guide: Guide, duties: Sequence[Duty], *, all_noted: bool
) -> None:
    """What the guide names; of its rest nobody need know why it is not shown, if it hardly would
    have been, so that it is not ``all_noted``.
    """
    for ref in wanted(guide, duties):
        admission.ref(ref)
    for ref in further(guide):
        admission.ref(ref, noted=all_noted)


def _bases(duties: Sequence[Duty | None]) -> frozenset[ArticleKey]:
    """The articles that make departments competent, the first of each."""
    refs = (ref for duty in duties if duty for ref in duty.basis[:1])
    return frozenset((ref.law, parse_article(ref.article)) for ref in refs)


def _competences(guide: Guide) -> tuple[Competence, ...]:
    """Who leads, then who supports; a duty that leads does not support besides."""
    lead = guide.lead[0]
    support = guide.support if isinstance(guide, Playbook) else ()
    return (lead, *(c for c in support if (c.department, c.duty) != (lead.department, lead.duty)))


def select_evidence(
    complaint: Complaint,
    guide: Guide,
    found: tuple[Sequence[StatuteHit], Sequence[CaseHit]],
    *,
    knowledge: Knowledge,
    library: Library,
) -> Evidence:
    """Choose and number what the advice may rest on.

    ``guide`` is the playbook of the matter, or the general guide when none was recognised. Where
    the search says how likely articles apply, those likely enough are shown, the likeliest first.
    Else its own articles come first (an experienced official's choice), then those of the competent
    departments' duties, then what the search found. Nothing is admitted that is not in force on
    ``complaint.as_of`` or not valid in its region.
    """
    statute_hits, case_hits = found
    admission = Admission(library, complaint)
    guide = fitted(guide, complaint.text)
    competences = _competences(guide)
    playbook = guide if isinstance(guide, Playbook) else None
    known = {d.id: d for d in knowledge.duties}
    duties = [
        fitted(known[c.duty], complaint.text) if c.duty in known else None for c in competences
    ]
    # A poem, a greeting, a string of characters: nothing is told that law could apply to.
    if idle := playbook is None and not tells_something(complaint.text):
        statute_hits = ()
    likely = Likelihoods.of(statute_hits)
    if not idle:
        _try_named(admission, guide, [d for d in duties[:2] if d], all_noted=likely is None)
    if likely is not None:
        found_too = likely.found()
    else:
        found_too = _worth_showing(statute_hits, sure=playbook is not None)
    for view in found_too:
        admission.view(view, FOUND)
    chosen = _chosen(admission.admitted, guide, likely, _bases(duties[:1]))
    articles = with_context(chosen, library, complaint)
    return Evidence(
        articles=articles,
        cases=tuple(
            CaseEvidence(f"C{n}", case, _matter_names(case, knowledge))
            for n, case in enumerate(_fitting_cases(case_hits, playbook, complaint.text), start=1)
        ),
        duties=tuple(
            _duty_evidence(n, competence, duty, articles)
            for n, (competence, duty) in enumerate(zip(competences, duties, strict=True), start=1)
        ),
        playbook=playbook,
        set_aside=admission.notes(),
    )


def _matter_names(case: Case, knowledge: Knowledge) -> str:
    found = (knowledge.playbook(m) for m in case.matters)
    return "、".join(p.name for p in found if p)


def _duty_evidence(
    number: int, competence: Competence, duty: Duty | None, articles: Iterable[ArticleEvidence]
) -> DutyEvidence:
    wanted = {(r.law, parse_article(r.article)) for r in duty.basis} if duty else set()
    basis = tuple(e.id for e in articles if (e.law, e.view.number) in wanted)
    return DutyEvidence(f"D{number}", competence, duty, basis)


def _worth_showing(hits: Sequence[StatuteHit], *, sure: bool) -> tuple[ArticleView, ...]:
    """The best hits among articles that have a gist: somebody chose them for such cases before.

    Measured on real messages, plain retrieval finds a core article among its first ten for a
    quarter of them, so what it adds is kept to a few.
    """
    near = [h for h in hits if h.score >= FOUND_TWICE]
    chosen = [h.article for h in near if h.article.gist is not None]
    return tuple(chosen[: FOUND_WHEN_SURE if sure else FOUND_WHEN_OPEN])


def shared_points(case: Case, text: str) -> tuple[str, ...]:
    """The circumstances of a case that stand in this complaint too."""
    return tuple(p.point for p in case.points if mentions(text, p.cues))


def _fitting_cases(
    hits: Sequence[CaseHit], playbook: Playbook | None, text: str
) -> tuple[Case, ...]:
    """Cases of the same matter, the most alike first; of related ones only those alike indeed."""
    matter = playbook.id if playbook else None
    related = set(playbook.related) if playbook else None
    ranked = sorted(
        (hit.case for hit in hits),
        key=lambda case: (matter not in case.matters, -len(shared_points(case, text))),
    )
    alike = [c for c in ranked if matter in c.matters and shared_points(c, text)]
    alike += [c for c in ranked if c not in alike and _alike_indeed(c, related, text)]
    of_the_kind = [c for c in ranked if matter in c.matters]
    return tuple(alike[:MAX_CASES] or of_the_kind[:1])


def _alike_indeed(case: Case, related: set[str] | None, text: str) -> bool:
    if related is not None and not related & set(case.matters):
        return False
    shared = len(shared_points(case, text))
    return shared >= SHARED_POINTS and 2 * shared >= len(case.points)
