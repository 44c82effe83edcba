"""Snapshots under attack: nothing damaged is served, and what was good before still is."""

import json
import os
import shutil
import subprocess
import sys
import threading

import pytest

from indexer.build import build
from indexer.errors import BuildInProgress, IndexerError, SnapshotDamaged, SnapshotMissing
from indexer.manifest import MANIFEST, serial_of
from indexer.memory import MemorySource
from indexer.publish import build_lock, drafting, publish
from indexer.retriever import Retriever
from indexer.snapshot import POINTER, generations, index_folder, open_current, survey


@pytest.fixture
def home(tmp_path, source):
    """Two generations: the first of one article less than the second."""
    build(MemorySource(source.views[1:], source.resolved), tmp_path)
    build(source, tmp_path)
    return tmp_path


def files(snapshot):
    return sorted(path for path in snapshot.folder.rglob("*") if path.is_file())


def names(home):
    return generations(index_folder(home))


def flip(path, place):
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1 << (place % 8)
    path.write_bytes(raw)


def test_the_current_generation_is_opened_with_nothing_refused(home):
    snapshot = open_current(home)
    assert snapshot.generation == names(home)[0]
    assert snapshot.refused == ()
    assert snapshot.manifest.counts == {"statute": 9, "case": 2}


@pytest.mark.parametrize("part", ["first", "middle", "last"])
def test_one_flipped_bit_in_any_file_is_refused_and_the_one_before_served(home, tmp_path, part):
    good = open_current(home)
    for path in files(good):
        pristine = path.read_bytes()
        place = {"first": 0, "middle": len(pristine) // 2, "last": len(pristine) - 1}[part]
        flip(path, place)
        served = open_current(home)
        assert served.generation == names(home)[1], path.name
        assert path.name in served.refused[0]
        path.write_bytes(pristine)
    assert open_current(home).generation == good.generation


@pytest.mark.parametrize("left", [0, 0.5])
def test_a_cut_file_is_refused_and_the_one_before_served(home, left):
    good = open_current(home)
    for path in files(good):
        pristine = path.read_bytes()
        path.write_bytes(pristine[: int(len(pristine) * left)])
        assert open_current(home).generation == names(home)[1], path.name
        path.write_bytes(pristine)


def test_a_missing_file_is_refused_and_the_one_before_served(home):
    good = open_current(home)
    for path in files(good):
        pristine = path.read_bytes()
        path.unlink()
        assert open_current(home).generation == names(home)[1], path.name
        path.write_bytes(pristine)


def test_two_files_of_equal_size_swapped_are_refused(home):
    main, version = (
        open_current(home).folder / "statute" / n for n in ("main.uint32", "sub.uint32")
    )
    assert main.stat().st_size == version.stat().st_size
    first, second = main.read_bytes(), version.read_bytes()
    main.write_bytes(second)
    version.write_bytes(first)
    assert open_current(home).generation == names(home)[1]


def test_a_forged_manifest_that_fits_its_files_is_refused_by_the_folder_name(home):
    folder = open_current(home).folder
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["counts"]["statute"] = 1
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert open_current(home).generation == names(home)[1]


def test_the_snapshot_before_still_answers(home, source):
    flip(open_current(home).folder / "statute" / "docs.uint32", 200)
    served = open_current(home)
    hits = Retriever(served, source).search(
        "消防通道", kind="statute", as_of=source.views[0].statute.effective_from, region=()
    )
    assert hits[0].article.text.startswith("占用消防通道")


def test_when_every_generation_is_damaged_it_says_so_and_what_to_do(home):
    for name in names(home):
        flip(index_folder(home) / name / "statute" / "docs.uint32", 200)
    with pytest.raises(SnapshotDamaged, match=r"docs\.uint32.*校验不符.*advisor index build"):
        open_current(home)


def test_no_index_says_what_to_do(tmp_path):
    with pytest.raises(SnapshotMissing, match="advisor index build"):
        open_current(tmp_path)


@pytest.mark.parametrize("pointer", [None, b"", b"\xff\xfe", b"../../etc", b"000009-zz\n"])
def test_without_a_readable_pointer_the_newest_good_generation_is_served(home, pointer):
    path = index_folder(home) / POINTER
    path.unlink() if pointer is None else path.write_bytes(pointer)
    served = open_current(home)
    assert served.generation == names(home)[0]
    assert POINTER in served.refused[0]


def test_a_pointer_to_nothing_is_told_and_the_newest_good_one_served(home):
    nowhere = "000099-" + "0" * 32
    (index_folder(home) / POINTER).write_text(nowhere)
    served = open_current(home)
    assert served.generation == names(home)[0]
    assert nowhere in served.refused[0]


def test_a_pointer_alone_is_damage_not_absence(home):
    for name in names(home):
        shutil.rmtree(index_folder(home) / name)
    with pytest.raises(SnapshotDamaged, match="不存在"):
        open_current(home)


def test_a_rebuild_after_damage_repairs_although_the_corpus_is_the_same(home, source):
    damaged = open_current(home)
    flip(damaged.folder / "statute" / "docs.uint32", 200)
    rebuilt = build(source, home)
    assert rebuilt.generation != damaged.generation
    assert open_current(home).refused == ()
    assert damaged.generation not in names(home)


def test_bytes_read_later_are_hashed_again(home):
    snapshot = open_current(home)
    flip(snapshot.folder / "statute" / "versions.json", 5)
    with pytest.raises(SnapshotDamaged, match=r"versions\.json"):
        snapshot.read("statute/versions.json")


def test_an_open_snapshot_outlives_its_folder(home, source):
    retriever = Retriever(opened := open_current(home), source)
    shutil.rmtree(opened.folder)
    day = source.views[0].statute.effective_from
    assert retriever.search("消防通道", kind="statute", as_of=day, region=())
    assert Retriever(opened, source).search("消防通道", kind="statute", as_of=day, region=())


def test_a_survey_tells_the_state_of_every_generation(home):
    flip(open_current(home).folder / "case" / "cases.json", 1)
    newest, older = survey(home)
    assert newest.current
    assert "cases.json" in newest.faults[0]
    assert (older.current, older.faults) == (False, ())
    assert older.manifest is not None


def test_only_the_current_and_one_good_older_generation_are_kept(home, source):
    before = names(home)
    build(source, home, force=True)
    assert len(names(home)) == 2
    assert names(home)[1] == before[0]
    flip(index_folder(home) / names(home)[0] / "case" / "cases.json", 1)
    build(source, home, force=True)
    assert names(home)[1] == before[0]


def test_a_second_builder_is_told_and_the_first_goes_on(home, source):
    with build_lock(home), pytest.raises(BuildInProgress, match="另一个进程"):
        build(source, home, force=True)
    assert build(source, home).refused == ()


def test_a_build_that_fails_leaves_the_current_one_and_nothing_else(home):
    before = open_current(home)

    def fail_halfway():
        with build_lock(home) as folder, drafting(folder) as draft:
            draft.bytes("statute/docs.uint32", b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert open_current(home) == before
    assert sorted(path.name for path in index_folder(home).iterdir()) == sorted(
        [*names(home), POINTER, "LOCK"]
    )


KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.publish import build_lock, drafting, publish
import indexer.publish
stage, home = sys.argv[1], Path(sys.argv[2])
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with build_lock(home) as folder, drafting(folder) as draft:
    draft.bytes("statute/docs.uint32", b"half")
    if stage == "writing":
        die()
    os.replace = die
    publish(draft, corpus="x", model="y", counts={})
"""


@pytest.mark.parametrize("stage", ["writing", "swapping"])
def test_a_build_killed_at_any_stage_leaves_the_current_one(home, source, stage):
    before = open_current(home)
    run = subprocess.run(
        [sys.executable, "-c", KILLED, stage, str(home)], check=False, cwd=os.getcwd()
    )
    assert run.returncode == -9
    assert open_current(home) == before
    rebuilt = build(source, home, force=True)
    assert open_current(home).generation == rebuilt.generation
    assert not [p for p in index_folder(home).iterdir() if p.name.startswith(".")]


def test_serials_go_on_even_when_the_pointed_generation_is_gone(home, source):
    last = serial_of(names(home)[0])
    shutil.rmtree(index_folder(home) / names(home)[0])
    assert serial_of(build(source, home).generation) == last + 1


def test_an_empty_draft_is_a_generation_too(tmp_path):
    with build_lock(tmp_path) as folder, drafting(folder) as draft:
        made = publish(draft, corpus="none", model="none", counts={})
    assert open_current(tmp_path) == made


def test_readers_are_served_while_builds_come_and_go(home, source):
    faults: list[Exception] = []
    stop = threading.Event()
    day = source.views[0].statute.effective_from

    def read():
        while not stop.is_set():
            try:
                retriever = Retriever(open_current(home), source)
                assert retriever.search("消防通道", kind="statute", as_of=day, region=())
            except (IndexerError, OSError, AssertionError) as error:
                faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(12):
        build(source, home, force=True)
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []
