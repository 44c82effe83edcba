"""Reads the argument of ``corpus show``: a law and an article however they are written."""

import re

from advisor.errors import RefusedInput
from corpus.errors import NumberError
from corpus.library import Library
from corpus.model import ArticleNumber
from corpus.numerals import parse_article

_DIGITS = "0-9０-９零〇一二两三四五六七八九十百千"
_TAIL = re.compile(
    rf"^(?P<law>.+?)[\s《》·,，]*(?P<article>第?\s*[{_DIGITS}]+\s*条?\s*(?:之\s*[{_DIGITS}]+)?)"
    r"(?:第.+[款项])*$"
)


def read_reference(text: str, library: Library) -> tuple[str, ArticleNumber | None]:
    """The full title and the article number in 民法典第二百九十条, 民法典290, or a title alone.

    Raises:
        RefusedInput: No law of this name is known, or the number is none.
    """
    text = text.strip()
    whole = library.resolve(text)
    if whole is not None:
        return whole, None
    found = _TAIL.match(text)
    title = library.resolve(found["law"].strip()) if found else None
    if found is None or title is None:
        raise RefusedInput(
            "unknown_law",
            f"法规库里没有找到“{text[:60]}”。请检查名称，或用 advisor corpus list 查看。",
        )
    try:
        return title, parse_article(re.sub(r"\s", "", found["article"]))
    except NumberError as error:
        raise RefusedInput("article_number", str(error)) from error
