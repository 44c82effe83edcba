"""Risk flags: people first, turns of speech and suppositions left out, holidays by the calendar."""

from datetime import date

import pytest

from advisor.triage import find_signals, told_cues
from corpus.knowledge import load_knowledge
from corpus.model import Signal
from eval.flags import kinds_of, read_flags, read_own

SIGNALS = load_knowledge().signals
WAGES = "老板拖欠工资三个月"


@pytest.mark.parametrize("row", read_own(), ids=lambda row: row.text)
def test_own_sentences_show_their_risks_and_no_other_danger(row):
    kinds = kinds_of(row.text, SIGNALS)
    assert set(row.kinds) <= kinds
    assert row.kinds or not kinds


def test_every_kind_of_the_labels_is_shipped():
    kinds = {signal.kind for signal in SIGNALS}
    assert "" not in kinds
    assert {label.kind for label in read_flags()} <= kinds


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (date(2027, 1, 20), True),
        (date(2027, 2, 7), False),
        (date(2026, 9, 1), True),
        (date(2026, 6, 1), False),
        (date(2040, 1, 20), False),
    ],
)
def test_wages_before_a_holiday_are_urgent(day, near):
    kinds = {s.kind for s in find_signals(WAGES, SIGNALS, today=day)}
    assert ("wages_before_holiday" in kinds) is near
    assert "wages" in kinds


def test_a_supposition_is_no_fire():
    fire = next(s for s in SIGNALS if s.kind == "fire")
    assert told_cues("一旦失火，消防车进不来", fire) == ()
    assert told_cues("昨晚失火了，一旦再来怎么办", fire) == ("失火",)


def test_people_stand_before_other_urgent_matters():
    press = Signal(cues=["记者"], risk="关注", at_once="统一口径", urgency="紧急")
    danger = Signal(cues=["火"], risk="火灾", at_once="先撤人", urgency="紧急", people_first=True)
    assert find_signals("记者来了，起火", [press, danger]) == (danger, press)
