"""What the refusals of real endpoints mean."""

import httpx2
import openai
import pytest

from advisor.errors import ModelGarbled, ModelRefusedRequest, ModelTimeout, ModelUnavailable
from advisor.llm.faults import judge, judge_status, judge_words

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1")


@pytest.mark.parametrize(
    ("status", "said", "kind", "error"),
    [
        (400, "This model's maximum context length is 8192 tokens.", "length", ModelRefusedRequest),
        (400, "Range of input length should be [1, 30720]", "length", ModelRefusedRequest),
        (413, "prompt is too long", "length", ModelRefusedRequest),
        (400, "Content Exists Risk", "refused", ModelRefusedRequest),
        (400, "Input data may contain inappropriate content.", "refused", ModelRefusedRequest),
        (
            400,
            "triggering Azure OpenAI's content management policy",
            "refused",
            ModelRefusedRequest,
        ),
        (400, "输入内容涉及敏感信息", "refused", ModelRefusedRequest),
        (400, "This response_format type is unavailable now", "shape", ModelRefusedRequest),
        (422, "Extra inputs are not permitted", "shape", ModelRefusedRequest),
        (401, "Incorrect API key provided", "refused", ModelRefusedRequest),
        (402, "Insufficient Balance", "refused", ModelRefusedRequest),
        (403, "", "refused", ModelRefusedRequest),
        (404, "The model does not exist", "refused", ModelRefusedRequest),
        (307, "", "refused", ModelRefusedRequest),
        (429, "You exceeded your current quota", "refused", ModelRefusedRequest),
        (429, "Rate limit reached for requests", "down", ModelUnavailable),
        (408, "", "down", ModelUnavailable),
        (500, "context length", "down", ModelUnavailable),
        (503, "The server is overloaded", "down", ModelUnavailable),
        (529, "", "down", ModelUnavailable),
    ],
)
def test_statuses_and_words(status, said, kind, error):
    failed = judge_status(status, said)
    assert failed.kind == kind
    assert type(failed.error) is error
    assert said == "" or said not in str(failed.error)


def test_retry_after_is_read():
    assert judge_status(503, "", "7").wait == 7
    assert judge_status(429, "", None).wait is None


def test_words_in_a_stream():
    assert judge_words("{'message': 'context_length_exceeded'}").kind == "length"
    assert judge_words("boom") is None


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (openai.APITimeoutError(request=REQUEST), "down"),
        (openai.APIConnectionError(request=REQUEST), "down"),
        (httpx2.ReadError("reset"), "down"),
        (httpx2.RemoteProtocolError("closed"), "down"),
        (ModelGarbled("x"), "garbled"),
        (ModelTimeout("x"), "timeout"),
    ],
)
def test_exceptions_of_a_call(raised, kind):
    assert judge(raised).kind == kind


def test_a_mistake_of_ours_is_no_fault_of_the_endpoint():
    assert judge(KeyError("x")) is None
