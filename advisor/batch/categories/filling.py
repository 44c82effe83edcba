"""Items of a batch get their category: the ledger's own where there is one, else the learnt."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from advisor.batch.categories.learning import (
    FEWEST,
    Categorised,
    CategoryGuess,
    Learnt,
    by_category,
    learn,
)
from advisor.batch.categories.likeness import Senses
from advisor.batch.categories.scheme import Scheme, SchemeWords, read_scheme
from advisor.batch.categories.telling import Telling
from advisor.batch.model import BatchRow, Item, ItemCategory
from advisor.batch.reading import BATCH_LIMITS, open_batch
from advisor.errors import RefusedInput
from corpus.ledger_columns import ColumnMap
from corpus.limited_parser import LimitedParser

_LISTENED_TO = 5_000
"""So many rows of a batch tell how rare a word is; more change little."""
_NAMED = 12
_LOT = 1_000


@dataclass(frozen=True, slots=True)
class Filled:
    """The categories of a batch by the number of the row, and what is to be said of them."""

    categories: Mapping[int, ItemCategory]
    notes: tuple[str, ...]

    def into(self, item: Item) -> Item:
        """The item with its category."""
        return item.model_copy(update={"category": self.categories.get(item.row.number)})


@dataclass(frozen=True, slots=True)
class Lesson:
    """What categories are learnt from: rows that have one, and where they stand.

    ``scheme`` is what the categories are divided into, empty where nobody told.
    """

    source: str
    rows: tuple[Categorised, ...]
    scheme: Scheme = ()


def learn_from(path: Path, mapping: ColumnMap, scheme: Path | None = None) -> Lesson:
    """The rows of a ledger that have a category.

    Args:
        path: any file a batch can be read from; it may be the batch's own.
        mapping: names of columns, as for the batch.
        scheme: a table of the categories and what each is divided into.

    Raises:
        LedgerError, UnreadableDocument: No ledger, or a file cannot be read.
        RefusedInput: Its rows have no category, or too few to learn from; the scheme has none of
            the categories.
    """
    rows = open_batch(path, LimitedParser(BATCH_LIMITS), mapping)
    found = tuple(
        (telling_of(row), row.category)
        for row in rows
        if isinstance(row, BatchRow) and row.category
    )
    if not found:
        raise RefusedInput(
            "no_categories",
            f"{path.name}：没有已分类的诉求。需要“类别”（或“一级分类”“分类”）列，并且有内容；"
            "列名不同的，请用 --mapping 写明，例如“类别: 业务分类”。",
        )
    names = sorted(name for name, own in by_category(found).items() if len(own) >= FEWEST)
    lesson = Lesson(path.name, found, read_scheme(scheme) if scheme else ())
    if scheme:
        SchemeWords(names, lesson.scheme, ())
    return lesson


def telling_of(row: BatchRow) -> Telling:
    """The row as what a category is told by."""
    return Telling(row.subject, row.text)


def fill(items: Callable[[], Iterable[Item]], lesson: Lesson, senses: Senses) -> Filled:
    """The category of every item.

    Args:
        items: gives the items anew each time it is asked.
        lesson: see :func:`learn_from`.
        senses: what tells meaning and matter.

    Raises:
        RefusedInput: The known rows do not suffice to learn from.
    """
    others = tuple(telling_of(one.row) for one in islice(items(), _LISTENED_TO))
    learnt = learn(lesson.rows, others, senses, lesson.scheme)
    found = dict(_told((one.row for one in items()), learnt))
    return Filled(found, tuple(_notes(lesson, learnt, tuple(found.values()))))


def _told(rows: Iterable[BatchRow], learnt: Learnt) -> Iterator[tuple[int, ItemCategory]]:
    rest = iter(rows)
    while lot := tuple(islice(rest, _LOT)):
        guesses = learnt.model.guess(telling_of(row) for row in lot if not row.category)
        for row in lot:
            if row.category:
                yield row.number, ItemCategory(name=row.category, source="ledger")
            else:
                yield row.number, _shown(next(guesses))


def _shown(guess: CategoryGuess) -> ItemCategory:
    return ItemCategory(
        name=guess.name if guess.sure else "",
        source="learnt",
        confidence=round(guess.confidence, 2),
    )


def _notes(lesson: Lesson, learnt: Learnt, found: Sequence[ItemCategory]) -> Iterator[str]:
    check = learnt.check
    right = f"，其中 {check.right / check.given:.0%} 与原类别一致" if check.given else ""
    yield (
        f"类别：由“{lesson.source}”已分类的 {check.rows} 行学得 {len(learnt.model.names)} 个类别，"
        f"仅供参考。逐行留出检验：{check.given / check.rows:.0%} 能给出类别{right}。"
    )
    own = sum(one.source == "ledger" for one in found)
    left_open = sum(not one.name for one in found)
    yield (
        f"类别：原表已有的 {own} 行照录；推定 {len(found) - own - left_open} 行；"
        f"没有把握的 {left_open} 行留空，请人工判断。"
    )
    if learnt.too_few:
        named = "、".join(learnt.too_few[:_NAMED]) + ("等" if len(learnt.too_few) > _NAMED else "")
        yield f"类别：样本过少没有学习的 {len(learnt.too_few)} 个类别：{named}。"
