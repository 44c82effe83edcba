"""Files as officials drop them in: Word, text, and what must not be fatal."""

import hashlib
import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.documents import RawDocument, read_documents
from corpus.limited_parser import LimitedParser

TEXT = "第一条　示例市的停车位，由社区统一编号。\n第二条　夜间不得占用消防通道。\n"


@pytest.fixture(scope="module")
def parser():
    with LimitedParser() as shared:
        yield shared


def one(path: Path, parser: LimitedParser) -> RawDocument:
    [document] = read_documents(path, parser)
    return document


def word_bytes() -> bytes:
    document = docx.Document()
    document.add_paragraph("示例市停车条例")
    table = document.add_table(rows=2, cols=2)
    for index, words in enumerate(["单位", "职责", "社区", "编号"]):
        table.cell(index // 2, index % 2).text = words
    document.add_paragraph("第一条　车位统一编号。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_text_file_keeps_name_and_hash(tmp_path, parser):
    raw = TEXT.encode("gb18030")
    path = tmp_path / "示例.txt"
    path.write_bytes(raw)
    expected = RawDocument("示例.txt", TEXT, None, hashlib.sha256(raw).hexdigest())
    assert one(path, parser) == expected


def test_word_gives_paragraphs_and_tables_in_order(tmp_path, parser):
    path = tmp_path / "条例.DOCX"
    path.write_bytes(word_bytes())
    lines = "示例市停车条例\n单位\t职责\n社区\t编号\n第一条　车位统一编号。"
    assert one(path, parser).text == lines


def test_word_keeps_insertions_and_smart_tags_and_drops_deletions(tmp_path, parser):
    document = docx.Document()
    body = (
        "<w:p {ns}><w:r><w:t>自</w:t></w:r>"
        "<w:smartTag><w:r><w:t>2020年5月1日</w:t></w:r></w:smartTag>"
        "<w:ins><w:r><w:t>起</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>暂不</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>施行。</w:t></w:r></w:p>"
    )
    wrapped = (
        "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>附则</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    for index, xml in enumerate([wrapped, body]):
        document.element.body.insert(index, parse_xml(xml.format(ns=nsdecls("w"))))
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert one(path, parser).text == "附则\n自2020年5月1日起施行。"


def test_nested_table_is_read_once(tmp_path, parser):
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "外"
    cell.add_table(rows=1, cols=1).cell(0, 0).text = "内"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert one(path, parser).text == "外 内"


def test_old_name_with_new_content_is_read(tmp_path, parser):
    path = tmp_path / "改名.doc"
    path.write_bytes(word_bytes())
    assert "第一条" in (one(path, parser).text or "")


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


ENCRYPTED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("坏.docx", word_bytes()[:2000], "已损坏"),
        ("坏.docx", b"not a word file", "已损坏"),
        ("密.docx", ENCRYPTED_WORD, "已加密"),
        ("旧.docx", OLD_WORD, "另存为"),
        ("旧.doc", OLD_WORD, "另存为"),
        ("坏.zip", b"PK\x03\x04 cut", "压缩包已损坏"),
        ("图.png", b"\x89PNG", "不支持的文件类型"),
        ("无名", b"abc", "不支持的文件类型"),
        ("假.txt", b"\0\1\2", "二进制"),
    ],
)
def test_what_cannot_be_read_is_reported_by_name(tmp_path, parser, name, raw, reason):
    path = tmp_path / name
    path.write_bytes(raw)
    document = one(path, parser)
    assert document.text is None
    assert document.skip_reason is not None
    assert document.name == name
    assert reason in document.skip_reason
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


def test_missing_file_is_reported(tmp_path, parser):
    assert "无法读取" in (one(tmp_path / "没有.txt", parser).skip_reason or "")


def test_one_call_without_a_parser_reads_word(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(word_bytes())
    [document] = read_documents(path)
    assert document.skip_reason is None
