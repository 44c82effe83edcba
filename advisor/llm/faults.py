"""Faults: what a failed call means, and whether to call again."""

import re
from typing import Literal

import httpx2
import openai

from advisor.errors import (
    ModelError,
    ModelGarbled,
    ModelRefusedRequest,
    ModelTimeout,
    ModelUnavailable,
)
from advisor.llm.budget import retry_after

Kind = Literal["down", "refused", "length", "shape", "blank", "garbled", "timeout"]

# As the endpoints say it: OpenAI, vLLM, Ollama | DeepSeek | DashScope.
_LENGTH = re.compile(
    r"context.?(length|window)|maximum context|too long|too many tokens|input length"
    r"|max_model_len|string_above_max|exceeds? the (limit|maximum)|larger than the max",
    re.IGNORECASE,
)
_FILTER = re.compile(
    r"content.?(filter|policy|management)|content exists risk|inappropriate|data.?inspection"
    r"|sensitive|moderation|responsible.?ai|敏感|审核|违规",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"quota|balance|billing|arrear|overdue|欠费|余额", re.IGNORECASE)
_AGAIN = frozenset({408, 409, 425, 429})
_REFUSED = {
    401: "模型服务不接受密钥（401），请检查 ADVISOR_LLM_API_KEY。",
    402: "模型服务账户余额不足（402）。",
    403: "模型服务不允许访问（403），请检查密钥的权限。",
    404: "模型服务没有这个地址或模型（404），请检查 ADVISOR_LLM_BASE_URL 和 ADVISOR_LLM_MODEL。",
}


class CallFailed(Exception):
    """One call failed.

    Attributes:
        error: What the caller is told if no other call is made.
        kind: ``down`` and ``timeout`` speak of the endpoint, ``shape`` of a parameter that it may
            not know, ``length`` of too long a request, ``blank`` of an answer without text.
        wait: Seconds the endpoint asked to wait (Retry-After).
        said: The endpoint's own words; they may repeat the request and go into no log.
    """

    def __init__(
        self, error: ModelError, kind: Kind, *, wait: float | None = None, said: str = ""
    ) -> None:
        self.error = error
        self.kind: Kind = kind
        self.wait = wait
        self.said = said
        super().__init__(kind)


def judge(error: Exception) -> CallFailed | None:
    """What an exception of a call means; None when it is none of the call's."""
    if isinstance(error, CallFailed):
        return error
    if isinstance(error, openai.APIStatusError):
        return judge_status(
            error.status_code, error.message[:2000], error.response.headers.get("retry-after")
        )
    if isinstance(error, ModelGarbled):
        return CallFailed(error, "garbled")
    if isinstance(error, ModelTimeout):
        return CallFailed(error, "timeout")
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError):
        return CallFailed(ModelUnavailable("模型服务连接不上，或连接中途断开。"), "down")
    if isinstance(error, openai.OpenAIError | httpx2.InvalidURL | ValueError):
        return CallFailed(ModelGarbled("模型服务返回的内容不符合接口格式。"), "garbled")
    return None


def judge_status(status: int, said: str, wait: str | None = None) -> CallFailed:
    """What a status that is no success means."""
    if status == 429 and _QUOTA.search(said):
        told = "模型服务账户余额或额度不足（429）。"
        return CallFailed(ModelRefusedRequest(told), "refused", said=said)
    if status in _AGAIN or status >= 500:
        told = f"模型服务{'繁忙' if status == 429 else '出错'}（{status}）。"
        return CallFailed(ModelUnavailable(told), "down", wait=retry_after(wait), said=said)
    if status in _REFUSED or status < 400:
        told = _REFUSED.get(status, f"模型服务要求转到别的地址（{status}），请检查服务地址。")
        return CallFailed(ModelRefusedRequest(told), "refused", said=said)
    return judge_words(said) or CallFailed(
        ModelRefusedRequest(f"模型服务不接受这次请求（{status}）。"), "shape", said=said
    )


def judge_words(said: str) -> CallFailed | None:
    """What an endpoint's own words mean: too long, or stopped by its filter."""
    if _FILTER.search(said):
        return filtered(said)
    if _LENGTH.search(said):
        error = ModelRefusedRequest("内容超过模型的长度上限。")
        return CallFailed(error, "length", said=said)
    return None


def filtered(said: str = "") -> CallFailed:
    """The endpoint's content filter stopped the question or the answer."""
    return CallFailed(
        ModelRefusedRequest("模型服务的内容审查拦下了这次请求或回答。"), "refused", said=said
    )
