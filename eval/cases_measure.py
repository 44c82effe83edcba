"""Measures of how well like cases are found: pairs of messages, and the pack's own cases."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

from pydantic import BaseModel, ConfigDict

from advisor.ledger import CaseWriter, case_id, refusal
from advisor.likeness import situation_of
from advisor.matter import MatterRecognizer
from corpus.knowledge import Knowledge
from corpus.ledger_rows import LedgerItem, read_ledger
from corpus.limited_parser import LimitedParser
from corpus.model import Case
from eval.case_pairs import find_pairs, halves
from eval.errors import DatasetInvalid
from indexer.case_pool import CasePool
from indexer.case_score import CaseWeights

FILE = "resolved_messages.xlsx"
_RETOLD = "msg_"
DEPTHS = (1, 3, 5, 10)
DAY = date(2026, 6, 1)
"""The day on which everything is asked, so that two runs can be compared."""
BEFORE = CaseWeights(0.8, 0.2, matter=0, related=0, place=0, recency=0, outcome=0)
"""The weights of articles, by which cases were ranked before they had a score of their own."""


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """A text whose like cases are known; ``own`` is the case it is itself."""

    part: str
    own: str
    text: str
    relevant: frozenset[str]


class CaseRow(BaseModel):
    """One query: how many cases are alike, where those among the first ten stand, its measures."""

    model_config = ConfigDict(frozen=True)

    part: str
    id: str
    relevant: int
    ranks: tuple[int, ...]
    measures: Mapping[str, float]


class CasePart(BaseModel):
    """The means over one part's queries."""

    model_config = ConfigDict(frozen=True)

    part: str
    queries: int
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CaseSet:
    """Cases to be searched, and the queries that are put to them, made of so many pairs."""

    cases: tuple[Case, ...]
    queries: tuple[CaseQuery, ...]
    pairs: int = 0
    sha256: str = ""


def pack_queries(cases: Sequence[Case]) -> Iterator[CaseQuery]:
    """Each case's facts; alike are the other cases of one of its matters.

    Half of them, by a hash of their ids, are for choosing weights.
    """
    for case in cases:
        alike = (one.id for one in cases if set(one.matters) & set(case.matters))
        relevant = frozenset(alike) - {case.id}
        if relevant:
            half = "tune" if _byte(case.id) % 2 else "test"
            yield CaseQuery(f"pack-{half}", case.id, case.facts, relevant)


def message_set(folder: Path, knowledge: Knowledge, recognizer: MatterRecognizer) -> CaseSet:
    """The resolved messages as cases, and a query for each message that has a partner among them.

    Args:
        folder: where the file lies.
        knowledge: its playbooks name the matters.
        recognizer: one that has not seen the cases asked about.

    Raises:
        DatasetInvalid: The file is not in the folder.
    """
    path = folder / FILE
    if not path.is_file():
        raise DatasetInvalid(path, "文件不存在")
    with LimitedParser() as parser:
        items = read_ledger(path, parser).items
    writer = CaseWriter(recognizer, knowledge.playbooks, (), DAY)
    cases = {case_id(one): writer.case_of(one) for one in items if refusal(one) is None}
    pairs = find_pairs(items)
    partners: dict[int, set[str]] = {}
    for pair in pairs:
        partners.setdefault(pair.first, set()).add(case_id(items[pair.second]))
        partners.setdefault(pair.second, set()).add(case_id(items[pair.first]))
    half = halves(pairs)
    queries = tuple(
        CaseQuery(f"pairs-{half[place]}", case_id(item), _told(item), relevant)
        for place, those in sorted(partners.items())
        if (relevant := frozenset(those & cases.keys()) - {case_id(item := items[place])})
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return CaseSet(tuple(cases.values()), queries, len(pairs), digest)


def _byte(text: str) -> int:
    return hashlib.blake2b(text.encode(), digest_size=1).digest()[0]


def _told(item: LedgerItem) -> str:
    return f"{item.title}。{' '.join(item.text.split())}"


def measure(
    queries: Sequence[CaseQuery],
    pool: CasePool,
    recognizer: MatterRecognizer,
    knowledge: Knowledge,
    *,
    weights: CaseWeights,
) -> Iterator[CaseRow]:
    """One row for each query, in order.

    Args:
        queries: what is asked.
        pool: where it is looked for; the query's own case is passed over.
        recognizer: names the matter of a query.
        knowledge: gives what a matter is related to.
        weights: how much each part of the score counts.
    """
    for query in queries:
        matter = recognizer.recognise(query.text).type
        book = knowledge.playbook(matter) if matter else None
        situation = situation_of(book, DAY, (), own=frozenset({query.own}))
        found = pool.search([query.text], max(DEPTHS), situation, weights)
        yield row_of(query, [frozenset({one.case.id, *one.twins}) for one in found])


def row_of(query: CaseQuery, found: Sequence[frozenset[str]]) -> CaseRow:
    """The row of a query; a case that stands for several counts for each of them."""
    ranks = {
        id_: rank for rank, those in enumerate(found, 1) for id_ in those if id_ in query.relevant
    }
    # Twins stand at one rank: recall counts cases, not ranks.
    measures = {
        f"Recall@{k}": sum(rank <= k for rank in ranks.values()) / len(query.relevant)
        for k in DEPTHS
    }
    first = min(ranks.values(), default=0)
    return CaseRow(
        part=query.part,
        id=query.own,
        relevant=len(query.relevant),
        ranks=tuple(sorted(ranks.values())),
        measures={
            **measures,
            "hit@3": float(0 < first <= 3),
            "MRR@10": 1 / first if first else 0.0,
        },
    )


def summarize(rows: Sequence[CaseRow]) -> tuple[CasePart, ...]:
    """The means of each part, in the order the parts are met."""
    parts = dict.fromkeys(row.part for row in rows)
    return tuple(_part(name, [row for row in rows if row.part == name]) for name in parts)


def apart(knowledge: Knowledge) -> tuple[Case, ...]:
    """The pack's cases without those retold from the very messages the pairs are made of."""
    return tuple(case for case in knowledge.cases if not case.id.startswith(_RETOLD))


def _part(name: str, rows: Sequence[CaseRow]) -> CasePart:
    names = rows[0].measures
    means = {one: fmean(row.measures[one] for row in rows) for one in names}
    return CasePart(part=name, queries=len(rows), measures=means)
