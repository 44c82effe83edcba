"""Early warnings: a spike against a kind's own past, and not what chance gives."""

from collections import Counter

from advisor.batch.spikes import LEAST_PEOPLE, find_spikes

LAST = 1000
DAYS = range(LAST - 299, LAST + 1)
BATCH = Counter(dict.fromkeys(DAYS, 10))
STEADY = tuple(range(LAST - 280, LAST, 28))


def test_many_people_in_the_last_week_after_a_quiet_past_are_told() -> None:
    found = find_spikes([STEADY, (*STEADY, *[LAST] * 7)], BATCH, LAST)
    assert [spike.kind for spike in found] == [1]
    assert found[0].window == 7
    assert found[0].count == 7
    assert found[0].usual < 1


def test_a_steady_kind_gives_no_warning() -> None:
    assert not find_spikes([STEADY], BATCH, LAST)


def test_fewer_people_than_the_least_give_none() -> None:
    few = (LAST,) * (LEAST_PEOPLE - 1)
    assert not find_spikes([few], BATCH, LAST)


def test_a_busy_week_of_everything_is_no_spike_of_one_kind() -> None:
    busy = BATCH + Counter(dict.fromkeys(range(LAST - 6, LAST + 1), 2000))
    assert not find_spikes([(*STEADY, *[LAST] * 7)], busy, LAST)


def test_a_batch_of_a_few_days_has_no_past() -> None:
    short = Counter(dict.fromkeys(range(LAST - 20, LAST + 1), 10))
    assert not find_spikes([(LAST,) * 12], short, LAST)


def test_a_kind_is_told_once_by_its_rarer_window() -> None:
    month = (*STEADY, *range(LAST - 26, LAST - 6), *[LAST] * 9)
    assert len(find_spikes([month], BATCH, LAST)) == 1
