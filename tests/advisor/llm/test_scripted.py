"""The double does as it is told."""

import pytest

from advisor.errors import ModelGarbled, ModelUnavailable
from advisor.llm import Deadline, ModelReply, ModelRequest, ScriptedLLM

REQUEST = ModelRequest("系统", "问题")


def ask(model):
    return model.complete(REQUEST, Deadline.after(5))


def test_lines_in_turn_the_last_again():
    model = ScriptedLLM(["一", lambda request: request.user, "三"])
    assert [ask(model).text for _ in range(4)] == ["一", "问题", "三", "三"]
    assert model.requests == [REQUEST] * 4


def test_errors_are_raised_after_their_partial_text():
    model = ScriptedLLM([ModelGarbled("坏", partial="一二三四五")], piece=2)
    pieces = []
    with pytest.raises(ModelGarbled):
        pieces.extend(d.text for d in model.stream(REQUEST, Deadline.after(5)))
    stream = model.stream(REQUEST, Deadline.after(5))
    assert [next(stream).text for _ in range(3)] == ["一二", "三四", "五"]


def test_a_function_may_raise():
    def line(request):
        raise ModelUnavailable("不在")

    with pytest.raises(ModelUnavailable):
        ask(ScriptedLLM([line]))


def test_a_whole_reply_is_given_as_it_is():
    reply = ModelReply("半", None, "length", "text", "m", 1.0, 2)
    assert ask(ScriptedLLM([reply])) == reply


def test_no_lines_no_script():
    with pytest.raises(ValueError, match="line"):
        ScriptedLLM([])
