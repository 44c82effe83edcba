"""Workers are killed at random moments: no row is lost, none is made twice.

``make killrig`` runs it with 200 kills over 2,000 rows, without and with a model.
"""

import os
import random
import sys
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from hostile.server import MODEL
from sqlalchemy import select

from advisor.bootstrap import open_services
from advisor.jobs.books import open_books
from advisor.jobs.crew import WORKER, Crew
from advisor.jobs.model import BatchOrder
from advisor.jobs.office import hand_in
from advisor.jobs.scripted import DAY, DIE, WAIT, write_rows
from advisor.settings import Settings
from advisor.store.batch_tables import batch_result
from advisor.store.connection import connect
from advisor.store.tables import advice, advice_audit, event

KILLS = int(os.environ.get("BATCH_KILLS", "6"))
ROWS = int(os.environ.get("BATCH_ROWS", "120"))
SCRIPTED = (sys.executable, "-m", "advisor.jobs.scripted")
PATIENCE = 3600.0


@contextmanager
def crew_of(settings, books, command, size=2):
    crew = Crew(settings, books, size, command)
    try:
        yield crew
    finally:
        crew.dismiss()


def _kill_some(crew, chance):
    """One worker, or now and then all of them, as when the machine goes down."""
    everybody = chance.random() < 0.2
    for member in crew.members if everybody else [chance.choice(crew.members)]:
        member.process.kill()
        member.process.wait()
    return everybody


def _seconds_until_more(crew, books, batch):
    """How long nothing is stored after all workers died."""
    begun, before = time.monotonic(), books.progress(batch.id).finished
    while (progress := books.progress(batch.id)).finished == before and not progress.batch.ended:
        crew.watch()
        time.sleep(0.02)
        assert time.monotonic() - begun < PATIENCE, progress
    return time.monotonic() - begun


def _work_under_fire(crew, books, batch, seed):
    """Until the batch is done: kill at random moments of work, as often as asked."""
    chance = random.Random(seed)
    kills, back_after, until = 0, [0.0], time.monotonic() + PATIENCE
    while not books.batches.find(batch.id).ended:
        assert time.monotonic() < until, books.progress(batch.id)
        crew.watch()
        done = books.progress(batch.id).finished
        if kills < KILLS and 0 < done < ROWS and 5 * done * KILLS >= 4 * ROWS * kills:
            time.sleep(chance.uniform(0, 0.5))
            kills += 1
            if _kill_some(crew, chance):
                back_after.append(_seconds_until_more(crew, books, batch))
        time.sleep(0.02)
    back_after.sort()
    print(
        f"{kills} kills, of them {len(back_after) - 1} of all workers at once; serving again "
        f"after {back_after[len(back_after) // 2]:.1f} s (median), {back_after[-1]:.1f} s (most)"
    )
    assert kills == KILLS


def _column(url, query):
    database = connect(url)
    with database.connect() as connection:
        found = connection.execute(query).scalars().all()
    database.dispose()
    return found


def _nothing_lost_nothing_doubled(url, books, batch, unworked=()):
    numbers = _column(url, select(batch_result.c.number))
    assert sorted(numbers) == list(range(1, ROWS + 1))
    reported = {one.number: one.code for one in books.rows.unworked(batch.id)}
    # A row that three kills in a row happened to hit is taken for the guilty one, and reported.
    assert set(unworked) <= set(reported)
    assert set(reported.values()) <= {"failed"}
    assert 3 * (len(reported) - len(unworked)) <= 2 * KILLS
    print(f"{len(reported)} rows reported after three attempts")
    told = Counter(_column(url, select(event.c.subject).where(event.c.kind.like("batch.row_%"))))
    audited = Counter(
        _column(url, select(advice_audit.c.advice_id).where(advice_audit.c.action.like("batch.%")))
    )
    once = Counter({f"{batch.id}/{number}": 1 for number in numbers})
    assert told == once
    assert audited == once


def _hand_in(books, tmp_path, texts, mode="extractive"):
    path = tmp_path / "台账.jsonl"
    write_rows(path, texts)
    order = BatchOrder(source=path.name, today=DAY, path=str(path), mode=mode)
    return hand_in(books, order, "0" * 64)


def test_killed_workers_lose_nothing_and_double_nothing(tmp_path):
    settings = Settings(home=tmp_path)
    books = open_books(settings.store_url)
    batch = _hand_in(books, tmp_path, [f"路灯不亮{WAIT}"] * ROWS)
    with crew_of(settings, books, SCRIPTED) as crew:
        _work_under_fire(crew, books, batch, seed=11)
    assert books.batches.find(batch.id).state == "done"
    _nothing_lost_nothing_doubled(settings.store_url, books, batch)
    worked = books.progress(batch.id).worked
    assert len(books.groups.find(batch.id).clusters[0].members) == worked


def test_a_row_that_kills_its_worker_is_reported_and_the_rest_finish(tmp_path):
    settings = Settings(home=tmp_path)
    books = open_books(settings.store_url)
    batch = _hand_in(
        books, tmp_path, ["路灯不亮"] * 20 + [f"路灯{DIE}"] + ["路灯不亮"] * (ROWS - 21)
    )
    with crew_of(settings, books, SCRIPTED) as crew:
        while not books.batches.find(batch.id).ended:
            crew.watch()
            time.sleep(0.02)
        assert crew.deaths == 3
    (failed,) = books.rows.unworked(batch.id)
    assert (failed.number, failed.code) == (21, "failed")
    _nothing_lost_nothing_doubled(settings.store_url, books, batch, unworked=(21,))


@pytest.mark.skipif("BATCH_KILLS" not in os.environ, reason="long: run by `make killrig`")
def test_killed_workers_that_ask_a_model_pay_and_store_once(tmp_path, hostile_model):
    settings = Settings(
        home=tmp_path,
        llm_base_url=hostile_model.url("good", 1),
        llm_model=MODEL,
        llm_deadline=20,
    )
    books = open_books(settings.store_url)
    batch = _hand_in(books, tmp_path, ["小区门口路灯不亮，晚上看不见路。"] * ROWS, mode="llm")
    open_services(settings)  # builds the index, which is not what is tested here
    with crew_of(settings, books, WORKER) as crew:
        _work_under_fire(crew, books, batch, seed=13)
    _nothing_lost_nothing_doubled(settings.store_url, books, batch)
    keys = _column(settings.store_url, select(advice.c.idempotency_key))
    assert len(keys) == len(set(keys))
