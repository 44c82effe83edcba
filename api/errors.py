"""The only table from exceptions to HTTP statuses; every error leaves as problem+json in Chinese.

A body is never echoed and an unexpected exception never shows its message: either may hold
personal data.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from advisor.errors import (
    AdviceAbsent,
    AdvisorError,
    BackupError,
    DocumentError,
    IdempotencyConflict,
    RefusedInput,
    StoreError,
)
from api.schemas.problem import FieldProblem, ProblemOut
from api.validation import explain, name_of
from corpus.errors import (
    CorpusError,
    LedgerError,
    NumberError,
    PullError,
    UnknownRegion,
    UnreadableDocument,
)
from corpus.errors import (
    StoreError as CorpusStoreError,
)
from indexer.errors import BatchRowInvalid, EmbeddingFailed, IndexerError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is said of one error; ``code`` is stable, ``detail`` is for people.

    ``retry_after`` is the seconds after which trying again makes sense, where that is known.
    """

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldProblem, ...] = ()
    retry_after: int | None = None


class Refusal(Exception):
    """A door's own refusal, carrying the problem it is answered with."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def not_found(what: str) -> Refusal:
    """The refusal for something that is not here, named in Chinese."""
    return Refusal(Problem(404, "not_found", "未找到", f"没有找到{what}。"))


_INTERNAL = Problem(
    500, "internal", "服务出错", "服务内部出错，请稍后重试；反复出现时请联系系统维护人员。"
)
_UNAVAILABLE = "服务暂不可用"
_BY_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("bad_request", "请求有误", "请求内容无法解析，请检查 JSON 格式和编码。"),
    403: ("forbidden", "不允许", "不允许这样访问。"),
    404: ("not_found", "未找到", "没有这个地址。"),
    405: ("method_not_allowed", "方法不支持", "这个地址不支持该请求方法。"),
    413: ("body_too_large", "内容过大", "请求内容超过上限。"),
    415: ("media_type", "类型不支持", "请以 application/json 提交。"),
}
# The first row that fits decides. What a row of 503 says to a caller is its own sentence where the
# exception's would name files of this machine.
_TABLE: tuple[tuple[type[Exception], int, str, str], ...] = (
    (IdempotencyConflict, 409, "idempotency_conflict", "重复提交冲突"),
    (AdviceAbsent, 404, "not_found", "未找到"),
    (BackupError, 422, "backup", "备份或恢复未完成"),
    (DocumentError, 422, "document", "文件未写成"),
    (StoreError, 503, "store_unavailable", _UNAVAILABLE),
    (UnknownRegion, 422, "unknown_region", "输入有误"),
    (NumberError, 422, "article_number", "输入有误"),
    (UnreadableDocument, 422, "unreadable_document", "输入有误"),
    (LedgerError, 422, "ledger", "输入有误"),
    (PullError, 422, "pull", "下载未完成"),
    (CorpusStoreError, 503, "corpus_unavailable", _UNAVAILABLE),
    (BatchRowInvalid, 422, "batch_row", "输入有误"),
    (EmbeddingFailed, 503, "embedder_unavailable", _UNAVAILABLE),
    (IndexerError, 503, "index_unavailable", _UNAVAILABLE),
    (CorpusError, 503, "corpus_unavailable", _UNAVAILABLE),
    (AdvisorError, 503, "advisor_unavailable", _UNAVAILABLE),
)
_WITHOUT_PATHS = {
    "corpus_unavailable": "法规库暂不可用，请稍后重试；维护人员可运行 advisor corpus status 查看。",
    "index_unavailable": "检索索引暂不可用，请稍后重试；维护人员可运行 advisor index status 查看。",
}


def problem_of(error: Exception) -> Problem:
    """The problem an exception is answered with; unknown ones become a 500 that says nothing."""
    if isinstance(error, Refusal):
        return error.problem
    if isinstance(error, RefusedInput):
        return Problem(422, error.code, "输入有误", str(error))
    if isinstance(error, RequestValidationError):
        return invalid(error.errors())
    if isinstance(error, HTTPException):
        return _of_status(error.status_code)
    for kind, status, code, title in _TABLE:
        if isinstance(error, kind):
            return Problem(status, code, title, _WITHOUT_PATHS.get(code, str(error)))
    return _INTERNAL


def invalid(found: Sequence[Mapping[str, object]]) -> Problem:
    """The problem of fields that pydantic refused."""
    if any(one["type"] == "json_invalid" for one in found):
        return Problem(400, "invalid_json", "请求有误", "请求内容不是有效的 JSON，请检查格式。")
    errors = explain(found)
    told = "；".join(f"{name_of(one.field)}：{one.message}" for one in errors[:5])
    return Problem(422, "invalid_request", "输入有误", f"{told}。", errors)


def _of_status(status: int) -> Problem:
    code, title, detail = _BY_STATUS.get(
        status, (f"http_{status}", "请求未完成", "请求未能完成，请检查后重试。")
    )
    return Problem(status, code, title, detail)


def wire_problem(problem: Problem, path: str | None) -> dict[str, object]:
    """The members of a problem as they go on the wire; ``path`` is where it arose."""
    wire = ProblemOut(
        type=f"urn:minqing-advisor:problem:{problem.code}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        code=problem.code,
        instance=quote(path) if path else None,
        errors=problem.errors,
    )
    without = {name for name in ("errors", "instance") if not getattr(wire, name)}
    return wire.model_dump(mode="json", exclude=without)


def respond(problem: Problem, path: str) -> Response:
    """The problem as an ``application/problem+json`` response."""
    content = json.dumps(wire_problem(problem, path), ensure_ascii=False)
    again = {} if problem.retry_after is None else {"Retry-After": str(problem.retry_after)}
    return Response(content, problem.status, again, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every expected exception of every floor through the table."""
    answer = _answer()
    for kind in (
        Refusal,
        RequestValidationError,
        HTTPException,
        AdvisorError,
        CorpusError,
        IndexerError,
    ):
        app.add_exception_handler(kind, answer)


def _answer() -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        response = respond(problem_of(error), request.url.path)
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        return response

    return answer
