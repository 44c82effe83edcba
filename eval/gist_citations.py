"""True and false citations cut from the knowledge we ship, where no official wording is at hand.

Existence, time and place are tried, not wording: `eval.citations` needs a collection and does that.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.citation_check import check_text
from corpus.library import ArticleView, Library
from corpus.model import ArticleNumber, Region, Status
from corpus.numerals import format_article
from corpus.region import covers
from eval.run_file import RunRow

CITATION_MEASURES = {"right": 1}
_INVENTED = "中华人民共和国示例虚构法"
_PLACES: tuple[Region, ...] = (("江苏省",), ("浙江省",))
_BEYOND = (1, 7, 50)
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence with one citation, the day and place it is judged for, and whether it is true.

    False ones are of the kinds that `sayings` names.
    """

    kind: str
    text: str
    as_of: date
    region: Region
    genuine: bool


def sayings(library: Library, as_of: date, region: Region) -> Iterator[Saying]:
    """Every true citation of the articles at hand, and false ones of five kinds.

    False are: a number no article of the law at hand has, the rule of another place, a law on the
    day before it began, a law that ended, and a law that never was.
    """
    numbers: dict[str, set[ArticleNumber]] = defaultdict(set)
    views = list(library.articles())
    for view in views:
        numbers[view.statute.title].add(view.number)
    for view in views:
        yield from _of_article(view, library, as_of, region)
    for title, known in numbers.items():
        last = max(number.main for number in known)
        for more in _BEYOND:
            cited = _cited(title, ArticleNumber(last + more))
            yield Saying("没有的条号", cited, as_of, region, genuine=False)
            yield Saying(
                "没有的法",
                _cited(_INVENTED, ArticleNumber(last + more)),
                as_of,
                region,
                genuine=False,
            )
    for succession in library.knowledge.successions:
        if succession.ended_on <= as_of and succession.kind == "repealed":
            yield Saying(
                "已废止的法", _cited(succession.old, ArticleNumber(1)), as_of, region, genuine=False
            )


def _of_article(
    view: ArticleView, library: Library, as_of: date, region: Region
) -> Iterator[Saying]:
    statute, text = view.statute, _cited(view.statute.title, view.number)
    if covers(statute.region, region) and _holds(view, library, as_of):
        yield Saying("真实引用", text, as_of, region, genuine=True)
    if statute.region:
        yield Saying("别处的规定", text, as_of, _elsewhere(statute.region), genuine=False)
    first = statute.effective_from
    if first is not None and len(library.versions(statute.title)) == 1:
        yield Saying("施行之前", text, first - timedelta(days=1), statute.region, genuine=False)


def _holds(view: ArticleView, library: Library, as_of: date) -> bool:
    return library.validity(view.statute, as_of).status is Status.IN_FORCE


def _elsewhere(region: Region) -> Region:
    return next(place for place in _PLACES if place != region[:1])


def citation_rows(library: Library, as_of: date, region: Region) -> Iterator[RunRow]:
    """One row for each kind: the share of its citations that the gate rules on rightly."""
    by_kind: dict[str, list[Saying]] = defaultdict(list)
    for one in sayings(library, as_of, region):
        by_kind[one.kind].append(one)
    for kind, those in by_kind.items():
        wrong = [one.text for one in those if not _rightly(one, library)]
        yield RunRow(
            case=kind,
            measures={"right": round(1 - len(wrong) / len(those), 6)},
            detail={
                "genuine": those[0].genuine,
                "trials": len(those),
                "wrong": len(wrong),
                "examples": list(wrong[:_EXAMPLES]),
            },
        )


def _rightly(one: Saying, library: Library) -> bool:
    verdicts = check_text(one.text, library, as_of=one.as_of, region=one.region)
    accepted = bool(verdicts) and all(verdict.accepted for verdict in verdicts)
    return accepted is one.genuine


def _cited(title: str, number: ArticleNumber) -> str:
    return f"依据《{title}》{format_article(number)}处理。"
