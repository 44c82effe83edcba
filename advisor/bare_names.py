"""Rules named in title marks without an article: a name nobody knows is as false as a number."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from advisor.prose import stretches
from corpus.citation_check import CitationVerdict
from corpus.library import Library
from corpus.model import ArticleNumber, VerdictKind

_NAMED = re.compile(r"《([^《》]{2,60})》")
_RULE = re.compile(r"(法|法典|条例|办法|细则|通则|解释|规定)(（[^（）]{1,12}）)?$")
_OF_OURSELVES = re.compile(r"^(业主|本小区|本村|村民|居民|管理规约|临时管理规约)")
_SPOKEN_AS_ENDED = re.compile(r"废止|取代|代替|失效|不再|修订|修改|原|旧|曾|停止执行")
_NO_ARTICLE = ArticleNumber(0)


def bare_names(
    text: str, cited: Sequence[CitationVerdict], library: Library, day: date
) -> Iterator[CitationVerdict]:
    """A refusal for each rule named alone that is unknown, or that has ended on the day.

    A sentence may name an ended rule to say that it has ended. A rule we know of without holding
    its text may be named.

    Args:
        text: The prose.
        cited: The citations already ruled on; a name inside one of them is theirs.
        library: What is known.
        day: The day whose law applies.
    """
    for found in _NAMED.finditer(text):
        name = found[1]
        if not _RULE.search(name) or _OF_OURSELVES.match(name):
            continue
        if any(v.start < found.end() and found.start() < v.end for v in cited):
            continue
        refusal = _refusal(name, _sentence(text, found.start()), library, day)
        if refusal is not None:
            kind, reason = refusal
            yield CitationVerdict(
                found[0], name, _NO_ARTICLE, kind, reason, found.start(), found.end()
            )


def _sentence(text: str, at: int) -> str:
    """The sentence around a place, without the names in it."""
    sentence = next((text[a:b] for a, b in stretches(text) if a <= at < b), text)
    return _NAMED.sub("", sentence)


def _refusal(
    name: str, sentence: str, library: Library, day: date
) -> tuple[VerdictKind, str] | None:
    title = library.resolve(name)
    if title is None:
        return VerdictKind.NOT_FOUND, f"资料库中没有名为《{name}》的规定。"
    ended = library.successor(title)
    if ended is not None and ended.ended_on <= day and not _SPOKEN_AS_ENDED.search(sentence):
        return VerdictKind.NOT_IN_FORCE, f"《{title}》已于{ended.ended_on}停止施行。"
    return None
