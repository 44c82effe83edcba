"""Sentences that cite an article, in the ways officials and models write them."""

import random
from dataclasses import dataclass

from corpus.model import ArticleNumber
from corpus.numerals import format_article, to_chinese

_WITH_QUOTE = (
    "《{law}》{number}规定：“{quote}”",
    "《{law}》{number}：“{quote}”",
    "根据《{law}》{number}规定：「{quote}」，应当依法处理。",
    "“{quote}”（《{law}》{number}）",
    "经核查，《{law}》{number}明确规定：“{quote}”请街道跟进。",
    "**《{law}》{number}**：“{quote}”",
)
_UNMARKED_QUOTE = ("《{law}》{number}规定：{quote}", "《{law}》\n{number}　{quote}")
_BARE = (
    "依据《{law}》{number}处理。",
    "《{law}》{number}",
    "建议按照《{law}》{number}的规定，由社区先行调解。",
    "该情况适用《{law}》{number}。",
)
_UNMARKED = "根据{law}{number}，由街道办理。"
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a sentence is to cite; ``quote`` None for a citation without wording."""

    law: str
    number: ArticleNumber
    quote: str | None = None
    paragraph: int | None = None
    item: int | None = None


def write(
    reference: Reference, rng: random.Random, *, unmarked: bool = False, marks: bool = False
) -> str:
    """One sentence that cites it; the name stands without 《》 when ``unmarked``.

    With ``marks`` the wording always stands between quotation marks.
    """
    number = number_as_written(reference, rng)
    law = reference.law
    if unmarked:
        return _UNMARKED.format(law=law, number=number)
    if reference.quote is None:
        return rng.choice(_BARE).format(law=law, number=number)
    shape = rng.choice(_WITH_QUOTE if marks else (*_WITH_QUOTE, *_UNMARKED_QUOTE))
    return shape.format(law=law, number=number, quote=reference.quote)


def number_as_written(reference: Reference, rng: random.Random) -> str:
    """第二百九十条第一款, now and then with Arabic or full-width digits."""
    style = rng.random()
    if style < 0.6:
        text = format_article(reference.number)
        if reference.paragraph is not None:
            text += f"第{to_chinese(reference.paragraph)}款"
        if reference.item is not None:
            text += f"第（{to_chinese(reference.item)}）项"
        return text
    sub = f"之{to_chinese(reference.number.sub)}" if reference.number.sub else ""
    text = f"第{reference.number.main}条{sub}"
    if reference.paragraph is not None:
        text += f"第{reference.paragraph}款"
    if reference.item is not None:
        text += f"第{reference.item}项"
    return text.translate(_WIDE) if style > 0.9 else text
