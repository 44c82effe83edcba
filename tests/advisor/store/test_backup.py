"""Backups are consistent while the service writes, and a restore never makes things worse."""

import json
import os
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from advisor.errors import BackupDamaged, BackupError
from advisor.store import open_store
from advisor.store.backup import MANIFEST, backup, restore


@pytest.fixture
def home(tmp_path, make) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    store = open_store(f"sqlite:///{home / 'advisor.db'}")
    for number in range(5):
        store.save(*make(number))
    store.close()
    with closing(sqlite3.connect(home / "corpus.db")) as connection:
        connection.execute("CREATE TABLE statute (title TEXT)")
        connection.execute("INSERT INTO statute VALUES ('示例市停车条例')")
        connection.commit()
    (home / "index").mkdir()
    (home / "index" / "big.bin").write_bytes(b"x" * 1000)
    return home


def titles(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "corpus.db")) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM statute")]


def advice_ids(home: Path) -> list[str]:
    store = open_store(f"sqlite:///{home / 'advisor.db'}")
    ids = sorted(one.id for one in store.list(limit=200).items)
    store.close()
    return ids


def test_a_backup_restores_to_an_empty_home(home, tmp_path):
    out = tmp_path / "to" / "backup.zip"
    manifest = backup(home, out)
    assert [file.name for file in manifest.files] == ["advisor.db", "corpus.db"]
    restored = restore(out, tmp_path / "new")
    assert restored.set_aside is None
    assert restored.manifest == manifest
    assert advice_ids(tmp_path / "new") == advice_ids(home)
    assert titles(tmp_path / "new") == ["示例市停车条例"]
    assert [path.name for path in out.parent.iterdir()] == ["backup.zip"]


def test_a_backup_is_for_its_owner_alone(home, tmp_path):
    backup(home, tmp_path / "b.zip")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600


def test_what_is_committed_and_not_yet_in_the_main_file_is_in_the_backup(home, tmp_path, make):
    store = open_store(f"sqlite:///{home / 'advisor.db'}")
    store.save(*make(77))
    assert (home / "advisor.db-wal").stat().st_size > 0
    backup(home, tmp_path / "b.zip")
    store.close()
    restore(tmp_path / "b.zip", tmp_path / "new")
    assert "advice-00077" in advice_ids(tmp_path / "new")


def test_a_backup_taken_while_others_write_is_whole(home, tmp_path, start):
    writer = start(
        """
store = open_store(sys.argv[1])
print("ready", flush=True)
for number in range(100_000):
    keep(store, advice("busy", number))
""",
        f"sqlite:///{home / 'advisor.db'}",
    )
    writer.stdout.readline()
    backup(home, tmp_path / "b.zip")
    writer.kill()
    writer.communicate()
    restore(tmp_path / "b.zip", tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "advisor.db")) as connection:
        [rows] = connection.execute("SELECT count(*), max(id) FROM advice WHERE id LIKE 'busy-%'")
        [audit] = connection.execute(
            "SELECT count(*) FROM advice_audit WHERE advice_id LIKE 'busy-%'"
        )
    assert rows[0] == audit[0]
    assert rows[0] == 0 or rows[1] == f"busy-{rows[0] - 1:05}"


def test_a_restore_sets_the_present_files_aside(home, tmp_path, make):
    backup(home, tmp_path / "b.zip")
    store = open_store(f"sqlite:///{home / 'advisor.db'}")
    store.save(*make(99))
    store.close()
    restored = restore(tmp_path / "b.zip", home)
    assert "advice-00099" not in advice_ids(home)
    assert restored.set_aside is not None
    assert "advice-00099" in advice_ids(restored.set_aside)
    assert (home / "index" / "big.bin").exists()


def test_a_damaged_home_can_be_restored(home, tmp_path):
    backup(home, tmp_path / "b.zip")
    (home / "advisor.db").write_bytes(b"junk" * 4000)
    (home / "advisor.db-wal").write_bytes(b"junk")
    restore(tmp_path / "b.zip", home)
    assert len(advice_ids(home)) == 5


def test_a_restore_under_a_running_service_is_refused(home, tmp_path):
    backup(home, tmp_path / "b.zip")
    store = open_store(f"sqlite:///{home / 'advisor.db'}")
    assert store.get("advice-00001") is not None
    with pytest.raises(BackupError, match="正在使用"):
        restore(tmp_path / "b.zip", home)
    assert store.get("advice-00001") is not None
    store.close()


def rewritten(archive: Path, changes: dict[str, bytes]) -> None:
    with zipfile.ZipFile(archive) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, raw in {**members, **changes}.items():
            packed.writestr(name, raw)


def tampered(archive: Path, how: str) -> None:
    if how == "cut":
        archive.write_bytes(archive.read_bytes()[:-200])
    elif how == "flipped":
        raw = bytearray(archive.read_bytes())
        raw[len(raw) // 2] ^= 0xFF
        archive.write_bytes(bytes(raw))
    elif how == "content":
        rewritten(archive, {"corpus.db": b"SQLite format 3\0 something else"})
    elif how == "manifest":
        rewritten(archive, {MANIFEST: b"{}"})
    else:
        with zipfile.ZipFile(archive) as packed:
            told = json.loads(packed.read(MANIFEST))
        told["files"][0]["name"] = how
        rewritten(archive, {MANIFEST: json.dumps(told).encode()})


@pytest.mark.parametrize(
    "how", ["cut", "flipped", "content", "manifest", "../evil.db", "/tmp/evil.db", "missing.db"]
)
def test_a_tampered_archive_replaces_nothing(home, tmp_path, how):
    archive = tmp_path / "b.zip"
    backup(home, archive)
    tampered(archive, how)
    before = {path: path.read_bytes() for path in home.glob("*.db")}
    with pytest.raises(BackupDamaged, match="原有数据未改动"):
        restore(archive, home)
    assert {path: path.read_bytes() for path in home.glob("*") if path.is_file()} == before
    assert not list(home.glob(".restore-*"))


def test_a_restore_that_fails_half_way_puts_everything_back(home, tmp_path, monkeypatch):
    backup(home, tmp_path / "b.zip")
    before = advice_ids(home), titles(home)
    real, calls = os.replace, []

    def failing(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == 4:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(BackupError, match="未改动"):
        restore(tmp_path / "b.zip", home)
    assert len(calls) > 4
    assert (advice_ids(home), titles(home)) == before
    assert not list(home.glob("before-restore-*"))


def test_a_damaged_database_is_not_backed_up_as_if_it_were_sound(home, tmp_path):
    old = tmp_path / "b.zip"
    backup(home, old)
    kept = old.read_bytes()
    path = home / "advisor.db"
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(bytes(raw))
    with pytest.raises(BackupError, match=r"advisor\.db 已损坏"):
        backup(home, old)
    assert old.read_bytes() == kept


def test_nothing_to_back_up_and_nothing_to_restore_are_said(tmp_path):
    with pytest.raises(BackupError, match="没有可备份"):
        backup(tmp_path, tmp_path / "b.zip")
    with pytest.raises(BackupError, match="没有找到"):
        restore(tmp_path / "b.zip", tmp_path / "home")


def test_the_towns_own_knowledge_comes_back_as_a_whole(home, tmp_path):
    own = home / "knowledge" / "playbooks" / "停车.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("id: parking_shortage\n", "utf-8")
    out = tmp_path / "backup.zip"
    names = [file.name for file in backup(home, out).files]
    assert names == ["advisor.db", "corpus.db", "knowledge/playbooks/停车.yaml"]
    own.write_text("id: altered\n", "utf-8")
    later = home / "knowledge" / "disabled.yaml"
    later.write_text("playbooks: []\n", "utf-8")
    aside = restore(out, home).set_aside
    assert own.read_text("utf-8") == "id: parking_shortage\n"
    assert not later.exists()
    assert (aside / "knowledge" / "disabled.yaml").exists()


@pytest.mark.parametrize(
    "name",
    ["knowledge/../advisor.yaml", "knowledge/.hidden.yaml", "other/a.yaml", "knowledge/a.py"],
)
def test_a_name_outside_the_own_knowledge_is_refused(home, tmp_path, name):
    out = tmp_path / "backup.zip"
    (home / "knowledge").mkdir()
    (home / "knowledge" / "a.yaml").write_text("x: 1\n", "utf-8")
    backup(home, out)
    with zipfile.ZipFile(out) as packed:
        manifest = packed.read(MANIFEST).decode().replace("knowledge/a.yaml", name)
    rewritten(out, {MANIFEST: manifest.encode()})
    with pytest.raises(BackupDamaged):
        restore(out, tmp_path / "elsewhere")
