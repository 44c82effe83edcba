"""Zip archives from anywhere: every member is read or reported, and none reaches outside."""

import io
import zipfile
from pathlib import Path

import pytest

from corpus.archive import ArchiveLimits
from corpus.documents import RawDocument, read_documents
from corpus.limited_parser import LimitedParser

TEXT = "第一条　示例市的停车位，由社区统一编号。\n"


@pytest.fixture(scope="module")
def parser():
    with LimitedParser() as shared:
        yield shared


def one(path: Path, parser: LimitedParser) -> RawDocument:
    [document] = read_documents(path, parser)
    return document


def zip_bytes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


def test_archive_gives_its_members_and_reports_the_broken_ones(tmp_path, parser):
    inner = zip_bytes({"乙.md": TEXT.encode(), "丙.zip": zip_bytes({"丁.md": b"x"})})
    path = tmp_path / "包.zip"
    path.write_bytes(
        zip_bytes(
            {
                "目录/甲.txt": TEXT.encode("gbk"),
                "目录/坏.docx": b"broken",
                "__MACOSX/._甲.txt": b"\0\0",
                "内.zip": inner,
            }
        )
    )
    documents = {document.name: document for document in read_documents(path, parser)}
    assert {name for name, document in documents.items() if document.text} == {
        "包.zip!/目录/甲.txt",
        "包.zip!/内.zip!/乙.md",
    }
    assert "已损坏" in (documents["包.zip!/目录/坏.docx"].skip_reason or "")
    assert "嵌套过深" in (documents["包.zip!/内.zip!/丙.zip"].skip_reason or "")
    assert len(documents) == 4


def test_names_in_gbk_are_read(tmp_path, parser):
    raw = zip_bytes({"AAAA.txt": TEXT.encode()}).replace(b"AAAA", "条例".encode("gbk"))
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    assert one(path, parser).name == "a.zip!/条例.txt"


@pytest.mark.parametrize("name", ["../逃.txt", "/etc/逃.txt", "a/../../逃.txt", "C:\\逃.txt"])
def test_unsafe_paths_in_an_archive_are_refused(tmp_path, parser, name):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({name: TEXT.encode(), "好.txt": TEXT.encode()}))
    first, second = read_documents(path, parser)
    assert "不安全" in (first.skip_reason or "")
    assert second.text == TEXT
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]


def test_encrypted_member_is_reported(tmp_path, parser):
    raw = bytearray(zip_bytes({"a.txt": b"secret"}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(raw))
    assert "已加密" in (one(path, parser).skip_reason or "")


def test_member_with_a_wrong_checksum_is_reported_and_the_rest_read(tmp_path, parser):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "XXXX内容")
        archive.writestr("b.txt", TEXT)
    path = tmp_path / "a.zip"
    path.write_bytes(buffer.getvalue().replace(b"XXXX", b"YYYY", 1))
    first, second = read_documents(path, parser)
    assert "已损坏" in (first.skip_reason or "")
    assert second.text == TEXT


def test_archive_limits_stop_bombs_and_keep_what_was_read(tmp_path, parser):
    path = tmp_path / "a.zip"
    bomb = b" " * 300_000
    path.write_bytes(
        zip_bytes({"好.txt": TEXT.encode(), "弹.txt": bomb, "多.txt": b"x", "余.txt": b"y"})
    )

    def reasons(limits: ArchiveLimits) -> list[str]:
        documents = list(read_documents(path, parser, limits))
        assert documents[0].text == TEXT
        return [document.skip_reason for document in documents if document.skip_reason]

    [ratio] = reasons(ArchiveLimits(ratio=50, ratio_from=100_000))
    assert "压缩比异常" in ratio
    [large] = reasons(ArchiveLimits(member_bytes=200_000))
    assert "展开后超过" in large
    [total] = reasons(ArchiveLimits(total_bytes=200_000))
    assert "其余未读" in total
    [count] = reasons(ArchiveLimits(members=2))
    assert "超过 2 个" in count
