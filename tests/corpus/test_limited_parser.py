"""The child that parses: what it may take, and that losing it costs one file only."""

import io
import zipfile

import docx
import pytest

from corpus.errors import UnreadableDocument
from corpus.limited_parser import LimitedParser, ParserLimits


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


def test_file_that_takes_gigabytes_is_stopped_and_the_next_is_read():
    hungry = hungry_word()
    assert len(hungry) < 3_000_000
    with LimitedParser() as parser:
        with pytest.raises(UnreadableDocument, match=r"过大|中止"):
            parser.parse(hungry, "docx")
        assert "第一条" in parser.parse(word_bytes(), "docx").text


def test_file_that_takes_too_long_is_stopped():
    with (
        LimitedParser(ParserLimits(seconds=0.001)) as parser,
        pytest.raises(UnreadableDocument, match="已停止"),
    ):
        parser.parse(word_bytes(), "docx")


def test_reply_beyond_the_limit_is_refused():
    with (
        LimitedParser(ParserLimits(reply_bytes=20)) as parser,
        pytest.raises(UnreadableDocument, match="过大"),
    ):
        parser.parse(word_bytes(), "docx")


def test_a_fresh_child_takes_over_after_some_files():
    with LimitedParser(ParserLimits(files=2)) as parser:
        texts = {parser.parse(word_bytes(), "docx").text for _ in range(5)}
    assert len(texts) == 1


def test_a_child_that_died_between_files_is_replaced():
    with LimitedParser() as parser:
        before = parser.parse(word_bytes(), "docx")
        child = parser._child
        assert child is not None
        child.kill()
        child.wait()
        assert parser.parse(word_bytes(), "docx") == before


def test_a_closed_parser_leaves_no_process():
    parser = LimitedParser()
    parser.parse(word_bytes(), "docx")
    child = parser._child
    assert child is not None
    parser.close()
    assert child.poll() is not None
