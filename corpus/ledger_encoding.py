"""Large text files as lines: the encoding found in one pass, damaged bytes kept to their line."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar

from corpus.errors import UnreadableDocument

_PIECE = 1 << 20
_SAMPLE = 20_000
_DAMAGE_SHARE = 0.05
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = "文件内容是二进制，不是文本。"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file whose encoding is known; ``beginning`` are its first characters.

    Bytes that are no characters read as ``DAMAGE``.
    """

    DAMAGE: ClassVar[str] = "\ufffd"

    path: Path
    encoding: str
    beginning: str

    @contextmanager
    def lines(self) -> Iterator[IO[str]]:
        """The file opened for reading line by line, line ends as they are."""
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as stream:
            yield stream


def open_text(path: Path) -> TextFile:
    """The encoding of a file: by its mark, else UTF-8, else GB18030.

    Raises:
        UnreadableDocument: Binary content, or neither encoding reads it.
    """
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if encoding is None and b"\0" in start:
        raise UnreadableDocument(_BINARY)
    encoding = encoding or _least_damaged(path)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        return TextFile(path, encoding, text.read(_SAMPLE))


def _least_damaged(path: Path) -> str:
    # UTF-8 with a few damaged bytes is told from GB18030 by how little of it is damaged
    for encoding in ("utf-8", "gb18030"):
        if _damage(path, encoding) <= _DAMAGE_SHARE:
            return encoding
    raise UnreadableDocument(
        "无法识别文件编码（不是 UTF-8、UTF-16 或 GB18030），请另存为 UTF-8 后再试。"
    )


def _damage(path: Path, encoding: str) -> float:
    """The share of characters beyond ASCII that cannot be read in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    damaged = beyond = 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            text = decoder.decode(piece)
            damaged += text.count(TextFile.DAMAGE)
            beyond += sum(character > "\x7f" for character in text) if not text.isascii() else 0
    return damaged / beyond if beyond else 0.0
