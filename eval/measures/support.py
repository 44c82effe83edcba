"""Support: whether the article a statement rests on bears it, as far as words can show."""

import re

from advisor.model import LegalBasis
from corpus.errors import CorpusError
from corpus.numerals import parse_article, parse_number
from eval.case_answer import CaseAnswer, Statement
from eval.measures.measure import Measure, share
from eval.terms import terms

SHARED = 2
"""So many terms in common. Measured once on the held-out cases with an article of another law and
matter in place of the one cited: 1 of 100 such pairs share two terms, 7 share one."""

_AMOUNT = re.compile(
    r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)"
    r"\s*(个工作日|工作日|个月|日|天|月|年|元|万元|倍|%|％)"
)


def _amounts(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((_plain(number), unit) for number, unit in _AMOUNT.findall(text))


def _plain(number: str) -> str:
    try:
        return str(parse_number(number))
    except (ValueError, CorpusError):
        return number


def bears(statement: Statement, article: LegalBasis, known: str) -> bool:
    """Whether an article shares terms with a statement, and its amounts where it alone is cited.

    Args:
        statement: what is claimed.
        article: as it is shown.
        known: what our own knowledge says of the article beside its text.
    """
    text = f"{article.text}\n{known}"
    if len(terms(statement.text) & terms(text)) < SHARED:
        return False
    by_law_alone = all(id_.startswith("L") for id_ in statement.evidence)
    return not by_law_alone or _amounts(statement.text) <= _amounts(text)


def _known(article: LegalBasis, answer: CaseAnswer) -> str:
    day = answer.case.as_of
    view = answer.library.article(article.law, parse_article(article.article), on=day)
    gist = view.gist if view is not None else None
    return "\n".join((gist.gist, *gist.topics)) if gist is not None else ""


def _supported(answer: CaseAnswer) -> float | None:
    shown = {one.evidence_id: one for one in answer.advice.legal_basis}
    pairs = [
        (statement, shown[id_])
        for statement in answer.statements
        for id_ in statement.evidence
        if id_ in shown
    ]
    borne = sum(bears(said, article, _known(article, answer)) for said, article in pairs)
    return share(borne, len(pairs))


SUPPORT = Measure(
    name="support",
    title="条文与说法对应（下限）",
    definition=(
        "Of the pairs of a statement and an article it cites: the share that have two terms in "
        "common (pairs of neighbouring characters, function characters and stock words left out), "
        "and whose amounts agree where only law is cited. It counts words, not sense: an article "
        "that bears a statement in other words is missed, so it is a lower bound of support by "
        "wording; it does not prove that the law says what the statement says."
    ),
    source="a deterministic stand-in for AIS (Rashkin et al. 2023); judged by a model elsewhere",
    of=_supported,
)
