"""Measures from story to articles: the search's raw hits, and the articles an advice rests on."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean, quantiles

from pydantic import BaseModel, ConfigDict

from advisor.advise import Adviser
from advisor.article_prior import learned_ranking
from advisor.errors import RefusedInput
from advisor.matter import MatterRecognizer
from advisor.model import Advice, AdviceRequest
from corpus.knowledge import Knowledge
from corpus.numerals import parse_article
from corpus.region import format_region, parse_region
from eval.dataset import ArticleKey, article_key
from eval.measures import recall, success
from eval.stories import OWN, Story, Told, Unanswerable, acceptable_keys, core_keys
from indexer.learned.trees import BoostedTrees

DEPTH = 10
"""How many hits of the search are looked at."""

DAY = date(2026, 6, 1)
"""The day on which texts without an article are asked, so that two runs can be compared."""

_HIT_5, _HIT_10, _RECALL_10 = "hit@5", "hit@10", "Recall@10"


class Ranked(BaseModel):
    """What was given for one story, best first.

    ``found_at`` are the ranks of the core articles, 0 for not found; ``right`` of the ``shown``
    articles are core or acceptable. ``measures`` is empty where a story has no core article.
    """

    model_config = ConfigDict(frozen=True)

    found_at: tuple[int, ...]
    shown: int
    right: int
    measures: dict[str, float]
    milliseconds: float


class StoryRow(BaseModel):
    """One story: the matter it was recognised as, the one left out before, and what was given."""

    model_config = ConfigDict(frozen=True)

    id: str
    source: str
    matter: str | None
    left_out: str | None
    search: Ranked
    basis: Ranked


class TextRow(BaseModel):
    """One text without an article: how many were given for it all the same."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    matter: str | None
    search: int
    basis: int


class Means(BaseModel):
    """Shares over the stories with a core article, 0 to 1; latency in milliseconds, all stories.

    ``precision``: right among all articles shown. ``useful``: stories for which a right one was
    shown, core or acceptable. ``shown``: articles per story. ``silent``: stories with none shown.
    """

    model_config = ConfigDict(frozen=True)

    measures: dict[str, float]
    precision: float
    useful: float
    shown: float
    silent: float
    p95_ms: float


class Part(BaseModel):
    """The means over the stories of one kind; ``stories`` of them have a core article."""

    model_config = ConfigDict(frozen=True)

    name: str
    stories: int
    search: Means
    basis: Means


def with_knowledge(
    adviser: Adviser, knowledge: Knowledge, trees: BoostedTrees | None = None
) -> Adviser:
    """The same adviser with other knowledge, and never a model; other ``trees`` where given."""
    recognizer = MatterRecognizer.of(knowledge)
    ranking = learned_ranking(knowledge, adviser.library, recognizer, trees)
    return replace(
        adviser,
        knowledge=knowledge,
        recognizer=recognizer,
        retriever=adviser.retriever.with_ranking(ranking),
        writer=None,
        query_writer=None,
    )


def without(adviser: Adviser, matter: str, trees: BoostedTrees | None = None) -> Adviser:
    """The adviser without this matter's playbook and tellings, its recogniser taught anew."""
    return with_knowledge(adviser, without_matter(adviser.knowledge, matter), trees)


def without_matter(knowledge: Knowledge, matter: str) -> Knowledge:
    """The knowledge without a matter's playbook and the complaints told of it."""
    books = tuple(book for book in knowledge.playbooks if book.id != matter)
    tellings = tuple(one for one in knowledge.tellings if matter not in one.matters)
    return replace(knowledge, playbooks=books, tellings=tellings)


def measure_stories(told: Sequence[Told], adviser: Adviser) -> Iterator[StoryRow]:
    """One row per story, in order."""
    return (_row(one, adviser, None) for one in told)


def measure_left_out(
    told: Sequence[Told], adviser: Adviser, trees: BoostedTrees | None = None
) -> tuple[StoryRow, ...]:
    """One row per story, in order, each without the playbook of the matter it is recognised as.

    So it is not looked up but found. A story left open by the recogniser is advised on as it is.
    The stories of one matter are taken together: a recogniser is large and takes a second to teach.
    """
    matters = [adviser.recognizer.recognise(one.text).type for one in told]
    rows: dict[int, StoryRow] = {}
    for matter in dict.fromkeys(matters):
        at_work = without(adviser, matter, trees) if matter else adviser
        for place, one in enumerate(told):
            if matters[place] == matter:
                rows[place] = _row(one, at_work, matter)
    return tuple(rows[place] for place in range(len(told)))


def measure_unanswerable(texts: Sequence[Unanswerable], adviser: Adviser) -> Iterator[TextRow]:
    """One row per text, in order, asked on ``DAY`` in the adviser's default region."""
    region = parse_region(adviser.default_region)
    for one in texts:
        story = Story(id=one.id, text=one.text, region=region, as_of=DAY, core=())
        told = Told(story, one.text)
        advice, _ = _advise(told, adviser)
        yield TextRow(
            id=one.id,
            kind=one.kind,
            matter=advice.matter.type if advice else None,
            search=_search(told, adviser).shown,
            basis=len(_basis(advice)),
        )


def ranked(given: Sequence[ArticleKey], story: Story, milliseconds: float) -> Ranked:
    """Articles given for a story, held against its labels."""
    core = core_keys(story)
    ranks = {key: rank for rank, key in enumerate(given, start=1)}
    measures = {}
    if core:
        measures = {
            _HIT_5: success(given, core, 5),
            _HIT_10: success(given, core, 10),
            _RECALL_10: recall(given, core, 10),
        }
    return Ranked(
        found_at=tuple(sorted(ranks.get(key, 0) for key in core)),
        shown=len(given),
        right=sum(key in core | acceptable_keys(story) for key in given),
        measures=measures,
        milliseconds=round(milliseconds, 3),
    )


def parts(rows: Sequence[StoryRow]) -> tuple[Part, ...]:
    """The means over all stories, over those written for the dataset, and over real messages."""
    kinds = (
        ("全部", rows),
        ("自写", [row for row in rows if row.source == OWN]),
        ("真实留言", [row for row in rows if row.source != OWN]),
    )
    return tuple(
        Part(
            name=name,
            stories=sum(bool(row.search.measures) for row in of_kind),
            search=means([row.search for row in of_kind]),
            basis=means([row.basis for row in of_kind]),
        )
        for name, of_kind in kinds
        if any(row.search.measures for row in of_kind)
    )


def means(given: Sequence[Ranked]) -> Means:
    """The means over rankings, of which one at least belongs to a story with a core article."""
    asked = [one for one in given if one.measures]
    shown = sum(one.shown for one in asked)
    spent = [one.milliseconds for one in given]
    return Means(
        measures={name: fmean(one.measures[name] for one in asked) for name in asked[0].measures},
        precision=sum(one.right for one in asked) / shown if shown else 0.0,
        useful=fmean(one.right > 0 for one in asked),
        shown=shown / len(asked),
        silent=fmean(one.shown == 0 for one in asked),
        p95_ms=quantiles(spent, n=20, method="inclusive")[18] if len(spent) > 1 else spent[0],
    )


def _row(one: Told, adviser: Adviser, left_out: str | None) -> StoryRow:
    advice, spent = _advise(one, adviser)
    return StoryRow(
        id=one.story.id,
        source=one.story.source,
        matter=advice.matter.type if advice else None,
        left_out=left_out,
        search=_search(one, adviser),
        basis=ranked(_basis(advice), one.story, spent),
    )


def _advise(one: Told, adviser: Adviser) -> tuple[Advice | None, float]:
    request = AdviceRequest(
        text=one.text,
        region=format_region(one.story.region),
        occurred_on=one.story.as_of,
        mode="extractive",
    )
    begun = time.perf_counter()
    try:
        advice = adviser.compose(request)
    except RefusedInput:
        advice = None
    return advice, (time.perf_counter() - begun) * 1000


def _search(one: Told, adviser: Adviser) -> Ranked:
    begun = time.perf_counter()
    hits = adviser.retriever.search(
        one.text, kind="statute", k=DEPTH, as_of=one.story.as_of, region=one.story.region
    )
    spent = (time.perf_counter() - begun) * 1000
    keys = (article_key(hit.article.statute.title, hit.article.number) for hit in hits)
    return ranked(_once(keys), one.story, spent)


def _basis(advice: Advice | None) -> tuple[ArticleKey, ...]:
    """The articles an advice shows as law, in its order."""
    if advice is None:
        return ()
    return _once(article_key(one.law, parse_article(one.article)) for one in advice.legal_basis)


def _once(keys: Iterable[ArticleKey]) -> tuple[ArticleKey, ...]:
    return tuple(dict.fromkeys(keys))
