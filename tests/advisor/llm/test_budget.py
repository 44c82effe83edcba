"""Retries: how many, and how long to wait."""

from datetime import UTC, datetime

import pytest

from advisor.llm.budget import RetryBudget, retry_after, wait_before

NOW = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)


def test_without_success_the_retries_run_out():
    budget = RetryBudget(most=3)
    assert [budget.take() for _ in range(50)].count(True) == 3


def test_ten_successes_pay_for_one_retry():
    budget = RetryBudget(most=3, refund=0.125)
    while budget.take():
        pass
    for _ in range(8):
        assert not budget.take()
        budget.pay_back()
    assert budget.take()


def test_it_never_saves_up_more_than_its_most():
    budget = RetryBudget(most=2)
    for _ in range(1000):
        budget.pay_back()
    assert [budget.take() for _ in range(5)].count(True) == 2


def test_waits_double_with_jitter_up_to_a_bound():
    assert [wait_before(n, None, 1.0) for n in (1, 2, 3, 9)] == [0.5, 1.0, 2.0, 8.0]
    assert wait_before(3, None, 0.25) == 0.5
    assert wait_before(1, None, 0.0) == 0.1


def test_what_the_endpoint_asks_is_a_floor():
    assert wait_before(1, 7.0, 0.0) >= 7.0
    assert wait_before(1, 7.0, 1.0) <= 8.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("86400", 86400.0),
        ("9" * 400, 1e9),
        ("Sun, 01 Mar 2026 08:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 07:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("-3", None),
        ("soon", None),
        ("٣", None),
        ("1.2.3", None),
        ("inf", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    assert retry_after(value, NOW) == seconds
