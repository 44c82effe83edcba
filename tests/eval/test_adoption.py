"""``advisor-eval adoption``: from the trail to a table, JSON and a page that loads nothing."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from advisor.adoption.model import AdoptionEntry, Feedback, Outcome, Review
from advisor.bootstrap import open_recorder
from advisor.ports import AuditEntry, StoredAdvice
from advisor.settings import Settings
from advisor.store.connection import connect
from advisor.store.tables import adoption_standing
from eval.cli import main

AT = datetime(2025, 6, 1, 4, tzinfo=UTC)
VERDICTS = ("adopted", "modified", "rejected", None)


def keep(store, number: int) -> str:
    at = AT + timedelta(days=number)
    payload = json.dumps(
        {
            "plan": {"lead_department": "示例<b>局"},
            "provenance": {"model": "m", "trial": f"t1:{'AB'[number % 2]}"},
        }
    )
    record = StoredAdvice(
        f"advice-{number}", at, None, "h", "浙江省", "parking_shortage", "llm", "complete", payload
    )
    store.save(record, AuditEntry("advice.created", record.id, at=at))
    return record.id


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    recorder = open_recorder(Settings())
    for number in range(16):
        advice_id, verdict = keep(recorder.store, number), VERDICTS[number % 4]
        if verdict is None:
            continue
        reason = "not_local" if verdict == "rejected" else None
        said = [
            Feedback(by="张三", verdict="rejected", reason="other"),
            Feedback(by="张三", verdict=verdict, reason=reason, edit_distance=0.25),
            Outcome(by="张三", cleared=True, closed_on=AT.date(), days=number, satisfied=True),
            Review(by="王五", verdict=verdict),
        ]
        recorder.log.append(*(AdoptionEntry(advice_id, one) for one in said))
    recorder.store.close()
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, ["adoption", *arguments])


def test_the_figures_come_from_the_trail_and_agree_with_the_counters(home):
    done = run("--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert (found["entries"], found["counters_equal_trail"]) == (48, True)
    total = found["report"]["total"]
    assert (total["given"], total["adopted"], total["modified"], total["rejected"]) == (16, 4, 4, 4)
    assert (total["unanswered"], found["report"]["reasons"]) == (4, {"not_local": 4})
    assert found["report"]["review"] == {
        "pairs": 12,
        "agreed": 12,
        "kappa": 1,
        "low": 1,
        "high": 1,
        "used": 1,
    }
    (trial,) = found["report"]["trials"]
    assert (trial["name"], trial["pairs"], trial["a"]["count"]) == ("t1", 4, 0)


def test_counters_that_were_tampered_with_are_told_and_not_believed(home):
    database = connect(Settings().store_url)
    with database.begin() as connection:
        connection.execute(update(adoption_standing).values(verdict="adopted"))
    database.dispose()
    done = run("--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["counters_equal_trail"] is False
    assert found["report"]["total"]["rejected"] == 4
    assert "不一致" in done.stderr


def test_the_table_tells_the_rate_the_bounds_and_the_course(home):
    told = run("--since", "2025-06-01", "--until", "2025-06-16").stdout
    assert "采用率 66.7%（39.1%–86.2%，8/12）" in told
    assert "目标 80%：尚不能断定" in told
    assert "把未反馈全算未用或全算采用：50.0%–75.0%" in told
    assert "采用 8 份，登记结果 8：办结 100.0%" in told
    assert "κ 1.00" in told
    assert "对比 t1" in told


def test_the_page_loads_nothing_and_escapes_what_it_shows(home, tmp_path):
    out = tmp_path / "out.html"
    assert run("--report", str(out)).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert "采用率 66.7%" in page
    assert "示例&lt;b&gt;局" in page
    assert "<svg" in page
    assert not re.search(r"https?://|<script|src=|<link|@import", page)


def test_an_empty_home_gives_an_empty_report(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    out = tmp_path / "out.html"
    done = run("--report", str(out), "--origin", "import")
    assert done.exit_code == 0
    assert "给出 0 份" in done.stdout
    assert "还不能比较" in out.read_text(encoding="utf-8")
