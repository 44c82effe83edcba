"""Passages: what is searched, one per article of each version and one per case.

A passage keeps the fields apart, because a word in a law's title, in its headings, in our gist or
in its text does not weigh the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal

from corpus.library import ArticleView
from corpus.model import Case

PassageKind = Literal["statute", "case"]
"""The two pools that are searched apart."""


@dataclass(frozen=True, slots=True)
class PassageFields:
    """The searchable fields of one passage.

    ``title`` is the law's title with its 编, or the case's title; ``path`` the headings above the
    article, or the kinds of matter of a case; ``gist`` the retrieval keys we wrote: summary, lay
    phrasings, topics; ``text`` the body at its exact wording.
    """

    title: str
    path: str
    gist: str
    text: str


FIELD_NAMES: tuple[str, ...] = tuple(field.name for field in fields(PassageFields))


@dataclass(frozen=True, slots=True)
class Passage:
    """One searchable unit; ``key`` names its source: statute id and article, or case id."""

    kind: PassageKind
    key: str
    fields: PassageFields


def embedded_text(fields: PassageFields) -> str:
    """What is embedded of a passage: title, nearest heading, body.

    Gists and phrasings are no part of it: a static model has learnt from them what they mean.
    """
    return _lines((fields.title, fields.path.rpartition("\n")[2], fields.text))


def _lines(*groups: Iterable[str]) -> str:
    return "\n".join(line for group in groups for line in group if line)


def article_passage(view: ArticleView) -> Passage:
    """The passage of one article; a text that is only our gist is searched as body too."""
    gist = view.gist
    keys = _lines((gist.gist,), gist.phrasings, gist.topics) if gist else ""
    number = view.number
    return Passage(
        kind="statute",
        key=f"{view.statute.id}#{number.main}.{number.sub}",
        fields=PassageFields(
            title=_lines((view.statute.title, view.statute.part or "")),
            path=_lines(view.path),
            gist=keys,
            text=view.text,
        ),
    )


def case_passage(case: Case) -> Passage:
    """The passage of one resolved case; the points that decide likeness are its retrieval keys."""
    points = (line for point in case.points for line in (point.point, *point.cues))
    return Passage(
        kind="case",
        key=case.id,
        fields=PassageFields(
            title=case.title,
            path=_lines(case.matters),
            gist=_lines(points),
            text=_lines((case.facts, case.dispute), case.measures, (case.outcome,), case.lessons),
        ),
    )


def article_passages(views: Iterable[ArticleView]) -> Iterator[Passage]:
    """The passages of many articles, in their order."""
    return map(article_passage, views)


def case_passages(cases: Iterable[Case]) -> Iterator[Passage]:
    """The passages of many cases, in their order."""
    return map(case_passage, cases)
