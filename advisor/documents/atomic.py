"""Files that are whole or not there: written beside their place, then put into it."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advisor.errors import DocumentError, DocumentRoom

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes ``path`` when all went well, and is gone when not.

    Raises:
        DocumentRoom: no room on the disk.
        DocumentError: the folder is missing, or may not be written to.
    """
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent
        )
        os.close(handle)
        beside = Path(name)
        yield beside
        _settle(beside)
        os.replace(beside, path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _refusal(path: Path, error: OSError) -> DocumentError:
    if error.errno in _NO_ROOM:
        return DocumentRoom(path.name)
    if isinstance(error, FileNotFoundError):
        return DocumentError(f"无法写入 {path.name}：文件夹 {path.parent} 不存在。")
    if isinstance(error, PermissionError):
        return DocumentError(f"无法写入 {path.name}：没有写入权限，或文件正被其他程序打开。")
    return DocumentError(f"无法写入 {path.name}：{error.strerror or error}。")
