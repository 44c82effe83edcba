"""What the citation gate asks of a collection of law: the port, its shapes and a small double."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from corpus.model import (
    ArticleNumber,
    Revision,
    Statute,
    Succession,
    TextKind,
    Validity,
)
from corpus.validity import Surroundings, begins, validity


class ArticleText(Protocol):
    """One article as the collection holds it: official wording, or our gist of it."""

    @property
    def statute(self) -> Statute:
        """The version the article stands in."""
        ...

    @property
    def number(self) -> ArticleNumber:
        """Its number."""
        ...

    @property
    def path(self) -> Sequence[str]:
        """The headings above it, outermost first; empty where the text has none."""
        ...

    @property
    def text(self) -> str:
        """Its wording, one line for each paragraph 款 or item 项."""
        ...

    @property
    def text_kind(self) -> TextKind:
        """Whether ``text`` is official wording."""
        ...


class LawBook(Protocol):
    """A collection of law; :class:`corpus.library.Library` is the real one."""

    @property
    def edition(self) -> int:
        """Grows whenever the collection changes, so that answers kept can be dropped."""
        ...

    def resolve(self, name: str) -> str | None:
        """Any way to write a law's name to the full title held here; None when unknown."""
        ...

    def successor(self, title: str) -> Succession | None:
        """What ended a rule, by any of its names; None when nothing is known to have."""
        ...

    def versions(self, title: str) -> Sequence[Statute]:
        """Every part of every version held, oldest first."""
        ...

    def validity(self, statute: Statute, on: date) -> Validity:
        """Whether that version holds on a day."""
        ...

    def article_in(self, statute: Statute, number: ArticleNumber) -> ArticleText | None:
        """One article of one version; None when it has no such number."""
        ...

    def articles_of(self, statute: Statute) -> Sequence[ArticleText]:
        """Every article of one version, in order."""
        ...


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """One article in memory."""

    statute: Statute
    number: ArticleNumber
    text: str
    text_kind: TextKind
    path: tuple[str, ...] = ()


class LawBookInMemory:
    """A collection of a few laws held in memory, for tests and trials.

    Args:
        texts: the articles of each version.
        aliases: short names to full titles.
        successions: rules that ended.
        revisions: revisions whose text is not held.
    """

    edition = 1

    def __init__(
        self,
        texts: Mapping[Statute, Mapping[ArticleNumber, str]],
        *,
        aliases: Mapping[str, str] | None = None,
        successions: Sequence[Succession] = (),
        revisions: Sequence[Revision] = (),
    ) -> None:
        self._texts = {s.id: dict(articles) for s, articles in texts.items()}
        self._versions: dict[str, tuple[Statute, ...]] = {}
        for s in sorted(texts, key=lambda s: begins(s) or date.min):
            self._versions[s.title] = (*self._versions.get(s.title, ()), s)
        self._names = {title: title for title in self._versions}
        self._names |= {_short(title): title for title in self._versions} | dict(aliases or {})
        self._ended = {name: s for s in successions for name in (s.old, _short(s.old), *s.aliases)}
        self._revised = {r.law: r for r in revisions}

    def resolve(self, name: str) -> str | None:
        """See :class:`LawBook`."""
        return self._names.get(name.strip("《》 "))

    def successor(self, title: str) -> Succession | None:
        """See :class:`LawBook`."""
        return self._ended.get(title)

    def versions(self, title: str) -> tuple[Statute, ...]:
        """See :class:`LawBook`."""
        return self._versions.get(title, ())

    def validity(self, statute: Statute, on: date) -> Validity:
        """See :class:`LawBook`."""
        later = [
            s
            for s in self.versions(statute.title)
            if (begins(s) or date.min) > (begins(statute) or date.min)
        ]
        around = Surroundings(
            following=later[0] if later else None,
            succession=self._ended.get(statute.title),
            revision=None if later else self._revised.get(statute.title),
        )
        return validity(statute, on, around)

    def article_in(self, statute: Statute, number: ArticleNumber) -> HeldArticle | None:
        """See :class:`LawBook`."""
        text = self._texts[statute.id].get(number)
        return None if text is None else HeldArticle(statute, number, text, statute.text_kind)

    def articles_of(self, statute: Statute) -> tuple[HeldArticle, ...]:
        """See :class:`LawBook`."""
        texts = self._texts[statute.id]
        return tuple(HeldArticle(statute, n, texts[n], statute.text_kind) for n in sorted(texts))

    def articles(self) -> Iterator[HeldArticle]:
        """Every article of every version."""
        for versions in self._versions.values():
            for statute in versions:
                yield from self.articles_of(statute)


def _short(title: str) -> str:
    return title.removeprefix("中华人民共和国")
