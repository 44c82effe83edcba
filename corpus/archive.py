"""Reading zip archives from anywhere: names in any encoding, and limits against hostile ones."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from corpus.errors import UnreadableDocument

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_SYSTEM_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may unpack to.

    ``ratio`` (unpacked to packed bytes) counts for members above ``ratio_from`` bytes only:
    a small file of spaces packs very well and harms nobody.
    """

    members: int = 50_000
    member_bytes: int = 64 << 20
    total_bytes: int = 2 << 30
    ratio: int = 200
    ratio_from: int = 4 << 20
    depth: int = 1


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one archive, with those nested in it, is read."""

    limits: ArchiveLimits
    members: int = field(init=False)
    total_bytes: int = field(init=False)

    def __post_init__(self) -> None:
        self.members = self.limits.members
        self.total_bytes = self.limits.total_bytes

    def take_member(self) -> None:
        """Count one member.

        Raises:
            BudgetExceeded: There were too many.
        """
        self.members -= 1
        if self.members < 0:
            raise BudgetExceeded(
                f"压缩包内文件超过 {self.limits.members} 个，其余未读，请分成几个压缩包。"
            )

    def take_bytes(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            BudgetExceeded: There were too many.
        """
        self.total_bytes -= size
        if self.total_bytes < 0:
            megabytes = self.limits.total_bytes >> 20
            raise BudgetExceeded(f"压缩包展开后超过 {megabytes} MB，其余未读，请分成几个压缩包。")


class BudgetExceeded(UnreadableDocument):
    """The whole archive exceeds a limit: reading stops here."""


def member_name(member: zipfile.ZipInfo) -> str:
    """Real name of a member: archives made on Chinese Windows hold GBK bytes without saying so."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def safe_parts(name: str) -> tuple[str, ...]:
    """Path of a member as parts below the folder it is unpacked to.

    Raises:
        UnreadableDocument: An absolute path, a drive letter, or a step upward.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    unsafe = not parts or parts[0] == "/" or ".." in parts or ":" in parts[0] or "\x00" in name
    if unsafe:
        raise UnreadableDocument("压缩包内的路径不安全（绝对路径或含“..”），未读取。")
    return parts


def is_litter(parts: tuple[str, ...]) -> bool:
    """Whether a member is what an operating system left there, not what somebody packed."""
    return any(part in _SYSTEM_LITTER or part.startswith("._") for part in parts)


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> bytes:
    """Unpacked bytes of one member, counted as they come: headers may lie.

    Raises:
        UnreadableDocument: Encrypted, damaged, a link, or beyond the limits.
    """
    return b"".join(member_chunks(archive, member, budget))


def member_chunks(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> Iterator[bytes]:
    """As :func:`read_member`, a megabyte at a time."""
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableDocument("压缩包已加密，请解除密码后再试。")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableDocument("压缩包内是链接而不是文件，未读取。")
    try:
        with archive.open(member) as stream:
            yield from _limited(stream, member, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableDocument("压缩包内的文件已损坏，无法解压。") from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableDocument("压缩方式不受支持，请用普通 zip 重新压缩。") from error


def _limited(stream: IO[bytes], member: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    limits, size = budget.limits, 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        budget.take_bytes(len(chunk))
        if size > limits.member_bytes:
            raise UnreadableDocument(f"文件展开后超过 {limits.member_bytes >> 20} MB，未读取。")
        if size > limits.ratio_from and size > limits.ratio * max(member.compress_size, 1):
            raise UnreadableDocument("文件压缩比异常（疑似压缩炸弹），未读取。")
        yield chunk
