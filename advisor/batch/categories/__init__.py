"""A ledger's own categories 类别, learnt from its rows that have one, for those that have none."""

from advisor.batch.categories.filling import Filled, Lesson, fill, learn_from, telling_of
from advisor.batch.categories.learning import (
    FEWEST,
    Categorised,
    CategoryGuess,
    CategoryModel,
    LeftOut,
    learn,
)
from advisor.batch.categories.likeness import Senses, shipped_senses
from advisor.batch.categories.scheme import Scheme, read_scheme
from advisor.batch.categories.telling import Telling

__all__ = [
    "FEWEST",
    "Categorised",
    "CategoryGuess",
    "CategoryModel",
    "Filled",
    "LeftOut",
    "Lesson",
    "Scheme",
    "Senses",
    "Telling",
    "fill",
    "learn",
    "learn_from",
    "read_scheme",
    "shipped_senses",
    "telling_of",
]
