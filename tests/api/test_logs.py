"""Logs are JSON on stderr and never hold what somebody complained about."""

import json
import logging

import pytest
import structlog

from api import logs

SECRET = "张某某 330000199001011234"


@pytest.fixture(autouse=True)
def _as_before():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    # A server that another test started may have given uvicorn's loggers an output of their own.
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
        logging.getLogger(name).setLevel(logging.NOTSET)
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_our_events_are_json_lines(capsys):
    logs.configure("INFO")

    structlog.get_logger("api").info("request", path="/v1/advice")

    (event,) = lines(capsys)
    assert event["event"] == "request"
    assert event["level"] == "info"
    assert event["path"] == "/v1/advice"


@pytest.mark.parametrize("logger", ["uvicorn.error", "sqlalchemy"])
def test_exceptions_of_libraries_lose_their_message(capsys, logger):
    logs.configure()

    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger(logger).exception("failed")

    (event,) = lines(capsys)
    assert event["error"] == "ValueError"
    assert __file__ in event["place"]
    assert SECRET not in json.dumps(event, ensure_ascii=False)


def test_a_request_is_logged_without_its_content(browser, services, capsys):
    logs.configure("INFO")
    services.failure = RuntimeError(SECRET)

    browser.post("/v1/advice", json={"text": SECRET})
    browser.get("/v1/search", params={"q": SECRET})
    browser.post("/advise", data={"text": SECRET})

    events = lines(capsys)
    assert {event["path"] for event in events} == {"/v1/advice", "/v1/search", "/advise"}
    assert any(event["event"] == "request_failed" for event in events)
    assert "330000" not in json.dumps(events, ensure_ascii=False)
