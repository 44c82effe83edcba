"""The articles shown against those a lawyer for the grassroots would cite."""

from corpus.numerals import parse_article
from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase
from eval.measures.measure import Measure, share
from eval.measures.recall import recall
from eval.measures.success import success

_DEPTH = 5
_SOURCE = "Manning, Raghavan, Schütze: Introduction to Information Retrieval (2008), ch. 8"


def _has_core(case: GrassrootsCase) -> bool:
    return bool(case.core)


def _has_none(case: GrassrootsCase) -> bool:
    return not case.core and not case.acceptable


def _recall(answer: CaseAnswer) -> float:
    keys = answer.basis_keys
    return recall(keys, answer.case.core_keys, len(keys))


def _hit(answer: CaseAnswer) -> float:
    return success(answer.basis_keys, answer.case.core_keys, _DEPTH)


def _right(answer: CaseAnswer) -> int:
    accepted = answer.case.core_keys | answer.case.acceptable_keys
    return sum(key in accepted for key in answer.basis_keys)


def _precision(answer: CaseAnswer) -> float | None:
    return share(_right(answer), len(answer.basis_keys))


def _useful(answer: CaseAnswer) -> float:
    return float(_right(answer) > 0)


def _held(answer: CaseAnswer) -> float:
    case, library = answer.case, answer.library
    found = [
        library.resolve(one.law) is not None
        and library.article(
            library.resolve(one.law) or one.law, parse_article(one.article), on=case.as_of
        )
        is not None
        for one in case.core
    ]
    return sum(found) / len(found)


def _idle(answer: CaseAnswer) -> float:
    return float(bool(answer.basis_keys))


BASIS_RECALL = Measure(
    name="basis_recall",
    title="核心条文召回",
    definition="The share of the case's core articles that are shown as law.",
    source=_SOURCE,
    of=_recall,
    asked=_has_core,
)
BASIS_HIT = Measure(
    name="basis_hit@5",
    title="前五条含核心条文",
    definition="1 when a core article stands among the first five shown.",
    source=_SOURCE,
    of=_hit,
    asked=_has_core,
)
BASIS_PRECISION = Measure(
    name="basis_precision",
    title="所列条文正确率",
    definition=(
        "The share of the articles shown that are core or acceptable ones. The labels are not "
        "complete, so it is a lower bound; not defined where none is shown."
    ),
    source=_SOURCE,
    of=_precision,
    asked=lambda case: not _has_none(case),
)
BASIS_USEFUL = Measure(
    name="basis_useful",
    title="至少一条对",
    definition="1 when a core or acceptable article is shown.",
    source=_SOURCE,
    of=_useful,
    asked=_has_core,
)
BASIS_HELD = Measure(
    name="basis_held",
    title="核心条文在库",
    definition=(
        "The share of the core articles that the collection holds at all: what recall can reach. "
        "A property of the collection, not of the service."
    ),
    source="a limit has to be told beside the figure it limits",
    of=_held,
    asked=_has_core,
    worst=None,
)
BASIS_IDLE = Measure(
    name="basis_idle",
    title="无法可用却列了条文",
    definition="Of the cases to which no article applies: 1 when any is shown.",
    source="design §2: no law found is a value",
    of=_idle,
    asked=_has_none,
    direction="down",
    worst=1.0,
)
