"""The contract of ``LLM``, held by the double and by the adapter against a good endpoint."""

import threading

import pytest

from advisor.errors import ModelError, ModelTimeout, ModelUnavailable
from advisor.llm import Deadline, ModelRequest, ScriptedLLM
from advisor.llm.cache import CachedLLM
from advisor.llm.endpoint import Endpoint
from advisor.llm.extraction import read_sections
from advisor.llm.openai_client import OpenAILLM

REQUEST = ModelRequest(
    "你是社区顾问，只回答 JSON。", "诉求一则。证据：L1 L2 C1 P1 D1", "advice", {"type": "object"}
)
ANSWER = '{"analysis": {"summary": "相邻住户之间的噪声矛盾"}, "plan": {"steps": []}}'


class Stand:
    """A model that answers, and one that does not."""

    def __init__(self, good, failing):
        self.good = good
        self.failing = failing


@pytest.fixture(params=["scripted", "openai", "cached"])
def stand(request, hostile_model, tmp_path):
    failure = ScriptedLLM([ModelUnavailable("模型服务连接不上。", upstream_calls=1)])
    if request.param == "scripted":
        return Stand(ScriptedLLM([ANSWER]), failure)
    if request.param == "cached":
        return Stand(
            CachedLLM(ScriptedLLM([ANSWER]), tmp_path / "cache.db", "here"),
            CachedLLM(failure, tmp_path / "cache.db", "there"),
        )
    return Stand(
        *(OpenAILLM(Endpoint(hostile_model.url(m), ""), "m") for m in ("good", "forbidden"))
    )


class TestModelContract:
    def test_it_has_a_name(self, stand):
        assert stand.good.name

    def test_the_pieces_are_the_text_and_the_last_one_carries_the_reply(self, stand):
        deltas = list(stand.good.stream(REQUEST, Deadline.after(20)))
        assert [d.reply is not None for d in deltas] == [False] * (len(deltas) - 1) + [True]
        assert "".join(d.text for d in deltas) == deltas[-1].reply.text

    def test_the_whole_answer_at_once(self, stand):
        reply = stand.good.complete(REQUEST, Deadline.after(20))
        sections, faults = read_sections(reply.text)
        assert {"analysis", "plan"} <= set(sections)
        assert not faults
        assert reply.finish_reason == "stop"
        assert reply.form == "json_schema"
        assert reply.upstream_calls == 1
        assert reply.usage.output_tokens > 0

    def test_a_request_without_schema_is_asked_for_text(self, stand):
        plain = ModelRequest("你是社区顾问。", "诉求一则。")
        assert stand.good.complete(plain, Deadline.after(20)).form == "text"

    def test_a_failure_is_one_of_ours_in_chinese(self, stand):
        with pytest.raises(ModelError) as caught:
            list(stand.failing.stream(REQUEST, Deadline.after(20)))
        assert "模型服务" in str(caught.value)
        assert caught.value.upstream_calls == 1
        assert caught.value.partial == ""

    def test_no_time_no_answer(self, stand):
        gone = Deadline.after(0)
        with pytest.raises((ModelTimeout, ModelUnavailable)):
            stand.good.complete(REQUEST, gone)

    def test_a_stream_may_be_left(self, stand):
        stream = stand.good.stream(REQUEST, Deadline.after(20))
        assert next(stream).reply is None
        stream.close()
        assert stand.good.complete(REQUEST, Deadline.after(20)).text

    def test_threads_share_it(self, stand):
        replies = []
        threads = [
            threading.Thread(
                target=lambda: replies.append(stand.good.complete(REQUEST, Deadline.after(30)).text)
            )
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
        assert len(replies) == 12
        assert len(set(replies)) == 1
