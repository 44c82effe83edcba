from datetime import date
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.flags import FLAGS_FILE, Flag, find_flags, read_flags


def test_flags_are_found_by_folder_name_and_date(collection: Path) -> None:
    flags = read_flags(collection / FLAGS_FILE)
    assert flags.of("部门规章/示例部/示例旧办法(1999-01-01).md") == Flag(True, None)
    assert flags.of("行政法/示例停车法(2015-03-01).md") == Flag(False, date(2015, 5, 1))
    assert flags.of("行政法/示例停车法(2020-06-01).md") is None
    assert flags.of("行政法规/示例停车法(2015-03-01).md") is None


def test_the_outermost_collection_is_the_root(collection: Path) -> None:
    inner = collection / "DLC" / "浙江地方法规"
    (inner / FLAGS_FILE).write_bytes((collection / FLAGS_FILE).read_bytes())
    assert find_flags(inner / "地方性法规") == collection
    assert find_flags(collection.parent) is None


def test_a_database_of_another_kind_gives_no_flags(tmp_path: Path) -> None:
    import sqlite3

    sqlite3.connect(tmp_path / FLAGS_FILE).execute("CREATE TABLE other (a)").connection.close()
    assert read_flags(tmp_path / FLAGS_FILE).of("a/b.md") is None


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FLAGS_FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=FLAGS_FILE):
        read_flags(tmp_path / FLAGS_FILE)
