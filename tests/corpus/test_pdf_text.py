"""PDF files: the text layer in paragraphs, and what has none."""

import io
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from corpus.documents import RawDocument, read_documents
from corpus.limited_parser import LimitedParser


@pytest.fixture(scope="module")
def parser():
    with LimitedParser() as shared:
        yield shared


def one(path: Path, parser: LimitedParser) -> RawDocument:
    [document] = read_documents(path, parser)
    return document


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


def test_a_stream_that_unpacks_to_gigabytes_is_said_to_be_too_large(tmp_path, parser):
    packer = zlib.compressobj(9)
    operators = b"BT (a) Tj ET\n" * 100_000
    packed = b"".join(packer.compress(operators) for _ in range(200)) + packer.flush()
    plain = pdf_bytes("")
    place = plain.index(b"/Length 0")
    end = plain.index(b"endstream", place)
    dictionary = b"/Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    path = tmp_path / "大.pdf"
    path.write_bytes(plain[:place] + dictionary + packed + b"\n" + plain[end:])
    assert "过大" in (one(path, parser).skip_reason or "")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.7\nnothing more", "已损坏"),
        (pdf_bytes("Article one")[:300], "已损坏"),
        (pdf_bytes("secret", password="x"), "已加密"),
        (pdf_bytes("", ""), "没有文字层"),
    ],
    ids=["no pdf", "cut short", "encrypted", "scan"],
)
def test_what_cannot_be_read_is_reported_by_name(tmp_path, parser, raw, reason):
    path = tmp_path / "条例.pdf"
    path.write_bytes(raw)
    document = one(path, parser)
    assert document.text is None
    assert document.name == "条例.pdf"
    assert reason in (document.skip_reason or "")
