"""When law changes: which stored advices cite an article that is no longer what they show."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, Protocol

from advisor import clock
from advisor.adoption.facts import CitedArticle, hash_of_text
from corpus.errors import NumberError
from corpus.law import ArticleNumber, Status, Validity
from corpus.library import ArticleView, Library
from corpus.naming import name_key
from corpus.numerals import parse_article
from corpus.validity import begins

Verdict = Literal["outdated", "changed"]
"""``outdated``: on the day whose law the advice applies, the article already read otherwise or did
not hold. ``changed``: it was right on its day, and the law has changed since, or will."""
_HOLDING = frozenset({Status.IN_FORCE, Status.REVISED_SINCE})


@dataclass(frozen=True, slots=True)
class Finding:
    """What is the matter with one cited article; ``told`` says it in Chinese, for the reader."""

    verdict: Verdict
    changed_on: date | None
    told: str


@dataclass(frozen=True, slots=True)
class LawMark:
    """A finding on one article of one stored advice."""

    advice_id: str
    law: str
    article: str
    finding: Finding
    noted_at: datetime = field(default_factory=clock.now)


@dataclass(frozen=True, slots=True)
class WatchedLaw:
    """A law that stored advices cite: what it looked like when it was last examined.

    ``fingerprint`` is None if it never was; ``checked_until`` and ``newest`` are places in the
    index of citations: those after ``checked_until`` were not examined.
    """

    law: str
    fingerprint: str | None
    checked_until: int
    newest: int


@dataclass(frozen=True, slots=True)
class Citing:
    """One advice that cites an article; ``open`` until its matter is told to be cleared."""

    advice_id: str
    cited: CitedArticle
    open: bool


def marks_of(
    citing: Iterable[Citing], found: Mapping[CitedArticle, Finding]
) -> tuple[LawMark, ...]:
    """The marks that findings leave on advices: for all stores the same."""
    now = clock.now()
    return tuple(
        LawMark(one.advice_id, one.cited.law, one.cited.article, finding, now)
        for one in citing
        if (finding := found.get(one.cited)) is not None
        and (one.open or finding.verdict == "outdated")
    )


class LawWatch(Protocol):
    """The index of cited articles, and the marks. Safe to share among threads and processes."""

    def laws(self) -> tuple[WatchedLaw, ...]:
        """Every law that a stored advice cites.

        Raises:
            StoreUnavailable: The store cannot be read.
        """

    def cited(self, law: str, after: int = 0) -> tuple[CitedArticle, ...]:
        """What advices show of a law, each once, of the citations stored after a place.

        Raises:
            StoreUnavailable: The store cannot be read.
        """

    def mark(
        self, examined: WatchedLaw, found: Mapping[CitedArticle, Finding], *, whole: bool
    ) -> tuple[LawMark, ...]:
        """Mark the advices that cite what was found, and tell of the marks that are new.

        "outdated" marks every advice, "changed" those whose matter is open.

        Args:
            examined: The law with its present fingerprint, examined up to ``newest``.
            found: What is the matter with which citations.
            whole: All citations were examined, so that earlier marks not found again are gone;
                else those after ``checked_until``.

        Returns:
            The marks that were not there before.

        Raises:
            StoreUnavailable: Nothing was kept.
        """

    def marks(self, advice_id: str | None = None) -> tuple[LawMark, ...]:
        """The marks that concern a reader now: of one advice, or all, by advice and law.

        A mark "changed" concerns nobody once the matter is cleared.

        Raises:
            StoreUnavailable: The store cannot be read.
        """


def check_laws(library: Library, watch: LawWatch, today: date) -> tuple[LawMark, ...]:
    """Examine every law that looks otherwise than when it was last examined; the new marks.

    Raises:
        StoreUnavailable: What was examined until then stays marked; it can be run again.
    """
    marks: list[LawMark] = []
    for one in watch.laws():
        now = fingerprint(library, one.law)
        whole = now != one.fingerprint
        if whole or one.newest > one.checked_until:
            cited = watch.cited(one.law, 0 if whole else one.checked_until)
            judged = {each: judge(library, each, today) for each in cited}
            amiss = {each: finding for each, finding in judged.items() if finding is not None}
            marks += watch.mark(replace(one, fingerprint=now), amiss, whole=whole)
    return tuple(marks)


def fingerprint(library: Library, law: str) -> str:
    """Changes whenever a version of a law comes, goes or reads otherwise, or its end is known."""
    digest = hashlib.sha256()
    title = library.resolve(law) or law
    for volume in library.shelf.volumes.get(name_key(title), ()):
        digest.update(repr((volume.statute, volume.articles, volume.around)).encode())
        for number, gist in sorted(volume.gists.items()):
            digest.update(f"{number}{gist.gist}".encode())
    digest.update(repr(library.successor(title)).encode())
    return digest.hexdigest()


def judge(library: Library, cited: CitedArticle, today: date) -> Finding | None:
    """What is the matter with a citation: on its own day, today, and when the next text begins.

    None where nothing is, or where the law is not at hand any more and nothing is known of its end.
    """
    try:
        number = parse_article(cited.article)
    except NumberError:
        return None
    title = library.resolve(cited.law) or cited.law
    for day in _days(library, title, number, (cited.law_day, today)):
        trouble = _trouble(library, title, number, cited, day)
        if trouble is not None:
            return replace(trouble, verdict="outdated" if day <= cited.law_day else "changed")
    return None


def _days(
    library: Library, title: str, number: ArticleNumber, known: tuple[date, date]
) -> Iterator[date]:
    yield from dict.fromkeys(known)
    today = max(known)
    view = library.article(title, number, on=today)
    if view is not None:
        until = library.validity(view.statute, today).until
        if until is not None and until > today:
            yield until


def _trouble(
    library: Library, title: str, number: ArticleNumber, cited: CitedArticle, day: date
) -> Finding | None:
    view = library.article(title, number, on=day)
    if view is None:
        ended = library.successor(title)
        if ended is None or ended.ended_on > day:
            return None
        return Finding("changed", ended.ended_on, f"《{cited.law}》已于 {ended.ended_on} 失效")
    validity = library.validity(view.statute, day)
    place = f"《{cited.law}》{cited.article}"
    if validity.status not in _HOLDING:
        return Finding("changed", validity.until or validity.since, f"{place}：{validity.note}")
    if validity.status is Status.REVISED_SINCE and cited.status != Status.REVISED_SINCE:
        return Finding("changed", validity.until, f"{place}：{validity.note}")
    return None if _reads_alike(cited, view) else _other_text(place, cited, view, validity)


def _reads_alike(cited: CitedArticle, view: ArticleView) -> bool:
    if view.text_kind == cited.text_kind:
        return hash_of_text(view.text) == cited.text_sha256
    # A gist and an official text cannot be compared by their letters: only by their version.
    begun = view.statute.effective_from
    return begun is None or cited.effective_from is None or begun <= cited.effective_from


def _other_text(place: str, cited: CitedArticle, view: ArticleView, validity: Validity) -> Finding:
    begun = begins(view.statute)
    if begun is not None and begun != cited.effective_from:
        return Finding("changed", begun, f"{place}：自 {begun} 起施行的文本与所引不同")
    return Finding("changed", validity.since, f"{place}：库内文本后来有更正，与所引不同")
