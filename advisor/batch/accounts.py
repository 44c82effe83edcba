"""The rows of a batch made ready for comparing, in an order that depends on their content only."""

import base64
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.batch.gazetteer import Gazetteer
from advisor.batch.model import GroupInput, Place
from advisor.intake import to_simplified
from indexer.static_embedder import StaticEmbedder, shipped_model
from indexer.tokenizer import is_bigram, tokenize

BUCKETS = 1 << 18
"""Pairs of characters are counted in so many buckets, which bounds memory."""
WIDTH = 256
"""Width of the vectors made here for rows that came without."""
_BLOCK = 512
"""So many texts are given to the model at a time."""
LEAST_ROWS = 1000
READ = 1500
"""So many characters of a text are compared."""
BEGIN = 100
"""What is named in so many first characters is what the row is about."""
SPECIFIC = frozenset({"estate", "village", "crossing", "school", "project", "unit", "road"})
"""Kinds of places that tell one event from another; an area does not."""

_SITES = frozenset({"estate", "village", "school"})
_NUMBERS = re.compile(r"(?<!\d)\d{3,}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 18)

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """One row told 陈述: pairs of characters of the whole and of the subject, places by key.

    ``mark`` names the row by its content. ``named`` are the specific places that the row begins
    with, ``titled`` tells whether its subject names a site, ``areas`` are the places that tell only
    a part of the town. ``day`` is an ordinal, None where it is unknown.
    """

    number: int
    mark: str
    title: str
    caller: str
    matter: str | None
    matter_name: str
    priority: int
    likes: int
    day: int | None
    words: Ids
    subject: Ids
    places: frozenset[str]
    named: frozenset[str]
    titled: bool
    areas: tuple[str, ...]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Accounts, the earliest first, with what all share.

    ``vectors`` has one unit row for each account, ``weight`` the rarity of each bucket;
    ``mentions`` counts the accounts that name a place, ``kinds`` tells what kind a key is.
    """

    all: tuple[Account, ...]
    vectors: Floats
    weight: Floats
    mentions: Counter[str]
    kinds: dict[str, str]

    def __len__(self) -> int:
        return len(self.all)

    def rarity(self, key: str) -> float:
        """How rare a place is, 0 where all rows name it and nearly 1 where one does."""
        many = _many(len(self.all)) + 1
        return math.log(many / (self.mentions[key] + 1)) / math.log(many)


def mark(row: GroupInput) -> str:
    """What a row is called wherever the order of the input must not matter."""
    told = f"{row.ref}\n{row.received_on}\n{row.caller}\n{row.subject}\n{row.text}"
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()


def gather(rows: Iterable[GroupInput]) -> Accounts:
    """The rows as accounts, the earliest first, undated ones last."""
    ordered = sorted(rows, key=_order)
    gazetteer = Gazetteer(row.places for row in ordered)
    accounts = tuple(_account(row, gazetteer) for row in ordered)
    seen = np.zeros(BUCKETS, dtype=np.int32)
    for account in accounts:
        seen[account.words] += 1
    weight = np.log((_many(len(accounts)) + 1) / (seen + 1)).astype(np.float32)
    return Accounts(
        all=accounts,
        vectors=_vectors(ordered, accounts, weight),
        weight=weight,
        mentions=Counter(key for account in accounts for key in account.places),
        kinds={p.key: p.kind for row in ordered for p in row.places},
    )


def _many(count: int) -> int:
    """A few rows cannot tell what is rare: they are looked at as if they were among many."""
    return max(count, LEAST_ROWS)


def _order(row: GroupInput) -> tuple[bool, int, str, int]:
    day = row.received_on.toordinal() if row.received_on else 0
    return (not row.received_on, day, mark(row), row.number)


def _account(row: GroupInput, gazetteer: Gazetteer) -> Account:
    subject = to_simplified(row.subject)
    text = to_simplified(row.text[:READ])
    whole = text if text.startswith(subject) else f"{subject}\n{text}"
    head = subject or text[:40]
    taught = gazetteer.keys_in(whole)
    begin = f"{head}\n{text[:BEGIN]}"
    return Account(
        number=row.number,
        mark=mark(row),
        title=head,
        caller=row.caller,
        matter=row.matter,
        matter_name=row.matter_name,
        priority=row.priority,
        likes=row.likes,
        day=row.received_on.toordinal() if row.received_on else None,
        words=_pairs(whole),
        subject=_pairs(head),
        places=taught.union(p.key for p in row.places if p.kind in SPECIFIC),
        named=frozenset(key for key in taught if key in begin).union(_named(row.places, begin)),
        titled=any(p.kind in _SITES and p.name in head for p in row.places),
        areas=tuple(p.key for p in row.places if p.kind == "area"),
        numbers=frozenset(n for n in _NUMBERS.findall(whole) if not _YEAR.fullmatch(n)),
    )


def _named(places: Sequence[Place], head: str) -> Iterable[str]:
    return (p.key for p in places if p.kind in SPECIFIC and p.name in head)


def _pairs(text: str) -> Ids:
    ids = np.unique(tokenize(text))
    mixed = ids[is_bigram(ids)] * _MIX
    return np.unique((mixed >> _SHIFT).astype(np.int32))


def _vectors(rows: Sequence[GroupInput], accounts: Sequence[Account], weight: Floats) -> Floats:
    given = [row.likeness for row in rows]
    if all(given):
        raw = [np.frombuffer(base64.b64decode(one), dtype=np.float32) for one in given]
        if len({len(vector) for vector in raw}) == 1:
            return np.stack(raw)
    folder = shipped_model()
    if folder is None or not rows:
        return _own_vectors(accounts, weight)
    model = StaticEmbedder.read(folder)
    blocks = range(0, len(rows), _BLOCK)
    return np.concatenate([model.encode(_texts(rows[at : at + _BLOCK])) for at in blocks])


def _texts(rows: Sequence[GroupInput]) -> list[str]:
    """What a vector is made of: the subject once, whether or not the text begins with it."""
    return [
        row.text if row.text.startswith(row.subject) else f"{row.subject}\n{row.text}"
        for row in rows
    ]


def _own_vectors(accounts: Sequence[Account], weight: Floats) -> Floats:
    """Signed sums of the rarities of the words, where no model came with the package."""
    vectors = np.zeros((len(accounts), WIDTH), dtype=np.float32)
    for place, account in enumerate(accounts):
        sign = np.where(account.words & 1, 1.0, -1.0).astype(np.float32)
        np.add.at(vectors[place], (account.words >> 1) % WIDTH, sign * weight[account.words])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors
