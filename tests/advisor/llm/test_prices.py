"""What an answer costs, exact to the last digit."""

from decimal import Decimal

from advisor.llm.port import Usage
from advisor.llm.prices import Prices


def test_fresh_and_cached_tokens_have_their_own_price():
    prices = Prices(Decimal(2), Decimal(8), Decimal("0.5"))
    assert prices.cost(Usage(1_000_000, 0)) == 2
    assert prices.cost(Usage(1_000_000, 500_000, 400_000)) == Decimal("5.4")


def test_without_a_price_of_cached_tokens_they_cost_as_others():
    assert Prices(Decimal(2), Decimal(8)).cost(Usage(1000, 0, 1000)) == Decimal("0.002")


def test_the_count_keeps_its_tokens():
    assert Prices(Decimal(2), Decimal(8)).priced(Usage(1, 1)) == Usage(1, 1, 0, Decimal("0.00001"))
