"""Admission of articles: only law that is real, in force on the day and valid in the place."""

from dataclasses import dataclass, field

from advisor.model import Complaint
from corpus.library import ArticleView, Library
from corpus.model import ArticleNumber, ArticleRef, Status, Validity
from corpus.numerals import format_article, parse_article
from corpus.region import covers

FOUND = "检索得到的相近条文，是否适用请核对"
"""Why an article is there that no guide names."""

ArticleKey = tuple[str, ArticleNumber]
"""A law's full title and the number of an article."""


@dataclass(frozen=True, slots=True)
class ContextArticle:
    """An article of the same law that another one refers to, or that defines a ``term`` of it.

    ``text`` is its whole text, or of a definition the sentence that gives it.
    """

    view: ArticleView
    text: str
    term: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """One article admitted as law for this complaint, and why it is here."""

    id: str
    view: ArticleView
    validity: Validity
    why: str
    context: tuple[ContextArticle, ...] = ()

    @property
    def law(self) -> str:
        """Full official title of its statute."""
        return self.view.statute.title

    @property
    def key(self) -> ArticleKey:
        """Its law's title and its number."""
        return self.law, self.view.number


@dataclass(slots=True)
class Admission:
    """Admits articles one by one: real, in force on the day, valid in the place, each once."""

    library: Library
    complaint: Complaint
    admitted: list[ArticleEvidence] = field(default_factory=list)
    set_aside: dict[str, str] = field(default_factory=dict)  # note to title

    def notes(self) -> tuple[str, ...]:
        """What the reader must know was left out; a law whose forerunner or successor stands in
        its place on that day needs no word.
        """
        shown = {e.law for e in self.admitted}
        return tuple(n for n, title in self.set_aside.items() if not self._replaced(title, shown))

    def _replaced(self, title: str, shown: set[str]) -> bool:
        ended = self.library.successor(title)
        forerunners = (self.library.successor(law) for law in shown)
        return bool(ended and shown & set(ended.successors)) or any(
            title in row.successors for row in forerunners if row
        )

    def ref(self, ref: ArticleRef, *, noted: bool = True) -> None:
        """Admit an article that a guide names; what stands against it is noted if it matters."""
        title = self.library.resolve(ref.law)
        number = parse_article(ref.article)
        view = None
        if title is not None:
            view = self.library.article(title, number, on=self.complaint.as_of)
        if view is None:
            if noted and (title is None or not self.library.versions(title)):
                note = f"《{ref.law}》的文本尚未收录，相关条文未列入，请另行查证。"
                self.set_aside[note] = ref.law
            return
        self.view(view, ref.why, chosen=noted)

    def view(self, view: ArticleView, why: str, *, chosen: bool = False) -> None:
        """Admit an article; of one that was only found, nobody need know why it was not."""
        key = (view.statute.title, view.number)
        if any((e.law, e.view.number) == key for e in self.admitted):
            return
        validity = self.library.validity(view.statute, self.complaint.as_of)
        if not covers(view.statute.region, self.complaint.region):
            return
        if validity.status is not Status.IN_FORCE:
            if chosen:
                self._explain(view, validity)
            return
        self.admitted.append(ArticleEvidence("", view, validity, why))

    def _explain(self, view: ArticleView, validity: Validity) -> None:
        where = f"《{view.statute.title}》{format_article(view.number)}"
        if validity.status is Status.REVISED_SINCE:
            note = f"{where}：库中为修订前文本，{validity.note}，未作为依据列出，请核对新文本。"
        elif validity.status is Status.NOT_YET_IN_FORCE:
            note = f"{where}在 {self.complaint.as_of} 尚未施行，未作为依据列出。"
        else:
            note = (
                f"{where}在 {self.complaint.as_of} 已不再有效（{validity.note}），未作为依据列出。"
            )
        self.set_aside[note] = view.statute.title
