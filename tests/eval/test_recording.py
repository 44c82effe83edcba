"""What a model was sent and what it took is kept, and nothing is changed on the way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from advisor.errors import ModelUnavailable
from advisor.llm.deadline import Deadline
from advisor.llm.port import ModelReply, ModelRequest, Usage
from advisor.llm.scripted import ScriptedLLM
from eval.case_answer import Spent
from eval.recording import RecordingLLM

REQUEST = ModelRequest("system", "user")


def reply(usage):
    return ModelReply("text", usage, "stop", "text", "m", 0.1, 1)


def test_everything_is_passed_on_and_counted():
    priced = Usage(100, 20, cost=Decimal("0.5"))
    model = RecordingLLM(
        ScriptedLLM([reply(priced), reply(replace(priced, cost=None)), reply(None)])
    )
    for _ in range(3):
        assert model.complete(REQUEST, Deadline.after(5)).text == "text"
    assert model.sent == ("system\nuser",) * 3
    assert model.spent == Spent(calls=3, tokens=240, cost=Decimal("0.5"))
    assert model.name == "scripted"


def test_without_a_model_it_keeps_and_refuses():
    model = RecordingLLM(None)
    with pytest.raises(ModelUnavailable):
        list(model.stream(REQUEST, Deadline.after(5)))
    assert model.sent == ("system\nuser",)
    assert model.spent == Spent()


def test_a_failing_model_fails_the_same_way():
    model = RecordingLLM(ScriptedLLM([ModelUnavailable("挂了")]))
    with pytest.raises(ModelUnavailable, match="挂了"):
        model.complete(REQUEST, Deadline.after(5))
    assert model.spent.calls == 0
