"""Parsing docx, pdf and workbooks in a child process under limits of memory and time."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

from corpus.decoding import clean_text
from corpus.errors import UnreadableDocument

_PROGRAM = Path(__file__).with_name("parse_child.py")

Kind = Literal["docx", "pdf"]
Sheets = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
"""Name and rows of every sheet of a workbook."""


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What one child process may take.

    ``memory_bytes`` is address space, ``seconds`` wall-clock for one file, ``reply_bytes`` the
    longest reply read back, ``files`` how many files one child reads before a fresh one starts.
    """

    memory_bytes: int = 1 << 30
    seconds: float = 60.0
    reply_bytes: int = 128 << 20
    files: int = 200


@dataclass(frozen=True, slots=True)
class ParsedText:
    """Clean text of a file; ``pages_without_text`` are pdf pages that hold a picture only."""

    text: str
    pages_without_text: tuple[int, ...] = ()


class LimitedParser:
    """Parses files one at a time in a child that is started on first use and kept for the next.

    Use it as a context manager around a batch. A file that exceeds the limits costs its child,
    is reported as :class:`UnreadableDocument`, and the next file gets a new child.
    """

    def __init__(self, limits: ParserLimits | None = None) -> None:
        self._limits = limits or ParserLimits()
        self._child: subprocess.Popen[bytes] | None = None
        self._files_read = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def parse(self, raw: bytes, kind: Kind) -> ParsedText:
        """Text of one file.

        Args:
            raw: The whole file.
            kind: The format to read it as.

        Raises:
            UnreadableDocument: Corrupt, encrypted, without a text layer, or beyond the limits;
                the Chinese message says which.
        """
        reply = self._reply(raw, kind)
        pages = reply.get("pages_without_text")
        return ParsedText(
            clean_text(str(reply["text"])),
            tuple(int(page) for page in pages) if isinstance(pages, list) else (),
        )

    def sheets(self, raw: bytes) -> Sheets:
        """Rows of every sheet of an Excel workbook, as clean text.

        Raises:
            UnreadableDocument: Corrupt, encrypted, no workbook, or beyond the limits.
        """
        sheets = self._reply(raw, "workbook").get("sheets")
        return tuple(
            (str(name), tuple(tuple(clean_text(str(cell)) for cell in row) for row in rows))
            for name, rows in (sheets if isinstance(sheets, list) else ())
        )

    def parts(self, path: Path) -> Iterator[Mapping[str, object]]:
        """A workbook part by part, so that no whole sheet stands in this process.

        The parts are told by :func:`corpus.ledger_sheets.workbook_parts`. A child of its own reads
        them: other files can be parsed meanwhile, and it ends with the iteration.

        Raises:
            UnreadableDocument: As :meth:`sheets`, also between two parts.
        """
        request: str | None = json.dumps({"path": str(path.resolve()), "kind": "parts"})
        with LimitedParser(replace(self._limits, files=sys.maxsize)) as own:
            while "end" not in (part := own._ask(request)):
                if "refused" in part:
                    raise UnreadableDocument(str(part["refused"]))
                yield part
                request = None

    def _reply(self, raw: bytes, kind: Kind | Literal["workbook"]) -> dict[str, object]:
        with self._lock, tempfile.TemporaryDirectory(prefix="advisor-parse-") as folder:
            path = Path(folder, "file")
            path.write_bytes(raw)
            reply = self._ask(json.dumps({"path": str(path), "kind": kind}))
        if "refused" in reply:
            raise UnreadableDocument(str(reply["refused"]))
        return reply

    def close(self) -> None:
        """End the child process, if there is one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # the pipe of a dead child
                    stream.close()
        child.wait()

    def _ask(self, request: str | None) -> dict[str, object]:
        stdin, stdout, child = self._running_child()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        try:
            line = _exchange(stdin, stdout, request, self._limits.reply_bytes)
        finally:
            timer.cancel()
        return self._checked(line, timed_out=late.is_set())

    def _checked(self, line: bytes, *, timed_out: bool) -> dict[str, object]:
        if not line.endswith(b"\n"):
            self.close()
            if timed_out:
                raise UnreadableDocument(
                    f"读取超过 {self._limits.seconds:g} 秒，已停止；文件可能已损坏或过大。"
                )
            if len(line) >= self._limits.reply_bytes:
                raise UnreadableDocument("文件展开后过大，已停止读取。")
            raise UnreadableDocument("读取程序意外中止；文件可能已损坏或展开后过大。")
        reply: dict[str, object] = json.loads(line)
        self._files_read += 1
        if timed_out or reply.get("spent") or self._files_read >= self._limits.files:
            self.close()
        return reply

    def _running_child(self) -> tuple[IO[bytes], IO[bytes], "subprocess.Popen[bytes]"]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-P", str(_PROGRAM), str(self._limits.memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(_PROGRAM.parent.parent)},
            )
            self._files_read = 0
        if self._child.stdin is None or self._child.stdout is None:
            raise UnreadableDocument("读取程序无法启动。")
        return self._child.stdin, self._child.stdout, self._child


def _exchange(stdin: IO[bytes], stdout: IO[bytes], request: str | None, reply_bytes: int) -> bytes:
    """Send one line, if any, and read one line; empty or cut short when the child died."""
    if request is None:
        return stdout.readline(reply_bytes)
    try:
        stdin.write(request.encode() + b"\n")
        stdin.flush()
    except OSError:
        return b""
    return stdout.readline(reply_bytes)
