"""Downloading one file over HTTP: resumed after a break, bounded, never half there."""

import itertools
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from corpus.errors import DownloadRefused, PullError, SourceUnreachable

ProgressReport = Callable[[int, int | None], None]
"""Called with the bytes present and the bytes expected in all (None: the server does not say)."""

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """Bounds of one download.

    ``attempts`` counts connections; ``pause`` is called with the seconds to wait before the next
    one, which double from ``first_pause``. ``timeout`` is seconds without a byte.
    """

    attempts: int = 5
    first_pause: float = 1.0
    timeout: float = 30.0
    max_bytes: int = 4 << 30
    pause: Callable[[float], None] = field(default=time.sleep)


@dataclass(frozen=True, slots=True)
class _Partial:
    """The file so far, and beside it what the server said of the version it belongs to."""

    path: Path

    @property
    def note(self) -> Path:
        return self.path.with_name(self.path.name + ".json")

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def validator(self) -> str | None:
        """ETag or Last-Modified of the version begun; without one a resume could mix versions."""
        try:
            told = json.loads(self.note.read_text(encoding="utf-8"))["validator"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return told if isinstance(told, str) and told else None

    def begin(self, response: httpx.Response) -> None:
        self.path.write_bytes(b"")
        etag = response.headers.get("etag", "")
        weak = etag.startswith("W/")  # If-Range needs a strong one (RFC 9110, 13.1.5)
        validator = "" if weak else etag or response.headers.get("last-modified", "")
        self.note.write_text(json.dumps({"validator": validator}), encoding="utf-8")

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


class _Again(Exception):
    """This attempt failed in a way that the next one may not."""


def download(
    url: str, target: Path, on_progress: ProgressReport, limits: DownloadLimits | None = None
) -> Path:
    """Fetch ``url`` to ``target``, going on where an earlier call was interrupted.

    The part received lies beside the target as ``*.part`` until it is complete; a call that fails
    leaves it there for the next.

    Raises:
        SourceUnreachable: No connection, or it broke too often.
        DownloadRefused: The server answered, but not with the file; or the file is too large.
        PullError: The disk is full or cannot be written.
    """
    limits = limits or DownloadLimits()
    partial = _Partial(target.with_name(target.name + ".part"))
    with _disk_errors(), _client(limits) as client:
        for attempt in range(limits.attempts):
            try:
                _receive(client, url, partial, on_progress, limits.max_bytes)
                break
            except (_Again, httpx.TransportError) as error:
                if attempt + 1 == limits.attempts or isinstance(error, httpx.UnsupportedProtocol):
                    raise _unreachable(url, error, partial.size()) from error
                limits.pause(limits.first_pause * 2**attempt)
            except (httpx.TooManyRedirects, httpx.InvalidURL) as error:
                raise DownloadRefused(f"下载地址无效或反复跳转，无法取得文件：{url}") from error
        os.replace(partial.path, target)
        partial.discard()
    return target


def _client(limits: DownloadLimits) -> httpx.Client:
    try:
        return httpx.Client(
            timeout=limits.timeout,
            follow_redirects=True,
            headers={"Accept-Encoding": "identity", "User-Agent": "minqing-advisor"},
        )
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        raise PullError("代理设置（HTTP_PROXY 等环境变量）无效或不受支持，请检查。") from error


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PullError(
            f"无法写入下载文件（{error.strerror or '读写错误'}），请检查磁盘。"
        ) from error


def _receive(
    client: httpx.Client, url: str, partial: _Partial, on_progress: ProgressReport, most: int
) -> None:
    have, validator = partial.size(), partial.validator()
    headers = {}
    if have and validator:
        headers = {"Range": f"bytes={have}-", "If-Range": validator}
    with client.stream("GET", url, headers=headers) as response:
        _refuse_downgrade(response)
        if response.status_code == 416:
            if response.headers.get("content-range") == f"bytes */{have}":
                return  # everything had arrived; only the renaming was missing
            partial.discard()
            raise _Again("断点无效，重新下载")
        resumed = response.status_code == 206 and _starts_at(response, have)
        if not resumed:
            _check_status(response, url)
            partial.begin(response)
            have = 0
        total = _total(response, have)
        if (total or 0) > most:
            raise DownloadRefused(f"文件 {_megabytes(total or 0)} 超过上限 {_megabytes(most)}。")
        _append(response, partial, on_progress, (have, total, most))


def _append(
    response: httpx.Response,
    partial: _Partial,
    on_progress: ProgressReport,
    sizes: tuple[int, int | None, int],
) -> None:
    have, total, most = sizes
    on_progress(have, total)
    with partial.path.open("ab") as file:
        for chunk in response.iter_raw():
            have += len(chunk)
            if have > most:
                raise DownloadRefused(f"文件超过上限 {_megabytes(most)}，已停止下载。")
            file.write(chunk)
            on_progress(have, total)
        file.flush()
        os.fsync(file.fileno())
    if total is not None and have != total:
        raise _Again(f"只收到 {have} / {total} 字节")


def _starts_at(response: httpx.Response, have: int) -> bool:
    """Whether a 206 goes on exactly where we stand."""
    if response.headers.get("content-range", "").startswith(f"bytes {have}-"):
        return True
    raise _Again("服务器返回了错误的区段")


def _total(response: httpx.Response, have: int) -> int | None:
    length = response.headers.get("content-length", "")
    return have + int(length) if length.isdigit() else None


def _check_status(response: httpx.Response, url: str) -> None:
    status = response.status_code
    if status == 200:
        return
    if status in _RETRIED:
        raise _Again(f"HTTP {status}")
    reason = "地址不存在，来源可能已搬迁" if status in (404, 410) else "服务器拒绝提供文件"
    raise DownloadRefused(f"{reason}（HTTP {status}）：{url}")


def _refuse_downgrade(response: httpx.Response) -> None:
    urls = [one.url for one in (*response.history, response)]
    for before, after in itertools.pairwise(urls):
        if before.scheme == "https" and after.scheme != "https":
            raise DownloadRefused(f"下载地址从 https 跳转到不安全的地址，已停止：{after}")


def _unreachable(url: str, error: Exception, have: int) -> SourceUnreachable:
    kept = f"已下载的 {_megabytes(have)} 已保留，再次运行会接着下载。" if have else ""
    return SourceUnreachable(
        f"无法从 {url} 下载（{_reason(error)}）。{kept}"
        "如本机不能上网：请在能上网的电脑上用浏览器下载该地址，用 U 盘等拷到本机，"
        "再运行 advisor corpus add 文件夹（或压缩包）。"
    )


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "连接超时"
    if isinstance(error, httpx.ConnectError):
        return "无法连接网络或服务器"
    if isinstance(error, _Again):
        return f"多次尝试未成功：{error}"
    return "连接中断"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"
