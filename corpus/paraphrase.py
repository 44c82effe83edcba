"""Wording put in a statute's mouth without marks: close to the text, altered where it counts."""

import re
from difflib import SequenceMatcher

from corpus.quotation import normalise

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_MARKED = re.compile(r"“[^“”]*”|「[^「」]*」|《[^《》]*》")
_WEIGHTY = re.compile(r"应|须|必|可以|可|不|未|无|禁|免|[〇零一二两三四五六七八九十百千万0-9]")
_SHORTEST = 8
_CLOSE = 0.55
_SLIP = 4
_LONGEST = 2_000


def strays(prose: str, article: str, *, strict: bool) -> bool:
    """Whether a sentence follows the article's wording closely and yet says something else.

    A sentence follows closely when 55 % of its character pairs are in the article. In free
    prose (第…条规定，…) other words are the writer's right, but not another 应当, 不得, 可以,
    negation or number. Behind the end of an unmarked quotation (``strict``) the statute may not
    seem to go on at all.

    Args:
        prose: what follows the citation, as written.
        article: the article's normalised text.
        strict: whether the prose stands where a reader expects the statute's own text.
    """
    told = prose[:_LONGEST]
    for m in _SENTENCE.finditer(told if strict else _MARKED.sub("", told)):
        sentence = normalise(m[0]).strip("。,;:、!?>-")
        if sentence in article:
            if strict and len(sentence) > 1:
                return True
        elif (
            len(sentence) >= _SHORTEST
            and _closeness(sentence, article) >= _CLOSE
            and (strict or _weighty(sentence, article))
        ):
            return True
    return False


def _closeness(sentence: str, article: str) -> float:
    pairs = [sentence[i : i + 2] for i in range(len(sentence) - 1)]
    return sum(pair in article for pair in pairs) / len(pairs)


def _weighty(sentence: str, article: str) -> bool:
    """Whether what was changed, put in or lost carries the duty, the negation or the number."""
    codes = SequenceMatcher(None, sentence, article, autojunk=False).get_opcodes()
    kept = [i for i, code in enumerate(codes) if code[0] == "equal"]
    for tag, i1, i2, j1, j2 in codes[kept[0] : kept[-1] + 1] if kept else ():
        if tag == "equal":
            continue
        if _WEIGHTY.search(sentence[i1:i2]):
            return True
        if j2 - j1 <= _SLIP and _WEIGHTY.search(article[j1:j2]):
            return True
    return False
