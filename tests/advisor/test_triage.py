"""Triage: only ever raised, each step with a reason taken from the text."""

from itertools import product

import pytest

from advisor.triage import assess, find_signals
from corpus.model import Signal

TRACKS = ("即办", "联办", "督办")
URGENCIES = ("一般", "较急", "紧急")


@pytest.fixture
def triage_of(complaint_of, knowledge):
    def judge(text, playbook=None):
        return assess(complaint_of(text), playbook, find_signals(text, knowledge.signals))

    return judge


@pytest.fixture
def parking(knowledge):
    return knowledge.playbook("parking")


def test_without_signs_the_playbook_decides(triage_of, parking):
    triage = triage_of("车位不够", parking)
    assert (triage.track, triage.urgency, triage.priority) == ("即办", "一般", 30)


def test_an_unknown_matter_is_shared_and_says_so(triage_of):
    triage = triage_of("说不清的事")
    assert (triage.track, triage.urgency) == ("联办", "一般")
    assert triage.reasons == ("事项类型待核实",)


def test_a_signal_raises_urgency_and_quotes_the_word(triage_of, parking):
    triage = triage_of("为了车位打架了", parking)
    assert triage.urgency == "紧急"
    assert "可能有人身冲突（原文：打架）" in triage.reasons


def test_a_signal_raises_the_track(triage_of, parking):
    assert triage_of("车位没了，不想活了", parking).track == "督办"


def test_a_denied_word_is_no_signal(triage_of, parking):
    triage = triage_of("为车位吵了几句，没有打架", parking)
    assert triage.urgency == "一般"


@pytest.mark.parametrize(("track", "urgency"), list(product(TRACKS, URGENCIES)))
@pytest.mark.parametrize("text", ["车位", "打架", "不想活", "记者", "多次反映", "记者来了又打架"])
def test_nothing_lowers_what_the_playbook_says(triage_of, parking, track, urgency, text):
    triage = triage_of(text, parking.model_copy(update={"track": track, "urgency": urgency}))
    assert TRACKS.index(triage.track) >= TRACKS.index(track)
    assert URGENCIES.index(triage.urgency) >= URGENCIES.index(urgency)


@pytest.mark.parametrize(
    ("text", "points", "quoted"),
    [
        ("多次反映车位的事", 8, "多次反映"),
        ("车位的事拖了三年了", 8, "三年了"),
        ("150户人家没有车位", 7, "150户"),
        ("全小区都没有车位", 7, "全小区"),
        ("八十岁的邻居没有车位", 5, "八十岁"),
    ],
)
def test_what_makes_waiting_worse_adds_points_and_is_quoted(
    triage_of, parking, text, points, quoted
):
    triage = triage_of(text, parking)
    assert triage.priority == 30 + points
    assert any(f"（原文：{quoted}）" in reason for reason in triage.reasons)


def test_what_was_reported_before_is_no_longer_done_at_once(triage_of, parking):
    assert triage_of("多次反映", parking).track == "联办"


def test_priority_never_exceeds_a_hundred(triage_of, parking):
    text = "多次反映，全村老人都来了，打架，不想活，记者"
    assert triage_of(text, parking).priority == 100


def test_signals_come_most_urgent_first_and_each_risk_once(knowledge):
    doubled = (*knowledge.signals, *knowledge.signals)
    found = find_signals("记者看到有人打架", doubled)
    assert [s.risk for s in found] == ["可能有人身冲突", "可能引起关注"]


def test_a_text_without_cues_has_no_signals(knowledge):
    assert find_signals("车位不够", knowledge.signals) == ()


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("再不解决我就不想活了", "轻生"),
        ("楼道里一股煤气味", "燃气"),
        ("插座冒烟了", "火灾"),
        ("房子要塌了", "坍塌"),
        ("电线掉在地上会触电", "触电"),
        ("两家动手打人了", "人身冲突"),
        ("老公家暴", "家庭暴力"),
        ("村民准备去政府拉横幅", "集体上访"),
        ("再不给工钱我们就去堵政府大门", "集体上访"),
        ("我女儿十三岁，被隔壁老头摸了", "性侵害"),
        ("他在厂里对女工乱摸", "性侵害"),
        ("鱼塘被人下毒", "投毒"),
        ("他在工地摔下来死了，老板只肯给两万", "有人死亡"),
        ("孩子不见了，到处找不到", "走失"),
    ],
)
def test_the_dangers_we_ship_are_seen(services, text, risk):
    found = find_signals(text, services.knowledge.signals)
    assert any(risk in s.risk and s.urgency == "紧急" for s in found)


def test_a_very_long_number_costs_nothing(triage_of):
    assert triage_of("1" * 19_999 + "我").urgency == "一般"


def test_a_signal_without_a_track_leaves_the_track(complaint_of, parking):
    signal = Signal(cues=["车位"], risk="示例", at_once="示例", urgency="较急")
    triage = assess(complaint_of("车位"), parking, (signal,))
    assert (triage.track, triage.urgency) == ("即办", "较急")


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了，晚上只能摸黑走",
        "车把路口堵死了，救护车进不来",
        "墙歪了，担心哪天倒下来砸到人",
        "公园沙石裸露，黄土飞扬",
        "天天吵，烦死了",
    ],
)
def test_everyday_words_are_no_danger(services, text):
    found = find_signals(text, services.knowledge.signals)
    assert [s for s in found if s.urgency == "紧急"] == []
