"""The rows of a batch made ready for comparing, in an order that depends on their content only."""

import base64
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

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

    ``vectors`` has one unit row for each account, ``weight`` the rarity of each bucket,
    ``words_weight`` and ``subject_weight`` their sums for each account;
    ``mentions`` counts the accounts that name a place, ``kinds`` tells what kind a key is.
    """

    all: tuple[Account, ...]
    vectors: Floats
    weight: Floats
    words_weight: Floats
    subject_weight: Floats
    mentions: Counter[str]
    kinds: dict[str, str]

    def __len__(self) -> int:
        return len(self.all)

    def rarity(self, key: str) -> float:
        """How rare a place is, 0 where all rows name it and nearly 1 where one does."""
        many = _many(len(self.all)) + 1
        return math.log(many / (self.mentions[key] + 1)) / math.log(many)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A row as it came, without what costs room: 100,000 of them are held at once."""

    row: GroupInput
    mark: str
    subject: str
    text: str
    places: tuple[Place, ...]


def mark(row: GroupInput) -> str:
    """What a row is called wherever the order of the input must not matter."""
    told = f"{row.ref}\n{row.received_on}\n{row.caller}\n{row.subject}\n{row.text}"
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()


def gather(rows: Iterable[GroupInput]) -> Accounts:
    """The rows as accounts, the earliest first, undated ones last."""
    ordered = sorted(_light(rows), key=_order)
    gazetteer = Gazetteer(told.places for told in ordered)
    accounts = tuple(_account(told, gazetteer) for told in ordered)
    seen = np.zeros(BUCKETS, dtype=np.int32)
    for account in accounts:
        seen[account.words] += 1
    weight = np.log((_many(len(accounts)) + 1) / (seen + 1)).astype(np.float32)
    return Accounts(
        all=accounts,
        vectors=_vectors(ordered, accounts, weight),
        weight=weight,
        words_weight=_sums(weight, (account.words for account in accounts)),
        subject_weight=_sums(weight, (account.subject for account in accounts)),
        mentions=Counter(key for account in accounts for key in account.places),
        kinds={p.key: p.kind for told in ordered for p in told.places},
    )


def _sums(weight: Floats, words: Iterable[Ids]) -> Floats:
    return np.array([weight[those].sum() for those in words], dtype=np.float32)


def _light(rows: Iterable[GroupInput]) -> Iterator[_Told]:
    """Each place once, however many rows name it, and no text twice."""
    places: dict[Place, Place] = {}
    for row in rows:
        yield _Told(
            row=row.model_copy(update={"text": "", "subject": "", "places": ()}),
            mark=mark(row),
            subject=to_simplified(row.subject),
            text=to_simplified(row.text[:READ]),
            places=tuple(places.setdefault(place, place) for place in row.places),
        )


def _many(count: int) -> int:
    """A few rows cannot tell what is rare: they are looked at as if they were among many."""
    return max(count, LEAST_ROWS)


def _order(told: _Told) -> tuple[bool, int, str, int]:
    day = told.row.received_on
    return (day is None, day.toordinal() if day else 0, told.mark, told.row.number)


def _account(told: _Told, gazetteer: Gazetteer) -> Account:
    row, subject, text = told.row, told.subject, told.text
    whole = _whole(told)
    head = subject or text[:40]
    begin = f"{head}\n{text[:BEGIN]}"
    taught = gazetteer.keys_in(whole)
    specific = [p for p in told.places if p.kind in SPECIFIC]
    return Account(
        number=row.number,
        mark=told.mark,
        title=head,
        caller=row.caller,
        matter=row.matter,
        matter_name=row.matter_name,
        priority=row.priority,
        likes=row.likes,
        day=row.received_on.toordinal() if row.received_on else None,
        words=_pairs(whole),
        subject=_pairs(head),
        places=taught.union(p.key for p in specific),
        named=frozenset(key for key in taught if key in begin).union(
            p.key for p in specific if p.name in begin
        ),
        titled=any(p.kind in _SITES and p.name in head for p in specific),
        areas=tuple(p.key for p in told.places if p.kind == "area"),
        numbers=frozenset(n for n in _NUMBERS.findall(whole) if not _YEAR.fullmatch(n)),
    )


def _whole(told: _Told) -> str:
    return told.text if told.text.startswith(told.subject) else f"{told.subject}\n{told.text}"


def _pairs(text: str) -> Ids:
    ids = np.unique(tokenize(text))
    mixed = ids[is_bigram(ids)] * _MIX
    return np.unique((mixed >> _SHIFT).astype(np.int32))


def _vectors(ordered: Sequence[_Told], accounts: Sequence[Account], weight: Floats) -> Floats:
    given = [told.row.likeness for told in ordered]
    if given and all(given):
        raw = [np.frombuffer(base64.b64decode(likeness), dtype=np.float32) for likeness in given]
        if len({len(vector) for vector in raw}) == 1:
            return np.stack(raw)
    embedder = _embedder()
    if embedder is None:
        return _own_vectors(accounts, weight)
    return embedder.encode([_whole(told) for told in ordered])


@cache
def _embedder() -> StaticEmbedder | None:
    """The shipped model, whichever the search uses: the thresholds were chosen on its vectors."""
    folder = shipped_model()
    return StaticEmbedder.read(folder) if folder else None


def _own_vectors(accounts: Sequence[Account], weight: Floats) -> Floats:
    """Signed sums of the rarities of the words, where no model came with the package."""
    vectors = np.zeros((len(accounts), WIDTH), dtype=np.float32)
    for place, account in enumerate(accounts):
        sign = np.where(account.words & 1, 1.0, -1.0).astype(np.float32)
        np.add.at(vectors[place], (account.words >> 1) % WIDTH, sign * weight[account.words])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors
