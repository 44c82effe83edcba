"""Truth of citations: every article shown exists, is in force on the day, holds in the place."""

from advisor.model import LegalBasis
from corpus.citation_check import CitationVerdict, check_text
from corpus.model import Status
from corpus.numerals import parse_article
from corpus.region import covers
from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure, share


def is_true(one: LegalBasis, answer: CaseAnswer) -> bool:
    """Whether an article shown is what it claims to be, looked up apart from the gate."""
    case, library = answer.case, answer.library
    view = library.article(one.law, parse_article(one.article), on=case.as_of)
    return (
        view is not None
        and library.validity(view.statute, case.as_of).status is Status.IN_FORCE
        and covers(view.statute.region, case.region)
        and "".join(one.text.split()) in "".join(view.text.split())
    )


def _true(answer: CaseAnswer) -> float | None:
    shown = [is_true(one, answer) for one in answer.advice.legal_basis]
    own = own_citations(answer)
    right = sum(shown) + sum(one.accepted for one in own)
    return share(right, len(shown) + len(own))


def own_citations(answer: CaseAnswer) -> tuple[CitationVerdict, ...]:
    """The citations in analysis and plan that are not the complaint's own words."""
    case = answer.case
    prose = "\n".join(one.text for one in answer.statements)
    found = check_text(prose, answer.library, as_of=case.as_of, region=case.region)
    told = "".join(answer.complaint.split())
    return tuple(one for one in found if "".join(one.text.split()) not in told)


CITATION_TRUTH = Measure(
    name="citation_truth",
    title="引用真实有效",
    definition=(
        "Of the articles shown as law and the citations in analysis and plan (those quoted from "
        "the complaint left out): the share that exist, are in force on the day, hold in the "
        "place, and stand there in the collection's wording."
    ),
    source="design §4: commercial legal RAG invents in 17 to 33 % of answers (Magesh et al. 2024)",
    of=_true,
)
