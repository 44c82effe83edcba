"""Articles of the real collection, sorted by what is true of them, from which citations are cut."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.lawbook import ArticleText, LawBook
from corpus.model import ArticleNumber, Region, Status, Statute, TextKind
from corpus.region import covers
from eval.errors import SpecimenShort

_WORD = re.compile(r"[^\w]+")
_SHORTEST = 16
_LONGEST = 1200


def plain(text: str) -> str:
    """Only the words and digits, so that two wordings can be compared apart from the checker."""
    return _WORD.sub("", text).replace("_", "")


@dataclass(frozen=True, slots=True)
class Specimen:
    """One article whose standing is known."""

    title: str
    number: ArticleNumber
    text: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs and items."""
        return tuple(line for line in self.text.split("\n") if line.strip())

    @property
    def running(self) -> str:
        """The text as one line."""
        return "".join(self.lines)


@dataclass(slots=True)
class Specimens:
    """The pools: law that holds here now, and the kinds that do not.

    ``texts`` is everything in force under a title and number (a title may be stored twice);
    ``older`` pairs an older wording with its title and number where today's wording differs.
    """

    holding: list[Specimen] = field(default_factory=list)
    repealed: list[Specimen] = field(default_factory=list)
    revised: list[Specimen] = field(default_factory=list)
    foreign: list[Specimen] = field(default_factory=list)
    older: list[Specimen] = field(default_factory=list)
    texts: dict[tuple[str, ArticleNumber], str] = field(default_factory=dict)
    numbers: dict[str, list[ArticleNumber]] = field(default_factory=dict)
    by_number: dict[ArticleNumber, list[str]] = field(default_factory=dict)
    known_names: set[str] = field(default_factory=set)
    ended_names: tuple[str, ...] = ()

    def following(self, specimen: Specimen) -> str | None:
        """The text of the article after this one."""
        numbers = self.numbers[specimen.title]
        at = numbers.index(specimen.number) + 1
        return self.texts[specimen.title, numbers[at]] if at < len(numbers) else None

    def pick(self, pool: Sequence[Specimen], rng: random.Random) -> Specimen:
        """Any of the pool."""
        return pool[rng.randrange(len(pool))]


def gather(
    book: LawBook,
    articles: Iterable[ArticleText],
    *,
    as_of: date,
    region: Region,
    ended_names: Sequence[str] = (),
) -> Specimens:
    """Sort every article with official wording by its standing on a day in a place.

    The pools follow titles, versions and numbers, not the order the files were added in, so that
    one seed draws the same trials from every store of the same texts.

    Raises:
        SpecimenShort: nothing that holds was found.
    """
    found = Specimens(ended_names=tuple(ended_names))
    standing: dict[str, Status] = {}
    rest: list[tuple[Specimen, Status]] = []
    for view in sorted(articles, key=_place):
        statute = view.statute
        found.known_names.update(_names(statute))
        if view.text_kind is not TextKind.VERBATIM:
            continue
        if statute.id not in standing:
            standing[statute.id] = book.validity(statute, as_of).status
        specimen = Specimen(statute.title, view.number, view.text)
        if not covers(statute.region, region):
            _keep(found.foreign, specimen)
        elif standing[statute.id] is Status.IN_FORCE:
            _hold(found, specimen)
        else:
            rest.append((specimen, standing[statute.id]))
    _sort_rest(found, rest)
    if not found.holding:
        raise SpecimenShort("资料库中没有现行有效的条文，无法测量；请先导入法规。")
    for numbers in found.numbers.values():
        numbers.sort()
    return found


def _place(view: ArticleText) -> tuple[str, date, ArticleNumber, str]:
    statute = view.statute
    return statute.title, statute.version or date.min, view.number, view.text


def _names(statute: Statute) -> tuple[str, str]:
    return statute.title, statute.title.removeprefix("中华人民共和国")


def _keep(pool: list[Specimen], specimen: Specimen) -> None:
    if _SHORTEST <= len(specimen.text) <= _LONGEST:
        pool.append(specimen)


def _hold(found: Specimens, specimen: Specimen) -> None:
    key = (specimen.title, specimen.number)
    if key in found.texts:
        found.texts[key] += "\n" + specimen.text
    else:
        found.texts[key] = specimen.text
        found.numbers.setdefault(specimen.title, []).append(specimen.number)
        found.by_number.setdefault(specimen.number, []).append(specimen.title)
    _keep(found.holding, specimen)


def _sort_rest(found: Specimens, rest: Sequence[tuple[Specimen, Status]]) -> None:
    for specimen, status in rest:
        now = found.texts.get((specimen.title, specimen.number))
        if now is not None:
            if plain(specimen.text) not in plain(now):
                _keep(found.older, specimen)
        elif specimen.title in found.numbers:
            continue
        elif status is Status.REVISED_SINCE:
            _keep(found.revised, specimen)
        elif status in (Status.REPEALED, Status.SUPERSEDED):
            _keep(found.repealed, specimen)
