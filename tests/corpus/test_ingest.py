import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.ingest import add
from corpus.limited_parser import LimitedParser
from corpus.model import Level
from corpus.reading import Overrides
from corpus.status import corpus_status
from corpus.store import CorpusStore


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_file_is_accounted_for(
    store: CorpusStore, collection: Path, parser: LimitedParser
) -> None:
    seen: list[tuple[int, int, str]] = []
    report = add(store, [collection], lambda *step: seen.append(step), parser=parser)
    assert (report.read, report.statutes, report.documents, report.cases) == (10, 6, 1, 1)
    assert report.articles == 14
    assert {(one.path, one.reason) for one in report.skipped} == {
        ("案例/_index.md", "目录页，没有法规正文"),
        ("行政法/空文(2020-01-01).md", "正文为空"),
    }
    assert seen[-1][:2] == (11, 11)
    outcomes = {record.name: record.outcome for record in store.files()}
    assert len(outcomes) == 11
    assert outcomes["db.sqlite3"] == "flags"
    assert outcomes["宪法相关法/示例会议关于示例事项的决定(2017-02-03).md"] == "document"
    assert store.documents()[0].text == "一、示例事项照办。"
    assert [one.text for one in store.documents("appendix")] == ["附件：示例车位图"]


def test_a_second_run_finds_nothing_to_do(
    store: CorpusStore, collection: Path, parser: LimitedParser
) -> None:
    add(store, [collection], parser=parser)
    before = store.statutes()
    report = add(store, [collection], parser=parser)
    assert (report.read, report.unchanged) == (0, 11)
    assert store.statutes() == before


def test_a_touched_file_with_the_same_bytes_is_not_read_again(
    store: CorpusStore, collection: Path, parser: LimitedParser
) -> None:
    add(store, [collection], parser=parser)
    os.utime(collection / "民法典" / "总则.md", ns=(1, 1))
    report = add(store, [collection], parser=parser)
    assert (report.read, report.unchanged) == (0, 11)


def test_a_changed_file_is_replaced_and_a_missing_one_kept_and_noted(
    store: CorpusStore, collection: Path, parser: LimitedParser
) -> None:
    add(store, [collection], parser=parser)
    rewrite(collection / "民法典" / "总则.md", "总则第一条的文字", "总则第一条改过的文字")
    (collection / "民法典" / "物权编.md").unlink()
    report = add(store, [collection], parser=parser)
    assert (report.read, report.gone) == (1, ("民法典/物权编.md",))
    texts = {one.statute.part: store.articles(one.statute.id) for one in store.statutes()}
    assert texts["总则"][0].text == "总则第一条改过的文字。"
    assert texts["物权编"]
    assert [record.name for record in store.files() if record.gone] == ["民法典/物权编.md"]


def test_a_moved_collection_is_not_stored_twice(
    store: CorpusStore, collection: Path, parser: LimitedParser
) -> None:
    add(store, [collection], parser=parser)
    moved = collection.rename(collection.with_name("moved"))
    report = add(store, [moved], parser=parser)
    assert report.read <= 1  # the database of flags carries no hash
    assert len(store.statutes()) == 6
    assert {record.root for record in store.files() if record.outcome != "flags"} == {str(moved)}


def test_dropped_files_of_other_kinds(
    store: CorpusStore, tmp_path: Path, parser: LimitedParser
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    text = "嘉兴市示例停车规定\n（2021年5月6日嘉兴市人民政府令第9号公布）\n第一条　停车有序。\n"
    (drop / "规定.txt").write_bytes(text.encode("gb18030"))
    (drop / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    with zipfile.ZipFile(drop / "包.zip", "w") as archive:
        archive.writestr("内/乙办法.md", "# 示例乙办法\n\n<!-- INFO END -->\n\n第一条 乙。\n")
        archive.writestr("内/图.png", b"\x89PNG\r\n\x1a\n")
    report = add(store, [drop], parser=parser)
    assert report.statutes == 2
    levels = {one.statute.title: one.statute.level for one in store.statutes()}
    assert levels["嘉兴市示例停车规定"] is Level.LOCAL_GOVERNMENT_RULE
    assert {one.path for one in report.skipped} == {"坏.docx", "包.zip!/内/图.png"}
    assert all(one.reason for one in report.skipped)
    assert add(store, [drop], parser=parser).read == 0


def test_the_user_may_say_rank_and_region(
    store: CorpusStore, tmp_path: Path, parser: LimitedParser
) -> None:
    path = tmp_path / "约定.md"
    path.write_text("# 示例约定\n\n<!-- INFO END -->\n\n第一条 不乱停车。\n", encoding="utf-8")
    place = ("浙江省", "嘉兴市", "秀洲区", "王店镇")
    add(store, [path], overrides=Overrides(Level.VILLAGE_COVENANT, place), parser=parser)
    statute = store.statutes()[0].statute
    assert (statute.level, statute.region) == (Level.VILLAGE_COVENANT, place)


def test_a_file_name_that_is_no_utf8_costs_nothing(
    store: CorpusStore, tmp_path: Path, parser: LimitedParser
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "甲规定.txt").write_text("甲规定\n第一条　甲。\n", encoding="utf-8")
    odd = os.fsencode(drop) + b"/\xff\xfe.txt"
    try:
        with open(odd, "w", encoding="utf-8") as stream:
            stream.write("乙规定\n第一条　乙。\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert add(store, [drop], parser=parser).statutes == 2
    assert {record.name for record in store.files()} == {
        "甲规定.txt",
        "\\udcff\\udcfe.txt",
    }
    assert add(store, [drop], parser=parser).read == 0


def test_a_file_that_may_not_be_read_costs_no_other(
    store: CorpusStore, tmp_path: Path, parser: LimitedParser
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "甲规定.txt").write_text("甲规定\n第一条　甲。\n", encoding="utf-8")
    (drop / "乙规定.txt").write_text("乙规定\n第一条　乙。\n", encoding="utf-8")
    (drop / "乙规定.txt").chmod(0)
    if os.access(drop / "乙规定.txt", os.R_OK):
        pytest.skip("this user may read every file")
    report = add(store, [drop], parser=parser)
    assert report.statutes == 1
    assert [one.path for one in report.skipped] == ["乙规定.txt"]
    (drop / "乙规定.txt").chmod(0o644)
    assert add(store, [drop], parser=parser).statutes == 1


def test_a_path_that_does_not_exist_is_named(store: CorpusStore, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="路径不存在"):
        add(store, [tmp_path / "nowhere"])


def test_files_that_cannot_be_decoded_are_skipped_with_a_reason(
    store: CorpusStore, tmp_path: Path, parser: LimitedParser
) -> None:
    (tmp_path / "坏.md").write_bytes(b"\x00\x01\x02\xff\xfe" * 50)
    report = add(store, [tmp_path / "坏.md"], parser=parser)
    assert [one.path for one in report.skipped] == ["坏.md"]


KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.ingest import add
from corpus.store import CorpusStore

def stop(done, total, name):
    if done == total - 1:
        os.kill(os.getpid(), signal.SIGKILL)

add(CorpusStore(Path(sys.argv[1])), [Path(sys.argv[2])], stop)
"""


def test_a_run_killed_in_the_middle_loses_nothing(
    store: CorpusStore, collection: Path, parser: LimitedParser
) -> None:
    add(store, [collection / "民法典"], parser=parser)
    command = [sys.executable, "-c", KILLED, str(store.path), str(collection)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert len(store.statutes()) == 2
    report = add(store, [collection], parser=parser)
    assert len(store.statutes()) == 6
    assert report.unchanged == 2


def test_the_whole_public_collection(real_store: CorpusStore) -> None:
    records = [one for one in real_store.files() if one.outcome != "flags"]
    counts = real_store.counts()
    assert len(records) == 3502
    assert sum(one.outcome == "index" for one in records) == 27
    assert counts["articles"] >= 147_000
    assert counts["statutes"] >= 3_300
    assert counts["cases"] == 52
    skipped = [one for one in records if one.outcome == "skipped"]
    assert {one.reason for one in skipped} == {"正文为空"}
    assert len(skipped) == 4


def test_status_of_the_public_collection(real_library: object) -> None:
    from corpus.library import Library

    assert isinstance(real_library, Library)
    status = corpus_status(real_library)
    assert status.files.read + len(status.files.skipped) == 3502
    assert str(status.as_of) == "2025-04-05"
