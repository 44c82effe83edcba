"""Pulling a collection from a real server on loopback: breaks, lies, hostile archives."""

import hashlib
import io
import socket
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from corpus.download import DownloadLimits, _refuse_downgrade
from corpus.errors import (
    ArchiveDamaged,
    DigestMismatch,
    DownloadRefused,
    PullError,
    SourceUnreachable,
)
from corpus.pull import Source, pull

PADDING = bytes(range(256)) * 4000  # stored, not packed: the archive is about a megabyte


def zip_archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


def tar_archive(members: dict[str, bytes], link: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, raw in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
        if link is not None:
            member = tarfile.TarInfo("Laws-master/link.md")
            member.type, member.linkname = tarfile.SYMTYPE, link
            archive.addfile(member)
    return buffer.getvalue()


ARCHIVE = zip_archive(
    {"Laws-master/示例市停车条例.md": "第一条".encode(), "Laws-master/a/b": PADDING}
)


@dataclass
class Site:
    """What the server does, and what it was asked."""

    body: bytes = ARCHIVE
    etag: str | None = '"v1"'
    honours_range: bool = True
    cut_after: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    says_length: bool = True
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""


class Answerer(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        site, wanted = self.site, self.headers.get("Range")
        site.requests.append((self.path, wanted))
        if self.path in site.redirects:
            self.reply(302, [("Location", site.redirects[self.path])], b"")
        elif site.statuses:
            self.reply(site.statuses.pop(0), [], b"no")
        elif wanted and site.honours_range and self.headers.get("If-Range") == site.etag:
            self.partial(int(wanted.removeprefix("bytes=").removesuffix("-")))
        else:
            self.reply(200, [], site.body)

    def partial(self, start: int) -> None:
        whole = len(self.site.body)
        if start >= whole:
            self.reply(416, [("Content-Range", f"bytes */{whole}")], b"")
            return
        span = ("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        self.reply(206, [span], self.site.body[start:])

    def reply(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if self.site.etag:
            self.send_header("ETag", self.site.etag)
        if self.site.says_length:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if status in (200, 206) and self.site.cut_after:
            body = body[: self.site.cut_after.pop(0)]
        self.wfile.write(body)
        self.close_connection = True


@pytest.fixture
def site(monkeypatch) -> Iterator[Site]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    site = Site()
    kind = type("Bound", (Answerer,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def source(site: Site, **changes: object) -> Source:
    plain = {"name": "laws", "url": f"{site.url}/laws.zip", "strip_prefix": "Laws-master"}
    return Source.model_validate({**plain, **changes})


def limits(attempts: int = 3, **changes: object) -> DownloadLimits:
    return DownloadLimits(attempts=attempts, pause=lambda _: None, **changes)


def silent(have: int, total: int | None) -> None:
    """Progress that nobody watches."""


def test_a_collection_arrives_whole_with_progress(site, tmp_path):
    seen: list[tuple[int, int | None]] = []
    digest = hashlib.sha256(ARCHIVE).hexdigest()
    folder = pull(source(site, sha256=digest), tmp_path, lambda *at: seen.append(at), limits())
    assert folder == tmp_path / "laws"
    assert (folder / "示例市停车条例.md").read_text(encoding="utf-8") == "第一条"
    assert (folder / "a" / "b").read_bytes() == PADDING
    assert seen[0] == (0, len(ARCHIVE))
    assert seen[-1] == (len(ARCHIVE), len(ARCHIVE))
    assert [have for have, _ in seen] == sorted(have for have, _ in seen)
    assert [entry.name for entry in tmp_path.iterdir()] == ["laws"]


def test_an_interrupted_transfer_is_resumed_in_the_same_call(site, tmp_path):
    site.cut_after = [400_000, 300_000]
    folder = pull(source(site), tmp_path, silent, limits())
    assert (folder / "a" / "b").read_bytes() == PADDING
    assert [wanted for _, wanted in site.requests] == [None, "bytes=400000-", "bytes=700000-"]


def test_the_next_call_goes_on_where_the_last_one_failed(site, tmp_path):
    site.cut_after = [400_000]
    with pytest.raises(SourceUnreachable, match="接着下载"):
        pull(source(site), tmp_path, silent, limits(attempts=1))
    assert not (tmp_path / "laws").exists()
    pull(source(site), tmp_path, silent, limits(attempts=1))
    assert site.requests[-1][1] == "bytes=400000-"
    assert (tmp_path / "laws" / "a" / "b").read_bytes() == PADDING


def test_everything_received_but_not_renamed_is_taken_as_it_is(site, tmp_path):
    site.cut_after = [len(ARCHIVE) - 1]
    with pytest.raises(SourceUnreachable):
        pull(source(site), tmp_path, silent, limits(attempts=1))
    [part] = tmp_path.glob(".*.part")
    part.write_bytes(ARCHIVE)
    pull(source(site), tmp_path, silent, limits(attempts=1))
    assert (tmp_path / "laws" / "a" / "b").read_bytes() == PADDING


def test_a_changed_file_is_fetched_anew_and_never_mixed(site, tmp_path):
    site.cut_after = [400_000]
    with pytest.raises(SourceUnreachable):
        pull(source(site), tmp_path, silent, limits(attempts=1))
    site.etag, site.body = '"v2"', zip_archive({"Laws-master/new.md": b"new"})
    folder = pull(source(site), tmp_path, silent, limits(attempts=1))
    assert [entry.name for entry in folder.iterdir()] == ["new.md"]


@pytest.mark.parametrize("etag", [None, 'W/"weak"'])
def test_without_a_strong_validator_it_begins_again(site, tmp_path, etag):
    site.etag, site.cut_after = etag, [400_000]
    pull(source(site), tmp_path, silent, limits())
    assert [wanted for _, wanted in site.requests] == [None, None]
    assert (tmp_path / "laws" / "a" / "b").read_bytes() == PADDING


def test_a_server_that_ignores_range_begins_again(site, tmp_path):
    site.honours_range, site.cut_after = False, [400_000]
    pull(source(site), tmp_path, silent, limits())
    assert site.requests[1][1] == "bytes=400000-"
    assert (tmp_path / "laws" / "a" / "b").read_bytes() == PADDING


def test_a_wrong_digest_replaces_nothing_and_keeps_nothing(site, tmp_path):
    pull(source(site), tmp_path, silent, limits())
    site.body = zip_archive({"Laws-master/evil.md": b"evil"})
    with pytest.raises(DigestMismatch, match="校验不符"):
        pull(source(site, sha256="0" * 64), tmp_path, silent, limits())
    assert (tmp_path / "laws" / "a" / "b").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["laws"]


def test_a_new_pull_replaces_the_old_folder_entirely(site, tmp_path):
    pull(source(site), tmp_path, silent, limits())
    site.body = zip_archive({"Laws-master/new.md": b"new"})
    folder = pull(source(site), tmp_path, silent, limits())
    assert [entry.name for entry in folder.iterdir()] == ["new.md"]


def test_no_server_says_what_to_do_by_hand(site, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}/laws.zip"
    waits: list[float] = []
    bounded = DownloadLimits(attempts=4, first_pause=1.0, pause=waits.append)
    with pytest.raises(SourceUnreachable, match="advisor corpus add") as caught:
        pull(source(site, url=nowhere), tmp_path, silent, bounded)
    assert nowhere in str(caught.value)
    assert waits == [1.0, 2.0, 4.0]


def test_not_found_is_said_at_once(site, tmp_path):
    site.statuses = [404, 404]
    with pytest.raises(DownloadRefused, match="404"):
        pull(source(site), tmp_path, silent, limits())
    assert len(site.requests) == 1


def test_a_busy_server_is_asked_again_but_not_for_ever(site, tmp_path):
    site.statuses = [503, 429]
    assert pull(source(site), tmp_path, silent, limits()).is_dir()
    site.statuses = [503] * 9
    with pytest.raises(SourceUnreachable, match="503"):
        pull(source(site), tmp_path, silent, limits())
    assert len(site.statuses) == 6


def test_redirects_are_followed_but_not_for_ever(site, tmp_path):
    site.redirects = {"/laws.zip": "/there", "/there": f"{site.url}/final.zip"}
    assert pull(source(site), tmp_path, silent, limits()).is_dir()
    site.redirects = {"/laws.zip": "/laws.zip"}
    with pytest.raises(DownloadRefused, match="跳转"):
        pull(source(site), tmp_path, silent, limits())


def test_a_redirect_away_from_https_is_refused():
    asked = httpx.Response(302, request=httpx.Request("GET", "https://example.org/a"))
    answer = httpx.Response(
        200, request=httpx.Request("GET", "http://example.org/a"), history=[asked]
    )
    with pytest.raises(DownloadRefused, match="不安全"):
        _refuse_downgrade(answer)


@pytest.mark.parametrize("says_length", [True, False])
def test_a_file_beyond_the_limit_is_refused(site, tmp_path, says_length):
    site.says_length = says_length
    with pytest.raises(DownloadRefused, match="上限"):
        pull(source(site), tmp_path, silent, limits(max_bytes=100_000))


def test_a_page_instead_of_an_archive_is_said(site, tmp_path):
    site.body = b"<html>please log in</html>"
    with pytest.raises(ArchiveDamaged, match="zip"):
        pull(source(site), tmp_path, silent, limits())
    with pytest.raises(ArchiveDamaged, match=r"tar\.gz"):
        pull(source(site, format="tar.gz"), tmp_path, silent, limits())
    assert list(tmp_path.iterdir()) == []


def test_a_tar_is_unpacked_without_its_links(site, tmp_path):
    site.body = tar_archive({"Laws-master/x/a.md": b"a", "README": b"r"}, link="/etc/passwd")
    folder = pull(source(site, format="tar.gz"), tmp_path, silent, limits())
    assert sorted(str(p.relative_to(folder)) for p in folder.rglob("*")) == [
        "README",
        "x",
        "x/a.md",
    ]


def test_a_tar_cut_short_is_refused(site, tmp_path):
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(256)) * 200
    site.body = tar_archive({"a": noise, "b": noise[::-1]})[:4000]
    with pytest.raises(ArchiveDamaged):
        pull(source(site, format="tar.gz"), tmp_path, silent, limits())


@pytest.mark.parametrize("name", ["../evil.md", "/tmp/evil.md", "a/../../evil.md", "..\\evil.md"])
@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_that_reaches_outside_is_refused(site, tmp_path, name, kind):
    home = tmp_path / "home"
    pack = zip_archive if kind == "zip" else tar_archive
    site.body = pack({"good.md": b"good", name: b"evil"})
    with pytest.raises(ArchiveDamaged, match="不安全"):
        pull(source(site, format=kind), home, silent, limits())
    assert [path.name for path in tmp_path.rglob("*")] == ["home"]


def test_a_folder_that_cannot_be_written_is_said(site, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(PullError, match="无法写入"):
        pull(source(site), blocked, silent, limits())
