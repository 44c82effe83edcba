"""What a worker does with real services: a file read, an item made, groups with briefs found."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from advisor.jobs.crafts import crafts_of
from advisor.jobs.model import Batch, BatchOrder
from advisor.jobs.scripted import DAY
from advisor.jobs.working import Work

TEXTS = ("示例花园小区3栋楼上漏水，泡了我家天花板，请帮忙协调。",) * 3 + ("？？？",)


@pytest.fixture
def crafts(services):
    return crafts_of(services)


@pytest.fixture
def make(crafts, tmp_path):
    """Makes the outcome of the first row under an order."""
    path = tmp_path / "台账.csv"
    path.write_text(f"编号,主题,详情\n1,漏水,{TEXTS[0]}\n", encoding="utf-8")

    def make(*, alone=False, spent=0, **order):
        asked = BatchOrder(source=path.name, today=DAY, **order)
        (row,) = crafts.read(path, asked)
        batch = Batch(
            id="b",
            created_at=datetime.now(UTC),
            order=asked,
            sha256="0" * 64,
            state="working",
            spent=Decimal(spent),
        )
        return crafts.make(row, batch, alone)

    return make


def test_a_row_of_a_table_becomes_an_item_with_its_places(make):
    item = make().result
    assert item.row.ref == "1"
    assert item.lead_department
    assert [one.kind for one in item.places] == ["estate"]


def test_no_model_is_asked_beyond_the_budget_or_at_the_last_try(make):
    spent = make(mode="llm", max_cost=Decimal("1.5"), spent="1.5")
    last = make(mode="llm", alone=True)
    assert "预算" in spent.result.limits[-1]
    assert "中断" in last.result.limits[-1]
    assert (spent.cost, spent.result.advice_id, last.result.advice_id) == (None, "", "")


def test_a_model_s_advice_is_stored_once_however_often_the_row_is_begun(services, make):
    first, again = make(mode="llm"), make(mode="llm")
    assert first.result.advice_id
    assert first.result.advice_id == again.result.advice_id
    assert services.store.get(first.result.advice_id) is not None


def test_a_batch_ends_with_groups_that_have_briefs(books, submit, crafts):
    batch = submit(*TEXTS)
    work = Work(books, crafts)
    work.read_in(batch.id)
    assert work.work(batch.id, 1, 4) is True
    work.group(batch.id)
    (unworked,) = books.rows.unworked(batch.id)
    assert unworked.number == 4
    groups = books.groups.find(batch.id)
    assert len(groups.duplicates) == 2
    assert [bool(one.brief) for one in groups.clusters] == [True]
