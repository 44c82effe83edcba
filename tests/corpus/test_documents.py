"""Files from anywhere: encodings, Word, PDF, archives, and what must not be fatal."""

import hashlib
import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from corpus.archive import ArchiveLimits
from corpus.documents import RawDocument, decode_text, read_documents
from corpus.errors import UnreadableDocument
from corpus.limited_parser import LimitedParser, ParserLimits

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


def pdf_bytes(*pages: str, password: str | None = None, owner: str | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    for words in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = DecodedStreamObject()
        if words:
            content.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if password is not None:
        writer.encrypt(password, owner, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode("gbk"),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16-le", "utf-16-be", "gb18030", "gbk-crlf", "cr"],
)
def test_every_usual_encoding_gives_the_same_text(raw):
    assert decode_text(raw) == TEXT


def test_control_and_invisible_characters_are_taken_out():
    assert decode_text("第\u200b一\x07条\ufeff　车\u00ad位\ttab".encode()) == "第一条　车位\ttab"


def test_radicals_become_characters_and_punctuation_stays():
    assert decode_text("⼈⺠⽤⼾，⻋⻔（⼀）：⻓⻅！".encode()) == "人民用户，车门（一）：长见！"


def test_no_radical_that_stands_for_a_whole_character_is_left():
    text = "".join(chr(code) for code in range(0x2F00, 0x2FD6))
    assert not any(0x2E80 <= ord(character) <= 0x2FDF for character in decode_text(text.encode()))


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + b"\0" * 9,
    ],
)
def test_binary_content_is_refused(raw):
    with pytest.raises(UnreadableDocument):
        decode_text(raw)


def test_damaged_utf8_is_refused_and_not_read_as_other_characters():
    raw = bytearray((TEXT * 20).encode())
    raw[100] = 0xFF
    with pytest.raises(UnreadableDocument, match=r"第 .* 字节处已损坏"):
        decode_text(bytes(raw))


def test_empty_file_is_empty_text():
    assert decode_text(b"") == ""


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


def test_pdf_text_layer_is_read(tmp_path, parser):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes("Article one", "Article two"))
    assert one(path, parser).text == "Article one\nArticle two"


def chinese_pdf_bytes(lines: list[str]) -> bytes:
    """A PDF whose font names its glyphs by number, with a table back to Unicode, as printers do."""
    glyphs = sorted(set("".join(lines)))
    number = {glyph: index + 1 for index, glyph in enumerate(glyphs)}
    table = "\n".join(f"<{number[g]:04X}> <{g.encode('utf-16-be').hex()}>" for g in glyphs)
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    to_unicode, content = DecodedStreamObject(), DecodedStreamObject()
    to_unicode.set_data(
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange\n<0000> <FFFF>\n"
        f"endcodespacerange\n{len(glyphs)} beginbfchar\n{table}\nendbfchar endcmap".encode()
    )
    shown = " ".join(f"<{''.join(f'{number[g]:04X}' for g in line)}> Tj 0 -20 Td" for line in lines)
    content.set_data(f"BT /F1 12 Tf 50 700 Td {shown} ET".encode())
    names = {"/Type": "/Font", "/BaseFont": "/Song"}
    descendant = DictionaryObject(
        {NameObject(k): NameObject(v) for k, v in {**names, "/Subtype": "/CIDFontType2"}.items()}
    )
    font = DictionaryObject(
        {
            NameObject(k): NameObject(v)
            for k, v in {**names, "/Subtype": "/Type0", "/Encoding": "/Identity-H"}.items()
        }
    )
    font[NameObject("/DescendantFonts")] = ArrayObject([writer._add_object(descendant)])
    font[NameObject("/ToUnicode")] = writer._add_object(to_unicode)
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_chinese_pdf_gives_paragraphs_in_real_characters(tmp_path, parser):
    path = tmp_path / "条例.pdf"
    lines = [
        "示例市停⻋条例",
        "第⼀条　居⺠可以向社区查询车位的编号和价格，社区应当在⼗",
        "个工作日内答复，并且说明理由。",
        "第⼆条　本条例自公布之日起施行。",
    ]
    path.write_bytes(chinese_pdf_bytes(lines))
    assert one(path, parser).text == (
        "示例市停车条例\n"
        "第一条　居民可以向社区查询车位的编号和价格，社区应当在十个工作日内答复，并且说明理由。\n"
        "第二条　本条例自公布之日起施行。"
    )


def test_pdf_with_a_scanned_page_says_which(tmp_path, parser):
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(pdf_bytes("Article one")))
    page = writer.add_blank_page(300, 300)
    picture = DecodedStreamObject()
    picture.set_data(b"\0")
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceGray"}
    picture.update({NameObject(k): NameObject(v) for k, v in names.items()})
    sizes = {"/Width": 1, "/Height": 1, "/BitsPerComponent": 8}
    picture.update({NameObject(k): NumberObject(v) for k, v in sizes.items()})
    pictures = DictionaryObject({NameObject("/Im1"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    path = tmp_path / "a.pdf"
    writer.write(path)
    read, lost = read_documents(path, parser)
    assert read.text == "Article one"
    assert lost.name == "a.pdf!/第2页"
    assert "第 2 页没有文字层" in (lost.skip_reason or "")


def test_pdf_that_only_forbids_printing_is_read(tmp_path, parser):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes("Article one", password="", owner="owner"))
    assert one(path, parser).text == "Article one"


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
        ("坏.pdf", b"%PDF-1.7\nnothing more", "已损坏"),
        ("坏.pdf", pdf_bytes("Article one")[:300], "已损坏"),
        ("密.pdf", pdf_bytes("secret", password="x"), "已加密"),
        ("扫描.pdf", pdf_bytes("", ""), "没有文字层"),
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
    assert name in document.skip_reason
    assert reason in document.skip_reason
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


def test_missing_file_is_reported(tmp_path, parser):
    assert "无法读取" in (one(tmp_path / "没有.txt", parser).skip_reason or "")


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
                "条例.docx": word_bytes(),
            }
        )
    )
    documents = {document.name: document for document in read_documents(path, parser)}
    assert {name for name, document in documents.items() if document.text} == {
        "包.zip!/目录/甲.txt",
        "包.zip!/内.zip!/乙.md",
        "包.zip!/条例.docx",
    }
    assert "已损坏" in (documents["包.zip!/目录/坏.docx"].skip_reason or "")
    assert "嵌套过深" in (documents["包.zip!/内.zip!/丙.zip"].skip_reason or "")
    assert len(documents) == 5


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
    assert "弹.txt" in large
    [total] = reasons(ArchiveLimits(total_bytes=200_000))
    assert "其余未读" in total
    [count] = reasons(ArchiveLimits(members=2))
    assert "超过 2 个" in count


def hungry_word() -> bytes:
    """A small Word file whose text unpacks to some 400 MB and its tree to gigabytes."""
    parts = io.BytesIO(word_bytes())
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(parts) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            raw = source.read(name)
            if name == "word/document.xml":
                head, tail = raw.split(b"</w:body>")
                with target.open(name, "w") as stream:
                    stream.write(head)
                    for _ in range(40):
                        stream.write(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000)
                    stream.write(b"</w:body>" + tail)
            else:
                target.writestr(name, raw)
    return buffer.getvalue()


def test_file_that_takes_gigabytes_is_stopped_and_the_next_is_read(tmp_path, parser):
    hungry = tmp_path / "大.docx"
    hungry.write_bytes(hungry_word())
    assert hungry.stat().st_size < 3_000_000
    document = one(hungry, parser)
    assert document.text is None
    assert "大.docx" in (document.skip_reason or "")
    good = tmp_path / "好.docx"
    good.write_bytes(word_bytes())
    assert one(good, parser).text


def test_file_that_takes_too_long_is_stopped(tmp_path):
    path = tmp_path / "慢.docx"
    path.write_bytes(word_bytes())
    with LimitedParser(ParserLimits(seconds=0.001)) as parser:
        assert "已停止" in (one(path, parser).skip_reason or "")


def test_reply_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "长.docx"
    path.write_bytes(word_bytes())
    with LimitedParser(ParserLimits(reply_bytes=20)) as parser:
        assert "过大" in (one(path, parser).skip_reason or "")


def test_one_call_without_a_parser_reads_word(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(word_bytes())
    [document] = read_documents(path)
    assert document.skip_reason is None
