"""The law a citation names, as it stands at a date in a place: held and in force, or why not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from corpus.lawbook import ArticleText, LawBook
from corpus.model import (
    ArticleNumber,
    Region,
    Status,
    Statute,
    Succession,
    TextKind,
    Validity,
    VerdictKind,
)
from corpus.numerals import format_article, parse_number
from corpus.quotation import flat
from corpus.region import covers, format_region
from corpus.whole_text import WholeText, telling_run

_YEAR_NOTE = re.compile(r"\s*[（(\[〔]\s*([0-9０-９]{4})\s*年?[^（）()\[\]〔〕]{0,12}[）)\]〕]\s*$")
_HERE = re.compile(r"^(?:我|本|该)?(省|市|区|县)(?=.{2,}(?:条例|办法|规定|规则|细则|实施))")
_OF_PLACE = re.compile(r"(?<=[省市区县])的")
_TELLING_RUN = re.compile(r"[\u4e00-\u9fff]{8,}")
_K = TypeVar("_K")
_V = TypeVar("_V")


class Refusal(NamedTuple):
    """Why a law or an article cannot be shown as law."""

    verdict: VerdictKind
    reason: str
    suggestion: str | None = None


class Held(NamedTuple):
    """One article that holds, ready for comparison.

    ``plain`` is its official wording normalised, empty for a gist; ``where`` is how it is cited.
    """

    view: ArticleText
    plain: str
    where: str


@dataclass(frozen=True, slots=True)
class LawAt:
    """A law at a date in a place: the versions that hold, and those that do not.

    ``refusal`` is set when nothing that holds is held here; ``repair`` says how the name
    written had to be corrected; ``year`` is the version asked for, where one is.
    """

    title: str | None
    holding: tuple[Statute, ...] = ()
    other: tuple[tuple[Statute, Validity], ...] = ()
    refusal: Refusal | None = None
    repair: str | None = None
    successors: tuple[str, ...] = ()
    renamed: bool = False
    year: int | None = None

    @property
    def gist_only(self) -> bool:
        """Whether all that holds is our own gists, so that a missing number proves nothing."""
        return all(s.text_kind is TextKind.GIST for s in self.holding)


class Citing(Protocol):
    """Whatever names a law and an article: a citation, or the verdict on one."""

    @property
    def law(self) -> str | None:
        """The law's name, as written or in full."""
        ...

    @property
    def article(self) -> ArticleNumber:
        """The article's number."""
        ...


@dataclass(slots=True)
class Shelf:
    """The laws of one book at one date in one place; answers are kept for the next question."""

    book: LawBook
    as_of: date
    region: Region
    _laws: dict[str, LawAt] = field(default_factory=dict)
    _whole: dict[str, WholeText] = field(default_factory=dict)
    _titles: dict[str, str | None] = field(default_factory=dict)
    _held: dict[tuple[str | None, int | None, int, int], tuple[Held, ...]] = field(
        default_factory=dict
    )

    def resolve(self, name: str) -> str | None:
        """Full title, also of an ended rule that only the table of successions knows."""
        try:
            return self._titles[name]
        except KeyError:
            _trim(self._titles, 200_000)
            title = self._titles[name] = self._resolve(name)
            return title

    def law(self, name: str) -> LawAt:
        """The law a written name stands for."""
        law = self._laws.get(name)
        if law is None:
            _trim(self._laws, 20_000)
            law = self._laws[name] = self._look_up(name)
        return law

    def held(self, law: LawAt, number: ArticleNumber) -> tuple[Held, ...]:
        """The article in each version of the law that holds."""
        key = (law.title, law.year, number.main, number.sub)
        found = self._held.get(key)
        if found is None:
            _trim(self._held, 65_536)
            found = self._held[key] = tuple(self._read(law, number))
        return found

    def article(self, statute: Statute, number: ArticleNumber) -> ArticleText | None:
        """One article of one version."""
        return self.book.article_in(statute, number)

    def wordings(self, place: Citing) -> tuple[Held, ...]:
        """An article in the versions that hold, without those held as gists."""
        if place.law is None:
            return ()
        return tuple(h for h in self.held(self.law(place.law), place.article) if h.plain)

    def says(self, name: str, prose: str) -> bool:
        """Whether a long run of the prose is found anywhere in the law that holds."""
        runs = _TELLING_RUN.findall(prose)
        return bool(runs) and any(
            whole.has(run) for whole in self._wholes(self.law(name).holding) for run in runs
        )

    def find(self, quote: str, statutes: Sequence[Statute]) -> ArticleText | None:
        """The article of these versions that holds the normalised wording as it stands."""
        run = telling_run(quote) if statutes else None
        if run is None:
            return None
        for whole in self._wholes(statutes):
            found = whole.find(quote, run)
            if found is not None:
                return found
        return None

    def _wholes(self, statutes: Sequence[Statute]) -> Iterator[WholeText]:
        for statute in statutes:
            if statute.text_kind is TextKind.GIST:
                continue
            whole = self._whole.get(statute.id)
            if whole is None:
                _trim(self._whole, 4_000)
                whole = self._whole[statute.id] = WholeText.of(self.book, statute)
            yield whole

    def _read(self, law: LawAt, number: ArticleNumber) -> Iterator[Held]:
        for statute in law.holding:
            view = self.article(statute, number)
            if view is not None:
                verbatim = view.text_kind is TextKind.VERBATIM
                plain = flat(view.text) if verbatim else ""
                yield Held(view, plain, f"《{law.title}》{format_article(number)}")

    def _resolve(self, name: str) -> str | None:
        title = self.book.resolve(name)
        if title is None:
            bare = _YEAR_NOTE.sub("", name)
            title = self.book.resolve(bare) if bare != name else None
        if title is None and (ended := self.book.successor(name)) is not None:
            return ended.old
        return title

    def _look_up(self, name: str) -> LawAt:
        bare, year = self._without_year(name)
        title, repair = self.book.resolve(bare), None
        if title is None and (placed := self._placed(bare)) is not None:
            title, repair = placed, f"名称已补全为《{placed}》。"
        ended = self.book.successor(title or bare)
        versions = tuple(self.book.versions(title)) if title is not None else ()
        if ended is not None and self.as_of >= ended.ended_on:
            return _ended(ended, title or ended.old)
        if title is None or not versions:
            return _unknown(bare, ended)
        return self._standing(title, versions, year, repair)

    def _without_year(self, name: str) -> tuple[str, int | None]:
        """The name without a note of its version, and the year in it; years of titles stay."""
        note = _YEAR_NOTE.search(name)
        if note is None:
            return name, None
        year = str(parse_number(note[1]))
        title = self.book.resolve(name)
        if title is not None and year in title:
            return name, None
        return name[: note.start()], int(year)

    def _placed(self, name: str) -> str | None:
        """我省物业管理条例, 浙江省的物业管理条例 as the rule of the place asked about."""
        name = _OF_PLACE.sub("", name)
        if (title := self.book.resolve(name)) is not None:
            return title
        here = _HERE.match(name)
        if here is None:
            return None
        for place in self.region:
            if place.endswith(here[1]):
                return self.book.resolve(place + name[here.end() :])
        return None

    def _standing(
        self, title: str, versions: tuple[Statute, ...], year: int | None, repair: str | None
    ) -> LawAt:
        near = tuple(v for v in versions if covers(v.region, self.region))
        if not near:
            place = format_region(versions[-1].region)
            here = format_region(self.region)
            reason = f"《{title}》是{place}的规定，不适用于{here}。"
            return LawAt(title, refusal=Refusal(VerdictKind.OUT_OF_REGION, reason))
        chosen = near if year is None else tuple(v for v in near if year in _years(v))
        if not chosen:
            reason = f"资料库中没有《{title}》{year}年的文本，无法核对。"
            return LawAt(title, refusal=Refusal(VerdictKind.NOT_FOUND, reason, f"《{title}》"))
        judged = tuple((v, self.book.validity(v, self.as_of)) for v in chosen)
        holding = tuple(v for v, state in judged if state.status is Status.IN_FORCE)
        other = tuple((v, state) for v, state in judged if state.status is not Status.IN_FORCE)
        refusal = None if holding else _not_in_force(title, other)
        return LawAt(title, holding, other, refusal, repair, year=year)


def _years(statute: Statute) -> set[int]:
    """The years a version is called by: when it was passed, or came into force after that."""
    passed = statute.version or statute.adopted_on
    days = [d for d in (passed, statute.effective_from) if d is not None]
    return {d.year for d in days if passed is None or d >= passed}


def _ended(ended: Succession, title: str) -> LawAt:
    after = "、".join(f"《{s}》" for s in ended.successors)
    how = "更名为" if ended.kind == "renamed" else "由"
    tail = (f"，现{how}{after}" + ("" if ended.kind == "renamed" else "规定")) if after else ""
    reason = f"《{title}》已于{ended.ended_on.isoformat()}停止施行{tail}（{ended.source}）。"
    refusal = Refusal(VerdictKind.NOT_IN_FORCE, reason, after or None)
    after_names, renamed = tuple(ended.successors), ended.kind == "renamed"
    return LawAt(title, refusal=refusal, successors=after_names, renamed=renamed)


def _unknown(name: str, ended: Succession | None) -> LawAt:
    if ended is not None:
        reason = f"资料库中没有《{ended.old}》的文本，无法核对。"
        return LawAt(ended.old, refusal=Refusal(VerdictKind.NOT_FOUND, reason))
    reason = f"资料库中没有名为《{name.strip('《》')}》的规定。"
    return LawAt(None, refusal=Refusal(VerdictKind.NOT_FOUND, reason))


def _not_in_force(title: str, other: Sequence[tuple[Statute, Validity]]) -> Refusal:
    """The refusal for a law of which no version held here is in force, by its newest version."""
    order = (Status.REVISED_SINCE, Status.NOT_YET_IN_FORCE, Status.REPEALED, Status.SUPERSEDED)
    _, state = min(reversed(other), key=lambda pair: order.index(pair[1].status))
    words = {
        Status.REVISED_SINCE: f"《{title}》已有新的修订，资料库中的文本不是现行文本",
        Status.NOT_YET_IN_FORCE: f"《{title}》尚未施行",
        Status.REPEALED: f"《{title}》已经废止",
        Status.SUPERSEDED: f"《{title}》的这一版本已被新版本取代",
    }
    if state.note:
        source = f"（来源：{state.source}）" if state.source else ""
        reason = f"《{title}》{state.note}{source}。"
        return Refusal(VerdictKind.NOT_IN_FORCE, reason, _new_text(title, state))
    reason = words[state.status]
    if state.status is Status.NOT_YET_IN_FORCE and state.since is not None:
        reason += f"，自{state.since.isoformat()}起施行"
    elif state.until is not None:
        reason += f"（自{state.until.isoformat()}起）"
    return Refusal(VerdictKind.NOT_IN_FORCE, reason + "。", _new_text(title, state))


def _new_text(title: str, state: Validity) -> str | None:
    if state.status is Status.REVISED_SINCE:
        return f"请核对《{title}》的新文本"
    return f"《{state.successor}》" if state.successor else None


def _trim(memory: dict[_K, _V], most: int) -> None:
    """Forget everything once too much is kept; a fresh start is cheaper than an order of use."""
    if len(memory) >= most:
        memory.clear()
