"""Deadlines: counted from receipt, law only where it is in force, reminders for the resident."""

from datetime import date

import pytest
from pydantic import ValidationError

from advisor.deadlines import at_once, deadlines_of, limits_for, reminders_of
from corpus.knowledge import load_knowledge
from corpus.model import TimeLimit

LAW = "中华人民共和国示例停车法"


def _limit(id_="one", **more):
    given = {"what": "办完这件事情", "days": 15, "runs": "office", "practice": "示例做法"}
    return TimeLimit(id=id_, **given | more)


def _lawful(**more):
    return _limit(**{"law": LAW, "article": "第一条", "practice": ""} | more)


@pytest.fixture
def due(complaint_of, library):
    def dates(limits, received, text="车位不够", today=None):
        return deadlines_of(
            complaint_of(text), limits, library, received=received, today=today or received
        )

    return dates


def test_what_was_due_before_today_is_told_as_overdue(due):
    limits, received = [_limit("soon", days=2)], date(2026, 3, 2)
    for today, overdue in ((date(2026, 3, 4), False), (date(2026, 3, 5), True)):
        (found,) = due(limits, received, today=today)
        assert found.overdue is overdue
        assert found.told_day == ("2026-03-04，已逾期" if overdue else "2026-03-04")


def test_calendar_days_end_on_a_working_day(due):
    # 15 days after 16 September 2026 is 1 October: the holiday moves it to the 8th.
    (found,) = due([_limit()], date(2026, 9, 16))
    assert found.due_on == date(2026, 10, 8)
    assert found.basis.startswith("示例做法")


def test_working_days_pass_over_holidays(due):
    (found,) = due([_limit(days=7, working=True)], date(2026, 9, 28))
    assert found.due_on == date(2026, 10, 13)
    assert "7个工作日" in found.basis


def test_a_year_without_announced_holidays_is_told(due):
    (found,) = due([_limit()], date(2031, 3, 3))
    assert "尚未公布" in found.basis


def test_a_law_in_force_is_named(due):
    (found,) = due([_lawful()], date(2026, 3, 2))
    assert (found.law, found.article) == (LAW, "第一条")
    assert f"《{LAW}》第一条" in found.basis


@pytest.mark.parametrize("law", ["示例将来法", "山东省示例停车条例", "没有这部法"])
def test_a_law_not_in_force_here_gives_no_deadline(due, law):
    assert due([_lawful(law=law)], date(2026, 3, 2)) == ()


def test_a_limit_for_some_complaints_only(due):
    limits = [_limit(only_if=["充电"])]
    assert due(limits, date(2026, 3, 2)) == ()
    assert len(due(limits, date(2026, 3, 2), "充电桩坏了")) == 1


def test_the_earliest_comes_first(due):
    found = due([_limit("late", days=60), _limit("soon", days=2)], date(2026, 3, 2))
    assert [d.due_on for d in found] == [date(2026, 3, 4), date(2026, 5, 6)]


def test_the_residents_limits_are_reminders(complaint_of, library):
    limit = _lawful(runs="resident", days=0, what="一年内申请仲裁")
    complaint = complaint_of("车位不够")
    day = date(2026, 3, 2)
    assert deadlines_of(complaint, [limit], library, received=day, today=day) == ()
    assert reminders_of(complaint, [limit], library) == (f"一年内申请仲裁（《{LAW}》第一条）",)


def test_limits_of_a_matter_and_of_all():
    one, other, every = (
        _limit("one", matters=["x"]),
        _limit("other", matters=["y"]),
        _limit("all_of_them"),
    )
    assert tuple(limits_for("x", [one, other, every])) == (one, every)
    assert tuple(limits_for(None, [one, other, every])) == (every,)


def test_people_in_danger_do_not_wait_for_monday():
    sunday = date(2026, 11, 22)
    assert at_once(sunday).due_on == sunday


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"practice": ""},
        {"law": LAW, "article": "第一条"},
        {"law": LAW, "practice": ""},
    ],
)
def test_a_limit_without_days_or_basis_is_refused(wrong):
    with pytest.raises(ValidationError):
        _limit(**wrong)


def test_every_article_behind_a_shipped_limit_has_a_gist_that_was_read():
    knowledge = load_knowledge()
    gists = {(s.title, a.article) for s in knowledge.statutes for a in s.articles}
    books = {book.id for book in knowledge.playbooks}
    limits = knowledge.time_limits
    assert {(x.law, x.article) for x in limits if x.law} - gists == set()
    assert {m for x in limits for m in x.matters} - books == set()
    assert {x.id for x in limits} >= {"reply_48h", "petition_accept", "petition_answer"}
