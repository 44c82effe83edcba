"""Emptiness 地道废话: sentences that tell an official nothing to do, to know or to ask."""

import re
from functools import cache
from pathlib import Path

from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure, share
from eval.terms import terms, without_stock

_SENTENCE = re.compile(r"[。！!；;\n]|(?<=[？?])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SHORTEST = 4
_LAY_TERMS = Path(__file__).with_name("lay_terms.txt")

_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百千万几]+(日|天|个月|月|年|次|人|户|元|倍|份|遍|步|方|家|张|米|条|周|点)"
)
_DATE = re.compile(
    r"当[天日晚场]|今[天日晚]|明[天日早]|立即|马上|同日|次日|每[天周月年]|节前|月底|年底"
)
_ARTICLE = re.compile(r"《[^》]+》|第[零一二三四五六七八九十百千\d]+条")
_QUESTION = re.compile(
    r"[？?]|是否|有没有|是不是|能不能|要不要|谁|哪[里些个年天一]|多少|几时|何时|为什么|怎么|多久|〔[问查拍]〕"
)
_OWNER = re.compile(
    r"[村居]委会|村（社区）|社区|网格员|民警|派出所|公安|法院|检察院|仲裁|司法所|调解员|调委会|调解委员会|"
    r"居民委员会|村民委员会|业委会|业主委员会|物业公司|物业服务|镇政府|街道|乡镇|12345|"
    r"[\u3400-\u9fff]{2,8}(?:局|所|委|办|站|中心|大队|公司|协会|联合会|委员会)"
)


def sentences(text: str) -> tuple[str, ...]:
    """Sentences with four Chinese characters or more; a heading that ends in a colon is none."""
    pieces = (piece.strip() for piece in _SENTENCE.split(text))
    return tuple(
        one
        for one in pieces
        if len(_HAN.findall(one)) >= _SHORTEST and not one.endswith(("：", ":"))
    )


@cache
def lay_terms() -> frozenset[str]:
    """Terms that residents use when they tell what happened.

    Those that stand in three or more of the 13,884 lay phrasings of the pack of 22 November 2026;
    kept as a file, so that the measure does not move with the pack.
    """
    return frozenset(_LAY_TERMS.read_text(encoding="utf-8").split())


def is_empty(sentence: str, told: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence holds no number, date, article, question or owner, and no fact.

    A fact is told by any term, stock words left out, that residents use when they tell what
    happened, or that stands in the complaint.

    Args:
        sentence: one sentence of an advice.
        told: the terms of the complaint.
    """
    # 进一步 is no number of steps: set phrases are taken out before anything is looked for.
    bare = without_stock(sentence)
    if any(found.search(bare) for found in (_NUMBER, _DATE, _ARTICLE, _QUESTION, _OWNER)):
        return False
    return not terms(bare) & (lay_terms() | told)


def empty_sentences(answer: CaseAnswer) -> tuple[str, ...]:
    """The empty sentences of analysis and plan; a list of parties is no sentence."""
    told = terms(answer.complaint)
    return tuple(one for one in _written(answer) if is_empty(one, told))


def _written(answer: CaseAnswer) -> tuple[str, ...]:
    texts = (one.text for one in answer.statements if one.field != "parties")
    return tuple(one for text in texts for one in sentences(text))


def _empty(answer: CaseAnswer) -> float | None:
    return share(len(empty_sentences(answer)), len(_written(answer)))


EMPTINESS = Measure(
    name="emptiness",
    title="空话比例",
    definition=(
        "The share of the sentences of analysis (parties left out) and plan that hold no number, "
        "date, article, question or owner, and no fact: no term, stock words left out, that "
        "residents use when they tell what happened or that stands in the complaint. A step's "
        "owner and deadline are fields of their own and do not fill an empty sentence."
    ),
    source="the practice served: 地道废话 is the first complaint about such systems",
    of=_empty,
    direction="down",
    worst=1.0,
    version=2,
)
