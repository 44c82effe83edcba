"""Stored advices whose law changed: on the command line, over HTTP and on the page."""

import json
from datetime import UTC, datetime

import pytest

from advisor.bootstrap import open_recorder
from advisor.law_change import Finding, WatchedLaw
from advisor.ports import AuditEntry, StoredAdvice
from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk
from api.cli.root import DONE
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.store import CorpusStore

AT = datetime(2025, 6, 1, 4, tzinfo=UTC)
FIRST = "停车应当有序，不得堵塞通道。"
SHOWN = {
    "law": "中华人民共和国示例停车法",
    "article": "第一条",
    "text": FIRST,
    "text_kind": "verbatim",
    "status": "in_force",
    "effective_from": "2020-09-01",
}


def law(start: str, words: str, first: str) -> str:
    return (
        f"# 中华人民共和国示例停车法\n\n{words} 示例代表大会通过\n\n<!-- INFO END -->\n\n"
        f"第一条 {first}\n\n第二条 本法自{words}起施行。\n"
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "laws"
    folder.mkdir()
    path = folder / "示例停车法(2020-09-01).md"
    path.write_text(law("2020-09-01", "2020年9月1日", FIRST), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    recorder = open_recorder(Settings(home=home))
    payload = json.dumps({"legal_basis": [SHOWN]})
    for name in ("one", "two"):
        recorder.store.save(
            StoredAdvice(name, AT, None, "h", "浙江省", None, "llm", "complete", payload),
            AuditEntry("advice.created", name),
        )
    recorder.store.close()
    return home


@pytest.fixture
def advisor(home, capsys):
    desk = Desk(
        Settings(home=home),
        library_of=lambda settings: Library(CorpusStore(settings.corpus_path), Knowledge()),
    )

    def run(*arguments: str):
        code = main.run(["corpus", *arguments], obj=desk)
        return code, capsys.readouterr().out

    return run


def test_adding_a_newer_version_lists_the_advices_that_cite_it(advisor, folder):
    code, out = advisor("add", str(folder), "--no-index", "--json")
    assert (code, json.loads(out)["affected"]) == (DONE, [])
    newer = folder / "示例停车法(2025-01-01).md"
    newer.write_text(law("2025-01-01", "2025年1月1日", "停车一律入位。"), encoding="utf-8")
    code, out = advisor("add", str(folder), "--no-index")
    assert code == DONE
    assert "有 2 份已存建议引用的条文发生了变化，已作标记" in out
    assert "one　所引与当日法律不符：" in out
    code, out = advisor("add", str(folder), "--no-index", "--json")
    assert json.loads(out)["affected"] == []
    code, out = advisor("affected", "--json")
    assert [(one["advice_id"], one["finding"]) for one in json.loads(out)] == [
        ("one", "outdated"),
        ("two", "outdated"),
    ]
    assert advisor("affected")[1].count("\n") == 2


def test_a_home_without_advice_gets_no_store_by_adding_law(tmp_path, folder, capsys):
    desk = Desk(Settings(home=tmp_path / "fresh"))
    assert main.run(["corpus", "add", str(folder), "--no-index"], obj=desk) == DONE
    assert not (tmp_path / "fresh" / "advisor.db").exists()
    assert main.run(["corpus", "affected", "--json"], obj=desk) == DONE
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == []


def test_a_marked_advice_says_so_as_json_and_on_its_page(browser, services):
    made = browser.post("/v1/advice", json={"text": "邻居填土堵住了我家的排水沟。"}).json()
    assert made["law_changes"] == []
    finding = Finding("outdated", None, "《示例民事法》第九条：<b>已废止</b>")
    (cited,) = services.law_watch.cited("示例民事法")
    services.law_watch.mark(WatchedLaw("示例民事法", "f", 0, 1), {cited: finding}, whole=True)
    found = browser.get(f"/v1/advice/{made['id']}").json()
    assert found["law_changes"] == [
        {
            "law": "示例民事法",
            "article": "第九条",
            "finding": "outdated",
            "changed_on": None,
            "told": "《示例民事法》第九条：<b>已废止</b>",
            "noted_at": found["law_changes"][0]["noted_at"],
        }
    ]
    assert {**found, "law_changes": []} == made
    page = browser.get(f"/advice/{made['id']}").text
    assert "给出建议之后，所引条文有变化" in page
    assert "&lt;b&gt;已废止&lt;/b&gt;" in page
