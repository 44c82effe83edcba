"""What a worker can do with the services at hand: read a file, make an item, find groups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from advisor.batch.briefs import brief_of
from advisor.batch.grouping import group, group_input
from advisor.batch.item import request_of, triage_item
from advisor.batch.model import BatchRow, Groups, Item, UnworkedRow
from advisor.batch.places import find_places
from advisor.batch.reading import BATCH_LIMITS, open_batch
from advisor.bootstrap import Services
from advisor.jobs.model import Batch, BatchOrder, Outcome
from advisor.jobs.working import Crafts, ItemsOf
from advisor.understanding import Sources
from corpus.knowledge import Knowledge
from corpus.limited_parser import LimitedParser


def crafts_of(services: Services) -> Crafts:
    """The crafts over these services."""
    sources = replace(services.adviser.sources, query_writer=None)
    maker, knowledge = _Maker(services, sources), services.knowledge
    return Crafts(
        read=_read,
        make=maker.make,
        group=lambda items, order: _group(items, order, knowledge),
        corpus_as_of=services.library.as_of,
    )


def _read(path: Path, order: BatchOrder) -> Iterable[BatchRow | UnworkedRow]:
    return open_batch(path, LimitedParser(BATCH_LIMITS), dict(order.mapping))


def _group(items: ItemsOf, order: BatchOrder, knowledge: Knowledge) -> Groups:
    found = group(map(group_input, items(())), today=order.today)
    clusters = (
        one.model_copy(update={"brief": brief_of(one, tuple(items(one.members)), knowledge)})
        for one in found.clusters
    )
    return found.model_copy(update={"clusters": tuple(clusters)})


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the outcome of a row: an item, and an advice of a model where that was ordered."""

    services: Services
    sources: Sources

    def make(self, row: BatchRow, batch: Batch, alone: bool) -> Outcome:
        item = triage_item(row, self.sources, today=batch.order.today)
        item = item.model_copy(update={"places": item.places or find_places(row.whole)})
        if batch.order.mode != "llm":
            return Outcome(item)
        if alone:
            return Outcome(_with_limit(item, "此前几次办理中断，本条未使用大模型。"))
        return self._advised(row, batch, item)

    def _advised(self, row: BatchRow, batch: Batch, item: Item) -> Outcome:
        most = batch.order.max_cost
        if most is not None and batch.spent >= most:
            return Outcome(_with_limit(item, "模型预算已用尽，本条未使用大模型。"))
        request = request_of(row).model_copy(update={"mode": "auto"})
        key = f"batch:{batch.id}:{row.number}"
        advice = self.services.advise(request, idempotency_key=key)
        return Outcome(item.model_copy(update={"advice_id": advice.id}), self._cost(advice.id))

    def _cost(self, advice_id: str) -> Decimal | None:
        calls = getattr(self.services.store, "calls", None)
        costs = [one.cost for one in calls(advice_id)] if calls else []
        return sum((Decimal(cost) for cost in costs if cost), Decimal(0)) if costs else None


def _with_limit(item: Item, told: str) -> Item:
    return item.model_copy(update={"limits": (*item.limits, told)})
