"""What every request passes: security headers, the last resort, and the gate for bodies."""

import codecs
import time
from collections.abc import Iterable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Problem, problem_of, respond
from api.logs import frames_of
from api.uploads import MAX_UPLOAD_BYTES, UPLOAD_TYPES

MAX_BODY_BYTES = 1024 * 1024
"""Largest body taken, in bytes; 20,000 Chinese characters are 60 KB in UTF-8."""

UPLOAD_PATHS = frozenset({"/v1/batches", "/batches"})
"""Where files are handed in: they are larger, and no text to recode."""

_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_CHARSETS = frozenset({"utf-8", "ascii", "gb2312", "gbk", "gb18030", "big5", "big5hkscs"})
_FORM = "application/x-www-form-urlencoded"

log = structlog.get_logger("api")


class SecurityHeaders:
    """Adds the headers that keep a browser from loading or framing anything foreign."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class LastResort:
    """Logs each request without its content, and turns what nobody caught into a plain 500."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 when it fails before an answer has begun."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def send_noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noting_status)
        except Exception as error:
            log.error("request_failed", path=scope["path"], **frames_of(error))
            if status:
                raise
            await respond(problem_of(error), scope["path"])(scope, receive, send_noting_status)
        finally:
            took = round((time.perf_counter() - begun) * 1000, 1)
            log.info(
                "request", method=scope["method"], path=scope["path"], status=status, took_ms=took
            )


class BodyGate:
    """Takes a body only when it is small, of a known type and readable; hands it on as UTF-8.

    A JSON body in GB18030 (or GBK, Big5) is accepted when its ``Content-Type`` names the charset.
    """

    def __init__(self, app: ASGIApp, max_bytes: int = MAX_BODY_BYTES) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, refuse it or replay it to the app."""
        if scope["type"] != "http" or scope["method"] not in {"POST", "PUT", "PATCH"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_file = scope["path"] in UPLOAD_PATHS
        limit = MAX_UPLOAD_BYTES if is_file else self.max_bytes
        body = await self._read(headers, receive, limit)
        problem = _too_large(limit) if body is None else _refusal(scope, headers, body)
        recoded = body or b""
        if problem is None and body is not None and not is_file:
            recoded, problem = _recode(body, headers)
        if problem is not None:
            await respond(problem, scope["path"])(scope, receive, send)
            return
        replayed = {**scope, "headers": _headers_for(scope["headers"], len(recoded))}
        await self.app(replayed, _replay(recoded, receive), send)

    async def _read(self, headers: Headers, receive: Receive, limit: int) -> bytes | None:
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            return None
        chunks, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                break
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            more = message.get("more_body", False)
            if size > limit:
                return None
        return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [body]

    async def replay() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replay


def _headers_for(headers: Iterable[tuple[bytes, bytes]], size: int) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() != b"content-length"]
    return [*kept, (b"content-length", str(size).encode())]


def _media_type(headers: Headers) -> tuple[str, str]:
    """Media type and charset of the request, both lower case; charset "" when not named."""
    kind, *parameters = headers.get("content-type", "").split(";")
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()
    return kind.strip().lower(), charset


def _too_large(limit: int) -> Problem:
    return Problem(413, "body_too_large", "内容过大", f"请求内容超过 {limit // 1024} KB 上限。")


def _refusal(scope: Scope, headers: Headers, body: bytes) -> Problem | None:
    if headers.get("sec-fetch-site") == "cross-site":
        return Problem(403, "cross_site", "来源不符", "不接受其他网站发起的提交。")
    kind, charset = _media_type(headers)
    if scope["path"] in UPLOAD_PATHS:
        return _file_refusal(kind)
    expected = _FORM if not scope["path"].startswith("/v1/") else "application/json"
    if kind != expected and (kind or body):
        return Problem(415, "media_type", "类型不支持", f"请以 {expected} 提交。")
    if charset and _codec(charset) is None:
        return Problem(415, "charset", "编码不支持", "文字编码请用 UTF-8 或 GB18030。")
    return None


def _file_refusal(kind: str) -> Problem | None:
    if kind in UPLOAD_TYPES:
        return None
    return Problem(415, "media_type", "类型不支持", "请上传 xlsx、xls、ods、csv 或 jsonl 文件。")


def _codec(charset: str) -> str | None:
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    return name if name in _CHARSETS else None


def _recode(body: bytes, headers: Headers) -> tuple[bytes, Problem | None]:
    charset = _codec(_media_type(headers)[1] or "utf-8") or "utf-8"
    try:
        return body.decode(charset).removeprefix("\ufeff").encode(), None
    except UnicodeDecodeError:
        return b"", Problem(
            400,
            "encoding",
            "编码有误",
            f"内容不是有效的 {charset.upper()} 文字；"
            "GB18030 内容请在 Content-Type 写明 charset=GB18030。",
        )
