"""What the learned ranking learns from: stories and questions with the articles offered for them.

Nothing is learnt from the stories that the advice is judged by in public (``eval/datasets/cases``).
A story is taken twice: as it is, and with the playbook and the tellings of the matter it is
recognised as left out, so that the ranking does not trust them more than it may. The tellings of
our knowledge are lessons too; none speaks for itself, nor for another of its fold.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from advisor.article_prior import PlaybookPrior
from advisor.leads import shipped_embedder
from advisor.matter import MatterRecognizer
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.model import ArticleNumber, Region, Telling
from eval.dataset import ArticleKey, Question, article_key, gold_keys
from eval.stories import (
    CitedArticle,
    Story,
    Told,
    Unanswerable,
    acceptable_keys,
    core_keys,
)
from eval.stories_measure import DAY, without_matter
from indexer.learned.features import FEATURES
from indexer.learned.index import LearnedRanking, Offered
from indexer.learned.trees import Asked, BoostedTrees, Matrix
from indexer.ports import Embedder
from indexer.ranking import Scores
from indexer.retriever import Retriever
from indexer.snapshot import Snapshot

_ASKED, _LAW_ASKED = FEATURES.index("asked"), FEATURES.index("law_asked")
_ANY = ArticleNumber(1)
FOLDS = 5
TOLD_OF: Region = ("浙江省", "嘉兴市")
"""Where the tellings of our knowledge play, as their files say."""
CORE, ACCEPTABLE = 1.0, 0.6
"""How sure it is that a labelled article applies."""

PLAIN, LEFT_OUT, ASKED, IDLE = "诉求", "诉求，去掉所属指引", "提问", "没有适用条文的文字"
TOLD, TOLD_LEFT_OUT = "样例", "样例，去掉所属指引"


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """The articles offered for one text: ``applies`` in 0 to 1 and ``rows``, one of each apiece.

    ``wanted`` is how many articles it surely needs, found or not.
    """

    id: str
    kind: str
    fold: int
    applies: NDArray[np.float32]
    rows: Matrix
    wanted: int


@dataclass(frozen=True, slots=True)
class Untaught:
    """Stands for trees that are not learnt yet: by the hybrid score."""

    asked: Asked

    def fits(self, embedder: str) -> bool:
        """Over any embedder."""
        return bool(embedder)

    def probability(self, rows: Matrix) -> Scores:
        """The share of the best hybrid score."""
        return np.clip(rows[:, 3], 0, 1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class OverAny:
    """Trees over another embedder's likeness: that of a cross-validation, made by one recipe.

    ``asked`` stands for their own, so that the questions measured can be left out of it.
    """

    trees: BoostedTrees
    asked: Asked

    def fits(self, embedder: str) -> bool:
        """Over any embedder."""
        return bool(embedder)

    def probability(self, rows: Matrix) -> Scores:
        """That of the trees."""
        return self.trees.probability(rows)


@dataclass(frozen=True, slots=True)
class Teacher:
    """Gives lessons with one index and one embedder."""

    snapshot: Snapshot
    library: Library
    embedder: Embedder
    asked: Asked

    def retriever(
        self, knowledge: Knowledge, recognizer: MatterRecognizer | None = None
    ) -> Retriever:
        """A retriever that offers with this knowledge; ``recognizer`` where it is at hand."""
        recognizer = recognizer or MatterRecognizer.of(knowledge)
        prior = PlaybookPrior(knowledge, self.library, recognizer, shipped_embedder())
        ranking = LearnedRanking(prior, Untaught(self.asked))
        return Retriever(self.snapshot, self.library, self.embedder, ranking=ranking)

    def stories(self, told: Sequence[Told], knowledge: Knowledge) -> Iterator[Lesson]:
        """Two lessons a story, and two for each of the knowledge's own tellings."""
        recognizer = MatterRecognizer.of(knowledge)
        whole = self.retriever(knowledge, recognizer)
        own = [as_told(telling) for telling in knowledge.tellings]
        apart = {
            fold: self.retriever(without_tellings(knowledge, fold), recognizer)
            for fold in range(FOLDS)
        }
        by_matter: dict[str | None, list[Told]] = {}
        for one in (*told, *own):
            by_matter.setdefault(recognizer.recognise(one.text).type, []).append(one)
        ids = {telling.id for telling in knowledge.tellings}
        for matter, of_matter in by_matter.items():
            rest = self.retriever(without_matter(knowledge, matter)) if matter else None
            for one in of_matter:
                fold = fold_of(one.story.id)
                is_own = one.story.id in ids
                plain = apart[fold] if is_own else whole
                yield _of_story(one, plain, TOLD if is_own else PLAIN, fold)
                kind = TOLD_LEFT_OUT if is_own else LEFT_OUT
                yield _of_story(one, rest or plain, kind, fold)

    def idle(
        self, texts: Sequence[Unanswerable], knowledge: Knowledge, region: Region
    ) -> Iterator[Lesson]:
        """One lesson a text to which no article applies, asked in a place."""
        retriever = self.retriever(knowledge)
        for one in texts:
            offered = retriever.offered(one.text, as_of=DAY, region=region)
            yield _lesson((one.id, IDLE, fold_of(one.id)), offered, frozenset(), frozenset())

    def questions(
        self, asked: Sequence[Question], knowledge: Knowledge, fold: int
    ) -> Iterator[Lesson]:
        """One lesson a question, over national law on the question's day."""
        retriever = self.retriever(knowledge)
        for one in asked:
            offered = retriever.offered(one.question, as_of=one.as_of, region=())
            gold = gold_keys(one)
            rows = unasked(offered, gold)
            yield _lesson((one.id, ASKED, fold), replace(offered, rows=rows), gold, frozenset())


def as_told(telling: Telling) -> Told:
    """A telling of our knowledge as a story of the place and day it was labelled for."""
    named: dict[bool, list[CitedArticle]] = {True: [], False: []}
    for ref, core in telling.articles():
        named[core].append(CitedArticle(law=ref.law, article=ref.article))
    story = Story(
        id=telling.id,
        text=telling.text,
        region=TOLD_OF,
        as_of=DAY,
        core=tuple(named[True]),
        acceptable=tuple(named[False]),
    )
    return Told(story, telling.text)


def without_tellings(knowledge: Knowledge, fold: int) -> Knowledge:
    """The knowledge without the tellings of one fold."""
    kept = tuple(one for one in knowledge.tellings if fold_of(one.id) != fold)
    return replace(knowledge, tellings=kept)


def fold_of(id_: str) -> int:
    """The fold of a story or a text in a cross-validation, by its id."""
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % FOLDS


def asked_of(questions: Sequence[Question], titles: Mapping[str, str]) -> Asked:
    """How many of the questions each article answers; ``titles``: full by key's title."""
    counts: dict[str, Counter[ArticleNumber]] = defaultdict(Counter)
    for one in questions:
        for law, number in gold_keys(one):
            counts[titles.get(law, law)][number] += 1
    return {
        law: dict(sorted(counts[law].items(), key=lambda n: (n[0].main, n[0].sub)))
        for law in sorted(counts)
    }


def titles_of(library: Library) -> dict[str, str]:
    """Full titles by the title of an article's key."""
    return {article_key(one.title, _ANY)[0]: one.title for one in library.statutes()}


def unasked(offered: Offered, gold: frozenset[ArticleKey]) -> Matrix:
    """The features as they would be had this question not been asked."""
    rows = offered.rows.copy()
    keys = [article_key(title, number) for title, number in offered.articles]
    of_law = Counter(law for law, _ in gold)
    for column, own in (
        (_ASKED, [key in gold for key in keys]),
        (_LAW_ASKED, [of_law[law] for law, _ in keys]),
    ):
        times = np.rint(np.expm1(rows[:, column])) - np.array(own, dtype=np.float32)
        rows[:, column] = np.log1p(times)
    return rows


def _of_story(one: Told, retriever: Retriever, kind: str, fold: int) -> Lesson:
    story = one.story
    offered = retriever.offered(one.text, as_of=story.as_of, region=story.region)
    return _lesson((story.id, kind, fold), offered, core_keys(story), acceptable_keys(story))


def _lesson(
    head: tuple[str, str, int],
    offered: Offered,
    core: frozenset[ArticleKey],
    acceptable: frozenset[ArticleKey],
) -> Lesson:
    keys = [article_key(title, number) for title, number in offered.articles]
    applies = [CORE if k in core else ACCEPTABLE if k in acceptable else 0.0 for k in keys]
    return Lesson(*head, np.array(applies, dtype=np.float32), offered.rows, len(core))
