"""Citations cut from our own knowledge: every kind is there, and a lenient gate would be seen."""

from collections import Counter
from datetime import date

from advisor.bootstrap import Services
from eval import gist_citations
from eval.gist_citations import citation_rows, sayings

DAY = date(2026, 6, 1)
REGION = ("浙江省", "嘉兴市", "秀洲区")
KINDS = {"真实引用", "别处的规定", "施行之前", "没有的条号", "没有的法", "已废止的法"}


def test_there_are_citations_of_every_kind(services: Services):
    kinds = Counter(one.kind for one in sayings(services.library, DAY, REGION))
    assert kinds.keys() == KINDS
    assert min(kinds.values()) >= 20
    assert kinds["真实引用"] > 1000


def test_the_gate_rules_rightly_on_all_of_them(services: Services):
    rows = {row.case: row for row in citation_rows(services.library, DAY, REGION)}
    wrong = {kind: row.detail["examples"] for kind, row in rows.items() if row.detail["wrong"]}
    assert wrong == {}
    assert {row.measures["right"] for row in rows.values()} == {1.0}


def test_a_gate_that_lets_everything_in_is_seen(services: Services, monkeypatch):
    class Lenient:
        accepted = True

    monkeypatch.setattr(gist_citations, "check_text", lambda *_, **__: (Lenient(),))
    rows = {row.case: row for row in citation_rows(services.library, DAY, REGION)}
    assert {kind for kind, row in rows.items() if row.measures["right"] == 1.0} == {"真实引用"}
    assert len(rows["没有的法"].detail["examples"]) == 5
