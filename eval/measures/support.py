"""Support: whether the article a statement rests on bears it, as far as words can show."""

import hashlib
import re
from collections.abc import Sequence

from advisor.model import LegalBasis
from corpus.errors import CorpusError
from corpus.model import GistStatute
from corpus.numerals import parse_article, parse_number
from eval.case_answer import CaseAnswer, Statement
from eval.measures.measure import Measure, share
from eval.terms import terms

SHARED = 2
"""So many terms in common: `SUPPORT_BY_LOT` says how often any other article has as many."""

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


def bears(statement: Statement, text: str) -> bool:
    """Whether a text shares terms with a statement, and its amounts where law alone is cited.

    Args:
        statement: what is claimed.
        text: the article as it is shown, and what our own knowledge says of it besides.
    """
    if len(terms(statement.text) & terms(text)) < SHARED:
        return False
    by_law_alone = all(id_.startswith("L") for id_ in statement.evidence)
    return not by_law_alone or _amounts(statement.text) <= _amounts(text)


def _known(article: LegalBasis, answer: CaseAnswer) -> str:
    day = answer.case.as_of
    view = answer.library.article(article.law, parse_article(article.article), on=day)
    gist = view.gist if view is not None else None
    return "\n".join((gist.gist, *gist.topics)) if gist is not None else ""


def _pairs(answer: CaseAnswer) -> tuple[tuple[Statement, LegalBasis], ...]:
    """Every statement with each article it cites."""
    shown = {one.evidence_id: one for one in answer.advice.legal_basis}
    return tuple(
        (statement, shown[id_])
        for statement in answer.statements
        for id_ in statement.evidence
        if id_ in shown
    )


def _supported(answer: CaseAnswer) -> float | None:
    pairs = _pairs(answer)
    borne = [bears(said, f"{one.text}\n{_known(one, answer)}") for said, one in pairs]
    return share(sum(borne), len(borne))


def _by_lot(answer: CaseAnswer) -> float | None:
    pairs, laws = _pairs(answer), answer.library.knowledge.statutes
    if not laws:
        return None
    borne = [bears(said, _drawn(laws, f"{said.text}/{one.law}", one.law)) for said, one in pairs]
    return share(sum(borne), len(borne))


def _drawn(laws: Sequence[GistStatute], lot: str, besides: str) -> str:
    """What the pack says of an article of another law, drawn by the hash of ``lot``."""
    number = int.from_bytes(hashlib.blake2b(lot.encode(), digest_size=8).digest())
    others = [law for law in laws if law.title != besides] or laws
    articles = others[number % len(others)].articles
    gist = articles[number // len(others) % len(articles)]
    return "\n".join((gist.gist, *gist.topics))


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
SUPPORT_BY_LOT = Measure(
    name="support_by_lot",
    title="随机条文的对应",
    definition=(
        "Support where each cited article is replaced by one of another law of the pack, drawn by "
        "a hash: what chance alone gives. It is read beside support and has no direction."
    ),
    source="a control: a measure that anything passes measures nothing",
    of=_by_lot,
    direction="none",
    worst=None,
)
