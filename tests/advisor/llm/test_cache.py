"""Answers kept by the hash of the question."""

from dataclasses import replace
from decimal import Decimal

import pytest

from advisor.errors import ModelUnavailable
from advisor.llm import Deadline, ModelReply, ModelRequest, ScriptedLLM, Usage
from advisor.llm.cache import CachedLLM

REQUEST = ModelRequest(
    "你是顾问", "标记 8c1d 诉求：[姓名1]家漏水 8c1d", "a", {"b": 1}, nonce="8c1d"
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "llm-cache.db"


def ask(model, request=REQUEST):
    return model.complete(request, Deadline.after(5))


def test_the_second_time_nobody_is_asked_and_nothing_is_paid(path):
    inner = ScriptedLLM(
        [ModelReply("答", Usage(5, 7, 2), "stop", "json_object", "m", 1.0, 3), "别的"]
    )
    first, again = (ask(CachedLLM(inner, path, "e")) for _ in range(2))
    assert (first.text, first.from_cache) == ("答", False)
    assert again == ModelReply(
        "答", Usage(5, 7, 2, Decimal(0)), "stop", "json_object", "m", 0.0, 0, from_cache=True
    )
    assert len(inner.requests) == 1


def test_what_is_random_in_the_question_does_not_count(path):
    inner = ScriptedLLM(["一", "二"])
    model = CachedLLM(inner, path, "e")
    ask(model)
    other = replace(REQUEST, user=REQUEST.user.replace("8c1d", "77aa"), nonce="77aa")
    assert ask(model, other).from_cache


@pytest.mark.parametrize(
    "change",
    [
        {"system": "你是别人"},
        {"user": "别的诉求"},
        {"schema": {"b": 2}},
        {"schema_name": "c"},
        {"max_output_tokens": 9},
        {"nonce": ""},
    ],
)
def test_any_other_difference_is_another_question(path, change):
    model = CachedLLM(ScriptedLLM(["一", "二"]), path, "e")
    assert ask(model).text == "一"
    assert ask(model, replace(REQUEST, **change)).text == "二"


def test_another_model_or_endpoint_is_another_question(path):
    assert ask(CachedLLM(ScriptedLLM(["一"]), path, "e")).text == "一"
    assert ask(CachedLLM(ScriptedLLM(["二"]), path, "f")).text == "二"
    assert ask(CachedLLM(ScriptedLLM(["三"], name="other"), path, "e")).text == "三"


@pytest.mark.parametrize(
    "line",
    [
        ModelReply("半", None, "length", "text", "m", 1.0, 1),
        ModelUnavailable("坏", partial="半"),
    ],
)
def test_half_answers_are_not_kept(path, line):
    inner = ScriptedLLM([line, "整"])
    model = CachedLLM(inner, path, "e")
    with pytest.raises(ModelUnavailable) if isinstance(line, Exception) else _nothing():
        ask(model)
    assert ask(model).text == "整"


def test_an_answer_left_half_way_is_not_kept(path):
    model = CachedLLM(ScriptedLLM(["一" * 100, "二"]), path, "e")
    stream = model.stream(REQUEST, Deadline.after(5))
    next(stream)
    stream.close()
    assert ask(model).text == "二"


def test_the_file_holds_no_question(path):
    ask(CachedLLM(ScriptedLLM(["答"]), path, "e"))
    content = path.read_bytes()
    assert "漏水".encode() not in content
    assert "姓名".encode() not in content
    assert "答".encode() in content
    assert path.stat().st_mode & 0o077 == 0


def test_a_broken_cache_fails_no_answer(path):
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    model = CachedLLM(ScriptedLLM(["一", "二"]), path, "e")
    assert [ask(model).text, ask(model).text] == ["一", "二"]


def test_an_answer_without_usage_comes_back_without(path):
    model = CachedLLM(ScriptedLLM([ModelReply("答", None, "stop", "text", "m", 1.0, 1)]), path, "e")
    assert [ask(model).usage, ask(model).usage] == [None, None]


def test_the_oldest_answers_make_room(path):
    def model(endpoint, text):
        return CachedLLM(ScriptedLLM([text]), path, endpoint, most=2)

    for endpoint in "efg":
        ask(model(endpoint, "旧"))
    assert [ask(model(endpoint, "新")).text for endpoint in "fge"] == ["旧", "旧", "新"]


class _nothing:
    def __enter__(self):
        return None

    def __exit__(self, *_):
        return False
