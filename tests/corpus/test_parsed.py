"""What was parsed before counts only while nothing changed, and its loss costs only time."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.parsed import parsed_pack
from corpus.yaml_records import read_yaml

SHEET = "- {id: a, day: 2026-01-01, text: '2026-01-01', more: [1, 2.5, null, true]}\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "one.yaml").write_text(SHEET, "utf-8")
    return folder


def test_the_second_reading_is_the_first(pack: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    plain = {"cases/one.yaml": read_yaml(pack / "cases" / "one.yaml")}
    assert parsed_pack(pack, kept) == plain
    assert kept.is_file()
    assert parsed_pack(pack, kept) == plain
    row = parsed_pack(pack, kept)["cases/one.yaml"]
    assert row == [
        {"id": "a", "day": date(2026, 1, 1), "text": "2026-01-01", "more": [1, 2.5, None, True]}
    ]


@pytest.mark.parametrize(
    "alter",
    [
        lambda pack: (pack / "cases" / "one.yaml").write_text("- {id: changed}\n", "utf-8"),
        lambda pack: (pack / "cases" / "two.yaml").write_text("- {id: new}\n", "utf-8"),
        lambda pack: (pack / "cases" / "one.yaml").unlink(),
    ],
)
def test_a_changed_pack_is_parsed_anew(
    pack: Path, tmp_path: Path, alter: Callable[[Path], object]
) -> None:
    kept = tmp_path / "kept.json"
    before = parsed_pack(pack, kept)
    alter(pack)
    after = parsed_pack(pack, kept)
    assert after != before
    assert after == {
        path.relative_to(pack).as_posix(): read_yaml(path) for path in pack.rglob("*.yaml")
    }


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"stamp": []}', b"\xff\xfe"])
def test_a_damaged_copy_is_made_again(pack: Path, tmp_path: Path, damage: bytes) -> None:
    kept = tmp_path / "kept.json"
    whole = parsed_pack(pack, kept)
    kept.write_bytes(damage)
    assert parsed_pack(pack, kept) == whole


def test_where_nothing_can_be_kept_everything_is_still_read(pack: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    assert parsed_pack(pack, blocked / "kept.json")


def test_a_broken_pack_is_left_to_the_reader_that_names_the_fault(
    pack: Path, tmp_path: Path
) -> None:
    (pack / "cases" / "one.yaml").write_text("[", "utf-8")
    assert parsed_pack(pack, tmp_path / "kept.json") == {}
