"""A row becomes an item that agrees with the advice on the same text."""

from datetime import UTC, date, datetime

import pytest

from advisor.batch.item import request_of, triage_item
from advisor.batch.model import BatchRow
from advisor.errors import RefusedInput
from corpus.model import Signal, TimeLimit

TODAY = date(2025, 6, 1)
TEXT = "我们小区车位不够，每天晚上抢车位，希望社区尽快解决。"


def _row(text=TEXT, **more):
    return BatchRow(**{"number": 1, "sheet": "表", "line": 2, "text": text} | more)


@pytest.fixture
def item_of(adviser):
    def make(row, **knowledge):
        sources = adviser.sources
        if knowledge:
            from dataclasses import replace

            sources = replace(sources, knowledge=replace(sources.knowledge, **knowledge))
        return triage_item(row, sources, today=TODAY)

    return make


@pytest.mark.parametrize(
    "text", [TEXT, "为车位打架了，一直没人管。", "说不清楚的一件事情，麻烦问一下。", "充电桩能装吗"]
)
def test_an_item_agrees_with_the_advice(adviser, item_of, text):
    row = _row(text, subject="车位")
    item, advice = item_of(row), adviser.compose(request_of(row))
    assert item.matter == advice.matter
    assert item.triage == advice.triage
    assert item.lead_department == advice.plan.lead_department
    assert item.support_departments == advice.plan.support_departments
    assert item.competence == advice.plan.competence
    shown = [(b.law, b.article) for b in advice.legal_basis]
    assert [(a.law, a.article) for a in item.articles] == shown[: len(item.articles)]
    assert {c.case_id for c in item.cases} <= {p.case_id for p in advice.precedents}
    missing = [p.text for p in advice.analysis.missing_facts]
    assert list(item.missing_facts) == missing[: len(item.missing_facts)]


def test_who_is_in_danger_comes_first_and_is_due_today(item_of):
    danger = Signal(
        cues=["不想活"],
        risk="有轻生表示",
        at_once="先稳住当事人",
        urgency="紧急",
        kind="self_harm",
        people_first=True,
    )
    press = Signal(cues=["记者"], risk="可能引起关注", at_once="统一口径", urgency="紧急")
    item = item_of(_row("车位没了不想活了，记者也来了"), signals=(press, danger))
    assert [(f.kind, f.quote) for f in item.flags] == [("self_harm", "不想活"), ("matter", "记者")]
    assert item.flags[0].people_first
    assert item.deadlines[0].due_on == TODAY


def test_deadlines_run_from_the_day_it_came_in(item_of):
    limit = TimeLimit(
        id="first_reply", what="联系反映人的期限", days=2, runs="office", practice="做法"
    )
    monday = datetime(2025, 5, 26, 9, tzinfo=UTC)
    item = item_of(_row(received_at=monday), time_limits=(limit,))
    assert [d.due_on for d in item.deadlines] == [date(2025, 5, 28)]


def test_a_day_to_come_counts_as_today(item_of):
    limit = TimeLimit(
        id="first_reply", what="联系反映人的期限", days=2, runs="office", practice="做法"
    )
    later = datetime(2025, 7, 1, tzinfo=UTC)
    item = item_of(_row(received_at=later), time_limits=(limit,))
    assert [d.due_on for d in item.deadlines] == [date(2025, 6, 3)]


def test_an_old_row_is_told_which_days_law_is_listed(item_of):
    old = item_of(_row(received_at=datetime(2019, 7, 1, tzinfo=UTC)))
    assert any("2019-07-01" in limit for limit in old.limits)
    assert not any("收件日" in limit for limit in item_of(_row()).limits)


@pytest.mark.parametrize("text", ["", "   ", "hello, this is no complaint in Chinese at all"])
def test_a_row_of_nothing_is_refused(item_of, text):
    with pytest.raises(RefusedInput):
        item_of(_row(text))


def test_the_summary_is_short_and_names_nobody(item_of):
    told = "张伟国和李秀英是我家邻居，电话13812345678，" * 6 + "希望社区尽快解决车位。"
    item = item_of(_row(told, subject="投诉邻居张伟国占车位，电话13812345678"))
    assert 6 <= len(item.summary) <= 60
    assert "13812345678" not in item.summary
    assert "张伟国" not in item.summary


def test_the_summary_keeps_the_place_and_shows_no_token(item_of):
    item = item_of(_row("他家天天半夜装修。", subject="张伟国反映洞井路12号3栋2单元601室装修扰民"))
    assert item.summary.startswith("某某反映洞井路12号3栋2单元601室")
    assert "[" not in item.summary
