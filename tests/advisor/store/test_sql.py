"""The SQL store under what happens on real machines: kills, full disks, damage, crowds."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from advisor.errors import StoreDamaged, StoreFull, StoreLocked, StoreUnavailable
from advisor.ports import AuditEntry
from advisor.store import connection as connection_module
from advisor.store import open_store
from advisor.store.connection import connect


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_each_connection_is_durable_and_patient(url):
    store = open_store(url)
    database = connect(url)
    with database.connect() as connection:
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    database.dispose()
    store.close()
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 30_000,
        "foreign_keys": 1,
    }


def test_the_file_is_for_its_owner_alone(url, tmp_path, make):
    store = open_store(url)
    store.save(*make(1))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("advisor.db*")}
    store.close()
    assert modes == dict.fromkeys(("advisor.db", "advisor.db-wal", "advisor.db-shm"), 0o600)


def test_advice_and_audit_row_are_one_transaction(url, tmp_path, make):
    store = open_store(url)
    record, entry = make(1)
    store.save(record, entry)
    with closing(sqlite3.connect(tmp_path / "advisor.db")) as connection:
        connection.execute(
            "CREATE TRIGGER no_audit BEFORE INSERT ON advice_audit "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(StoreUnavailable, match="未保存"):
        store.save(*make(2))
    assert store.get("advice-00002") is None
    store.close()
    assert count(tmp_path / "advisor.db", "advice_audit") == 1


def test_the_audit_row_says_who_what_and_when(url, tmp_path, make):
    store = open_store(url)
    record, _ = make(1)
    entry = AuditEntry("advice.created", record.id, actor="秀洲区", detail={"mode": "extractive"})
    store.save(record, entry)
    store.close()
    with closing(sqlite3.connect(tmp_path / "advisor.db")) as connection:
        [row] = connection.execute("SELECT action, advice_id, actor, detail FROM advice_audit")
    assert row[:3] == ("advice.created", record.id, "秀洲区")
    assert json.loads(row[3]) == {"mode": "extractive"}


def test_kill_9_loses_nothing_that_was_answered(url, tmp_path, start):
    writer = start(
        """
store = open_store(sys.argv[1])
for number in range(100_000):
    keep(store, advice("kill", number))
    print(number, flush=True)
""",
        url,
    )
    for line in writer.stdout:
        if int(line) >= 60:
            break
    writer.kill()
    answered = [60, *(int(line) for line in writer.stdout if line.strip())]
    writer.communicate()
    store = open_store(url)
    assert all(store.get(f"kill-{number:05}") for number in range(answered[-1] + 1))
    store.close()
    stored = count(tmp_path / "advisor.db", "advice")
    assert answered[-1] + 1 <= stored <= answered[-1] + 2
    assert stored == count(tmp_path / "advisor.db", "advice_audit")


def test_two_processes_lose_nothing(url, tmp_path, start):
    program = """
store = open_store(sys.argv[1])
for number in range(200):
    keep(store, advice(sys.argv[2], number, size=100))
"""
    writers = [start(program, url, name) for name in ("a", "b")]
    outcomes = [(writer.communicate(), writer.returncode) for writer in writers]
    assert [code for _, code in outcomes] == [0, 0], outcomes
    assert count(tmp_path / "advisor.db", "advice") == 400
    assert count(tmp_path / "advisor.db", "advice_audit") == 400


def test_many_processes_may_open_a_new_store_at_once(url, tmp_path, start):
    program = "keep(open_store(sys.argv[1]), advice(sys.argv[2], 1))"
    openers = [start(program, url, str(number)) for number in range(6)]
    outcomes = [(opener.communicate()[1], opener.returncode) for opener in openers]
    assert [code for _, code in outcomes] == [0] * 6, outcomes
    assert count(tmp_path / "advisor.db", "advice") == 6


def test_a_full_disk_is_said_and_loses_nothing(url, tmp_path, start):
    writer = start(
        """
import resource, signal
from advisor.errors import StoreFull
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
stored = 0
try:
    for number in range(10_000):
        keep(store, advice("full", number))
        stored += 1
except StoreFull as error:
    print(stored, error)
assert store.get("full-00000") is not None
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
keep(store, advice("after", 1))
""",
        url,
    )
    output, errors = writer.communicate()
    assert writer.returncode == 0, errors
    stored, message = output.split(maxsplit=1)
    assert "磁盘空间不足" in message
    assert int(stored) > 10
    assert count(tmp_path / "advisor.db", "advice") == int(stored) + 1
    assert count(tmp_path / "advisor.db", "advice_audit") == int(stored) + 1


def test_a_full_database_is_said_and_what_was_there_stays(url, make):
    store = open_store(url)
    store.save(*make(1))
    with store._database.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull, match="磁盘空间不足"):
        store.save(*make(2, size=100_000))
    assert store.get("advice-00001") is not None
    assert store.get("advice-00002") is None
    store.close()


def test_a_locked_database_is_said(url, tmp_path, make, monkeypatch):
    monkeypatch.setattr(connection_module, "BUSY_TIMEOUT_MS", 50)
    store = open_store(url)
    with closing(sqlite3.connect(tmp_path / "advisor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="占用"):
            store.save(*make(1))
        assert store.get("advice-00001") is None
        other.execute("ROLLBACK")
    store.save(*make(1))
    store.close()


@pytest.mark.parametrize(
    "junk", [b"not a database at all" * 500, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_database_is_said_and_kept(url, tmp_path, junk):
    path = tmp_path / "advisor.db"
    path.write_bytes(junk)
    with pytest.raises(StoreDamaged, match="advisor restore"):
        open_store(url)
    assert path.read_bytes() == junk


def test_damage_in_the_middle_is_said(url, tmp_path, make):
    store = open_store(url)
    for number in range(100):
        store.save(*make(number))
    store.close()
    path = tmp_path / "advisor.db"
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(bytes(raw))
    with pytest.raises(StoreDamaged, match="已损坏"):
        open_store(url).list()


def test_a_store_of_a_newer_release_is_said_and_kept(url, tmp_path):
    open_store(url).close()
    with closing(sqlite3.connect(tmp_path / "advisor.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="升级程序"):
        open_store(url)


@pytest.mark.parametrize(
    "wrong", ["nonsense", "nosuchdatabase://x/y", "sqlite:////proc/no/advisor.db"]
)
def test_a_wrong_address_is_said(wrong):
    with pytest.raises(StoreUnavailable):
        open_store(wrong)


def test_errors_never_show_what_was_being_stored(url, make, monkeypatch):
    monkeypatch.setattr(connection_module, "BUSY_TIMEOUT_MS", 50)
    store = open_store(url)
    with store._database.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFull) as caught:
        store.save(*make(2, size=100_000))
    store.close()
    assert "填" not in f"{caught.value} {caught.value.__cause__}"
