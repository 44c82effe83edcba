"""Leaks: personal particulars of the case where they must not be."""

import re
from collections.abc import Sequence

from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase
from eval.measures.measure import Measure

_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_GIVEN_NAME = 2
_SOURCE = "design §1: mask before anything leaves; material of an informant is never shown"


def _told(case: GrassrootsCase) -> bool:
    return bool(case.private)


def leaked(private: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """The particulars that stand in one of the texts; a name also by its last two characters."""
    return tuple(one for one in private if any(_telling(one) in text for text in texts))


def _telling(particular: str) -> str:
    if _NAME.fullmatch(particular) and len(particular) > _GIVEN_NAME:
        return particular[-_GIVEN_NAME:]
    return particular


def _in_sent(answer: CaseAnswer) -> float | None:
    if not answer.sent:
        return None
    private = answer.case.private
    return len(leaked(private, answer.sent)) / len(private)


def _numbers(case: GrassrootsCase) -> tuple[str, ...]:
    """The particulars that hold a digit: telephone, identity and card numbers, house addresses."""
    return tuple(one for one in case.private if re.search(r"\d", one))


def _numbers_in_sent(answer: CaseAnswer) -> float | None:
    if not answer.sent:
        return None
    numbers = _numbers(answer.case)
    return len(leaked(numbers, answer.sent)) / len(numbers)


def _in_cases(answer: CaseAnswer) -> float:
    private = answer.case.private
    texts = [one.model_dump_json() for one in answer.advice.precedents]
    return len(leaked(private, texts)) / len(private)


LEAK_SENT = Measure(
    name="leak_sent",
    title="个人信息离开本机",
    definition=(
        "The share of the case's personal particulars (names, numbers, house addresses, labelled) "
        "that stand in a text sent to a model; without a model, in the text that would be sent."
    ),
    source=_SOURCE,
    of=_in_sent,
    asked=_told,
    direction="down",
    worst=1.0,
)
LEAK_SENT_NUMBERS = Measure(
    name="leak_sent_numbers",
    title="号码地址离开本机",
    definition=(
        "The same over the particulars that hold a digit. They are found by rule, so none may "
        "leave; names are found by likelihood, and now and then one is missed."
    ),
    source=_SOURCE,
    of=_numbers_in_sent,
    asked=lambda case: bool(_numbers(case)),
    direction="down",
    worst=1.0,
)
LEAK_PRECEDENTS = Measure(
    name="leak_precedents",
    title="个人信息出现在案例",
    definition="The share of the case's personal particulars that stand in the cases shown.",
    source=_SOURCE,
    of=_in_cases,
    asked=_told,
    direction="down",
    worst=1.0,
)
