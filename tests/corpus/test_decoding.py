"""Bytes become clean text, or are refused: nothing is read as something else."""

import pytest

from corpus.decoding import decode_text
from corpus.errors import UnreadableDocument

TEXT = "第一条　示例市的停车位，由社区统一编号。\n第二条　夜间不得占用消防通道。\n"


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
