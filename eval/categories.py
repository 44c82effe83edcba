"""How well a ledger's own categories are learnt: cross-validation over labelled messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from pydantic import BaseModel, ConfigDict

from advisor.batch.categories import (
    CategoryGuess,
    Scheme,
    Senses,
    Telling,
    learn,
    read_scheme,
    telling_of,
)
from advisor.batch.model import BatchRow
from advisor.batch.reading import BATCH_LIMITS, open_batch
from corpus.limited_parser import LimitedParser
from eval.categories_folds import FOLDS, alike_groups, folds_of
from eval.errors import DatasetInvalid

LABELLED, UNLABELLED = "labelled_messages.xlsx", "backlog.xlsx"
SCHEME = "taxonomy.xlsx"


class CategoryFigure(BaseModel):
    """One category: its rows, and precision, recall and F1, 0 to 1, mean of the repetitions."""

    model_config = ConfigDict(frozen=True)

    category: str
    rows: int
    precision: float
    recall: float
    f1: float


class CategoriesReport(BaseModel):
    """A repeated cross-validation; shares are 0 to 1.

    ``grouped``: near-duplicates in one fold. ``scheme``: the scheme's words were used too.
    ``macro_f1``: mean over the categories of their F1 over all rows, mean of the repetitions, no
    row left open. ``lowest_fold`` and ``highest_fold``: of the macro-F1 of single folds.
    ``right``: rows given their category. ``given``: rows sure enough to be shown one;
    ``right_of_given``: of these those that are right.
    """

    model_config = ConfigDict(frozen=True)

    grouped: bool
    scheme: bool
    rows: int
    groups: int
    repeats: int
    macro_f1: float
    lowest_repeat: float
    highest_repeat: float
    lowest_fold: float
    highest_fold: float
    right: float
    given: float
    right_of_given: float
    categories: tuple[CategoryFigure, ...]


class GuessRow(BaseModel):
    """One message, its category and what it was taken for when it was not learnt from."""

    model_config = ConfigDict(frozen=True)

    id: str
    repeat: int
    fold: int
    category: str
    given: str
    confidence: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Material:
    """Messages with their category, and messages of the same city without one."""

    rows: tuple[BatchRow, ...]
    others: tuple[Telling, ...]
    scheme: Scheme = ()


def read_material(folder: Path) -> Material:
    """The labelled messages and the backlog of a folder.

    Raises:
        DatasetInvalid: A file is missing, or no message has a category.
        LedgerError, UnreadableDocument: A file cannot be read.
    """
    rows = tuple(row for row in _rows(folder / LABELLED) if row.category)
    if not rows:
        raise DatasetInvalid(folder / LABELLED, "没有类别")
    others = tuple(map(telling_of, _rows(folder / UNLABELLED)))
    scheme = folder / SCHEME
    return Material(rows, others, read_scheme(scheme) if scheme.is_file() else ())


def _rows(path: Path) -> Iterator[BatchRow]:
    if not path.is_file():
        raise DatasetInvalid(path, "没有这个文件")
    found = open_batch(path, LimitedParser(BATCH_LIMITS))
    return (row for row in found if isinstance(row, BatchRow))


def cross_validate(
    material: Material, senses: Senses, *, grouped: bool, repeats: int
) -> tuple[GuessRow, ...]:
    """What every row is taken for when its fold is not learnt from, once for each repetition."""
    rows = material.rows
    groups = alike_groups([row.whole for row in rows]) if grouped else tuple(range(len(rows)))
    labels = [row.category for row in rows]
    found: list[GuessRow] = []
    for repeat in range(repeats):
        folds = folds_of(labels, groups, seed=repeat)
        for fold in range(FOLDS):
            found += _one_fold(material, senses, folds, (repeat, fold))
    return tuple(found)


def _one_fold(
    material: Material, senses: Senses, folds: Sequence[int], which: tuple[int, int]
) -> Iterator[GuessRow]:
    repeat, fold = which
    pairs = tuple(zip(material.rows, folds, strict=True))
    known = [(telling_of(row), row.category) for row, own in pairs if own != fold]
    asked = [row for row, own in pairs if own == fold]
    model = learn(known, material.others, senses, material.scheme).model
    guesses = model.guess(map(telling_of, asked))
    for row, guess in zip(asked, guesses, strict=True):
        yield _row(row, guess, repeat, fold)


def _row(row: BatchRow, guess: CategoryGuess, repeat: int, fold: int) -> GuessRow:
    return GuessRow(
        id=row.ref,
        repeat=repeat,
        fold=fold,
        category=row.category,
        given=guess.name,
        confidence=guess.confidence,
        sure=guess.sure,
    )


def summarize(rows: Sequence[GuessRow], *, groups: int, scheme: bool) -> CategoriesReport:
    """The figures of a cross-validation over so many groups of rows."""
    repeats = sorted({row.repeat for row in rows})
    parts = [[row for row in rows if row.repeat == one] for one in repeats]
    names = sorted({row.category for row in rows})
    by_part = [[figure(part, name) for name in names] for part in parts]
    macros = [fmean(one.f1 for one in figures) for figures in by_part]
    folds = [macro_f1([r for r in part if r.fold == fold]) for part in parts for fold in _FOLDS]
    shown = [row for row in rows if row.sure]
    return CategoriesReport(
        grouped=groups < len(parts[0]),
        scheme=scheme,
        rows=len(parts[0]),
        groups=groups,
        repeats=len(repeats),
        macro_f1=fmean(macros),
        lowest_repeat=min(macros),
        highest_repeat=max(macros),
        lowest_fold=min(folds),
        highest_fold=max(folds),
        right=_right(rows),
        given=len(shown) / len(rows),
        right_of_given=_right(shown),
        categories=tuple(_mean(figures) for figures in zip(*by_part, strict=True)),
    )


_FOLDS = range(FOLDS)


def macro_f1(rows: Sequence[GuessRow]) -> float:
    """Mean over the categories of these rows of their F1."""
    return fmean(figure(rows, name).f1 for name in {row.category for row in rows})


def figure(rows: Sequence[GuessRow], name: str) -> CategoryFigure:
    """Precision, recall and F1 (van Rijsbergen 1979) of one category; 0 where nothing is right."""
    own = sum(row.category == name for row in rows)
    given = sum(row.given == name for row in rows)
    right = sum(row.category == row.given == name for row in rows)
    return CategoryFigure(
        category=name,
        rows=own,
        precision=right / given if given else 0.0,
        recall=right / own if own else 0.0,
        f1=2 * right / (own + given) if right else 0.0,
    )


def _mean(figures: Sequence[CategoryFigure]) -> CategoryFigure:
    return CategoryFigure(
        category=figures[0].category,
        rows=figures[0].rows,
        precision=fmean(one.precision for one in figures),
        recall=fmean(one.recall for one in figures),
        f1=fmean(one.f1 for one in figures),
    )


def _right(rows: Sequence[GuessRow]) -> float:
    return sum(row.given == row.category for row in rows) / len(rows) if rows else 0.0
