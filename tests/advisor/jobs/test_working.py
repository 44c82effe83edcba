"""Every row gets one result, whatever breaks and however often the work is begun."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from advisor.errors import StoreFull
from advisor.jobs.model import MAX_ATTEMPTS
from advisor.jobs.office import stop, take_up_again
from advisor.jobs.scripted import EMPTY, FAIL, REFUSE, scripted_crafts
from advisor.jobs.working import Work
from advisor.store.batch_rows import SqlBatchRows
from advisor.store.batch_tables import batch_row
from advisor.store.connection import connect
from advisor.store.tables import advice_audit, event
from corpus.errors import LedgerError


@pytest.fixture
def work(books):
    return Work(books, scripted_crafts())


def _results(books, batch_id):
    items = {one.row.number for one in books.rows.items(batch_id)}
    unworked = {one.number: one.code for one in books.rows.unworked(batch_id)}
    return items, unworked


def _attempts(url, number):
    with connect(url).connect() as connection:
        query = select(batch_row.c.attempts).where(batch_row.c.number == number)
        return connection.execute(query).scalar()


def test_rows_in_are_rows_out_and_rows_reported(books, work, submit):
    batch = submit("灯不亮", EMPTY, f"灯{REFUSE}", f"灯{FAIL}", *["灯"] * 30)
    assert work.read_in(batch.id) == 34
    assert work.work(batch.id, 1, 20) is False
    assert work.work(batch.id, 21, 34) is True
    items, unworked = _results(books, batch.id)
    assert unworked == {2: "empty", 3: "too_short", 4: "failed"}
    assert items | set(unworked) == set(range(1, 35))
    assert not items & set(unworked)


def test_the_most_urgent_item_comes_first(books, work, submit):
    batch = submit(*["灯"] * 30)
    work.read_in(batch.id)
    work.work(batch.id, 1, 30)
    priorities = [one.triage.priority for one in books.rows.items(batch.id)]
    assert priorities == sorted(priorities, reverse=True)


def test_work_begun_again_makes_nothing_twice(books, work, submit, url):
    batch = submit(*["灯"] * 12)
    for _ in range(3):
        work.read_in(batch.id)
        work.work(batch.id, 1, 12)
    with connect(url).connect() as connection:
        events = dict(
            connection.execute(select(event.c.kind, func.count()).group_by(event.c.kind)).all()
        )
        audited = connection.execute(select(func.count()).select_from(advice_audit)).scalar()
    assert books.batches.counts(batch.id) == {"worked": 12}
    assert events == {"batch.taken": 1, "batch.row_worked": 12}
    assert audited == 12


def test_a_second_result_of_a_row_is_refused_alone(books, work, submit):
    batch = submit("甲", "乙")
    work.read_in(batch.id)
    (first, _), (second, _) = books.rows.waiting(batch.id)
    made = scripted_crafts().make
    assert books.rows.keep(batch.id, (made(first, batch, False),)) == 1
    both = tuple(made(row, batch, False) for row in (first, second))
    assert books.rows.keep(batch.id, both) == 1
    assert books.batches.counts(batch.id) == {"worked": 2}


def test_a_row_whose_workers_died_is_tried_alone_and_then_reported(books, work, submit, url):
    batch = submit("甲", "乙")
    work.read_in(batch.id)
    books.rows.begin(batch.id, (1, 2))
    for _ in range(MAX_ATTEMPTS - 1):
        books.rows.begin(batch.id, (1,))
    assert work.work(batch.id, 1, 2) is True
    assert _results(books, batch.id) == ({2}, {1: "failed"})
    assert _attempts(url, 1) == MAX_ATTEMPTS


def test_a_failing_row_is_begun_three_times(books, work, submit, url):
    batch = submit(f"灯{FAIL}")
    work.read_in(batch.id)
    work.work(batch.id, 1, 1)
    assert _attempts(url, 1) == MAX_ATTEMPTS


class FullDisk(SqlBatchRows):
    """Rows of a database that has no room left."""

    def keep(self, batch_id, outcomes):
        raise StoreFull


def test_a_full_disk_is_no_fault_of_the_row(books, submit, url, work):
    batch = submit("甲")
    work.read_in(batch.id)
    full = replace(books, rows=FullDisk(connect(url)))
    with pytest.raises(StoreFull):
        Work(full, scripted_crafts()).work(batch.id, 1, 1)
    assert work.work(batch.id, 1, 1) is True
    assert _results(books, batch.id) == ({1}, {})


def test_a_file_that_cannot_be_read_ends_the_batch_with_the_reason(books, submit):
    def refuse(path, order):
        raise LedgerError("没有找到表头。")

    batch = submit("甲")
    assert Work(books, replace(scripted_crafts(), read=refuse)).read_in(batch.id) is None
    found = books.batches.find(batch.id)
    assert (found.state, found.reason) == ("failed", "没有找到表头。")


def test_a_stopped_batch_goes_no_further_until_it_is_taken_up_again(books, work, submit):
    batch = submit(*["灯"] * 30)
    work.read_in(batch.id)
    work.work(batch.id, 1, 10)
    assert stop(books, batch.id).state == "paused"
    assert work.work(batch.id, 11, 30) is False
    assert books.batches.counts(batch.id) == {"worked": 10}
    again = take_up_again(books, batch.id)
    assert (again.state, again.round) == ("taken", 2)
    assert work.read_in(batch.id) == 30
    assert work.work(batch.id, 1, 30) is True


def test_the_end_is_told_once_and_groups_are_kept(books, work, submit, url):
    batch = submit("甲", "乙")
    work.read_in(batch.id)
    work.work(batch.id, 1, 2)
    for _ in range(2):
        work.group(batch.id)
    assert books.batches.find(batch.id).state == "done"
    assert books.groups.find(batch.id).clusters[0].members == (1, 2)
    assert books.groups.cluster(batch.id, "k0").title == "全部"
    with connect(url).connect() as connection:
        kinds = connection.execute(select(event.c.kind)).scalars().all()
    assert kinds.count("batch.done") == 1


def test_groups_that_fail_leave_the_list_and_say_so(books, submit):
    def fail(items, order):
        raise ValueError("quoted complaint")

    batch = submit("甲")
    work = Work(books, replace(scripted_crafts(), group=fail))
    work.read_in(batch.id)
    work.work(batch.id, 1, 1)
    work.group(batch.id)
    found = books.batches.find(batch.id)
    assert found.state == "done"
    assert "归并" in found.reason
    assert "quoted" not in found.reason
