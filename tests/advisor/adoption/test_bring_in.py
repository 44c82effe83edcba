"""The past from a table: every row counted once, whatever is filled in later."""

from datetime import UTC, date, datetime

import pytest

from advisor.adoption.bring_in import bring_in
from advisor.adoption.fold import agree
from advisor.adoption.sheet import read_rows
from advisor.ports import AuditEntry, StoredAdvice
from advisor.store import InMemoryAdviceStore

HEAD = (
    "编号",
    "受理日期",
    "事项类型",
    "镇街",
    "牵头单位",
    "是否采纳",
    "未采纳原因",
    "办结日期",
    "是否反弹",
    "群众满意",
)
ROWS = (
    ("示例台账", "", "", "", "", "", "", "", "", ""),
    HEAD,
    ("1", "2025-03-01", "小区停车", "甲镇", "城管局", "采纳", "", "2025-03-13", "否", "满意"),
    ("2", "2025/3/2", "别的事", "", "", "部分采纳", "", "", "", ""),
    ("3", "2025-03-02", "小区停车", "甲镇", "城管局", "否", "牵头单位不对", "", "", ""),
    ("4", "2025-03-03", "小区停车", "甲镇", "城管局", "", "", "", "", ""),
    ("5", "", "小区停车", "甲镇", "城管局", "采纳", "", "", "", ""),
    ("6", "2025-03-03", "小区停车", "甲镇", "城管局", "也许", "", "", "", ""),
    ("7", "2025-03-13", "小区停车", "甲镇", "城管局", "采纳", "", "2025-03-01", "", ""),
    ("8", "2025-03-13", "小区停车", "甲镇", "城管局", "采纳", "", "不久", "", ""),
    ("", "", "", "", "", "", "", "", "", ""),
)


@pytest.fixture
def log():
    return InMemoryAdviceStore().adoption


def load(log, rows=ROWS):
    return bring_in(log, read_rows("表1", rows), {"小区停车": "parking"}, "浙江省")


def test_every_row_is_stored_or_skipped_with_a_reason(log):
    done = load(log)
    assert (done.rows, done.added, done.changed, done.unchanged) == (8, 4, 0, 0)
    assert [(one.place, one.reason) for one in done.skipped] == [
        ("表1第7行", "没有日期，也没有建议编号"),
        ("表1第8行", "看不懂的采纳情况“也许”，应为采纳、修改后采纳、未采纳或空"),
        ("表1第9行", "办结日期早于受理日期"),
        ("表1第10行", "看不懂的办结日期"),
    ]
    first, *rest = log.standings()
    assert (first.verdict, first.matter, first.region) == ("adopted", "parking", "甲镇")
    assert (first.days, first.reopened, first.satisfied) == (12, False, True)
    assert first.origin == "import"
    told = {(one.matter, one.verdict, one.reason, one.region) for one in rest}
    assert told == {
        ("别的事", "modified", None, "浙江省"),
        ("parking", "rejected", "wrong_department", "甲镇"),
        ("parking", None, None, "甲镇"),
    }


def test_the_same_table_again_changes_nothing_and_what_was_filled_in_changes_one(log):
    load(log)
    again = load(log)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    filled = [list(row) for row in ROWS]
    filled[5][5], filled[5][6] = "未采纳", "随便什么"
    done = load(log, filled)
    assert (done.added, done.changed, done.unchanged) == (0, 1, 3)
    assert len(log.standings()) == 4
    assert [one.reason for one in log.standings()].count("other") == 1
    assert agree(log.standings(), log.entries())


def test_rows_without_a_number_that_look_alike_are_counted_each(log):
    row = ("2025-03-01", "小区停车", "采纳")
    rows = (("日期", "事项", "采纳情况"), row, row, row)
    assert load(log, rows).added == 3
    assert load(log, rows).unchanged == 3
    assert len(log.standings()) == 3


def test_a_row_with_our_number_speaks_of_our_advice():
    store = InMemoryAdviceStore()
    at = datetime(2025, 6, 1, 4, tzinfo=UTC)
    store.save(
        StoredAdvice("ours", at, None, "h", "浙江省", "dogs", "llm", "complete", "{}"),
        AuditEntry("advice.created", "ours"),
    )
    rows = (
        ("建议编号", "采纳情况", "反馈人", "办结日期"),
        ("ours", "采纳", "张三", "2025-06-08"),
        ("ours", "采纳", "张三", "2025-05-08"),
        ("theirs", "采纳", "张三", ""),
    )
    done = load(store.adoption, rows)
    assert (done.added, done.changed) == (0, 1)
    assert [one.reason for one in done.skipped] == [
        "办结日期早于给出建议的日期",
        "没有日期，建议编号也不是本服务的",
    ]
    (standing,) = store.adoption.standings()
    assert (standing.origin, standing.verdict, standing.days) == ("service", "adopted", 7)
    assert standing.closed_on == date(2025, 6, 8)


def test_a_table_that_tells_of_no_adoption_is_none_of_ours():
    assert read_rows("表1", (("编号", "日期"), ("1", "2025-03-01"))) is None
