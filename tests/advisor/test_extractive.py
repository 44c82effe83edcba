"""The extractive writer: everything it says comes from the complaint, the playbook or the law."""

import pytest

from advisor.evidence import select_evidence
from advisor.extractive import extractive
from advisor.matter import MatterRecognizer
from advisor.triage import find_signals
from corpus.model import Competence, Line, Question, Route, Signal, Step
from indexer.retriever import CaseHit

STORY = "尊敬的领导您好！小区车位不够，晚上八点就没地方停。有照片。要求物业把车位划清楚。谢谢！"


@pytest.fixture
def write(library, knowledge, complaint_of):
    def draft(text=STORY, guide=None, signals=None, **complaint):
        story = complaint_of(text, **complaint)
        matter = MatterRecognizer(knowledge.playbooks).recognise(text)
        playbook = guide or (knowledge.playbook(matter.type) if matter.type else None)
        cases = tuple(CaseHit(case, 1.0) for case in knowledge.cases)
        evidence = select_evidence(
            story, playbook or knowledge.general, ((), cases), knowledge=knowledge, library=library
        )
        signals = find_signals(text, knowledge.signals) if signals is None else signals
        return extractive(story, matter, evidence, signals=signals, general=knowledge.general)

    return draft


def _texts(points):
    return [point.text for point in points]


def test_facts_are_the_complaints_own_concrete_sentences_as_told(write):
    assert _texts(write().facts) == ["反映人称：小区车位不够，晚上八点就没地方停"]


def test_courtesies_and_demands_are_no_facts(write):
    told = "".join(_texts(write().facts))
    assert "领导" not in told
    assert "要求" not in told


def test_no_more_than_six_facts_are_kept_in_their_order(write):
    facts = write("".join(f"第{n}天车位又被占了。" for n in range(1, 20))).facts
    assert _texts(facts) == [f"反映人称：第{n}天车位又被占了" for n in range(1, 7)]


def test_a_long_sentence_is_shortened_and_shows_it(write):
    fact = write("车位" * 200).facts[0].text
    assert fact.endswith("…")
    assert len(fact) < 120


def test_what_is_wanted_is_told_in_the_summary_and_among_the_parties(write):
    draft = write()
    assert "要求物业把车位划清楚" in draft.summary
    assert draft.parties[0].text == "反映人：要求物业把车位划清楚"


def test_where_nothing_is_demanded_that_is_to_be_asked(write):
    draft = write("小区车位不够，晚上八点就没地方停。")
    assert "没有写明想要什么结果" in draft.summary
    assert "反映的是：小区车位不够" in draft.summary
    assert draft.parties[0].text == "反映人：具体要求未写明，待问清"


def test_what_is_known_is_not_asked_again(write):
    assert _texts(write().missing_facts) == ["〔问〕多久了", "〔查〕找过谁"]


def test_what_is_denied_is_asked(write):
    asked = _texts(write("车位不够，没有照片。").missing_facts)
    assert "〔拍〕有没有照片" in asked


def test_the_playbooks_parts_rest_on_the_playbook(write):
    draft = write()
    for point in (*draft.missing_facts, *draft.disputes):
        assert point.evidence == ("P1",)


def test_the_playbooks_steps_keep_their_order_owner_and_days(write):
    assert [(s.action, s.owner, s.deadline_days) for s in write().steps] == [
        ("到场看车位", "社区干部", 1),
        ("开会商量", "社区书记", 5),
        ("答复反映人", "社区干部", 7),
    ]


def test_a_step_rests_on_its_article(write):
    evidence = write().steps[0].evidence
    assert evidence[0] == "P1"
    assert evidence[1].startswith("L")


def test_a_conditional_step_is_taken_only_when_its_word_stands_there(write):
    assert "请消防来看" in [s.action for s in write(STORY + "消防通道也堵了。").steps]


def test_people_come_first(write):
    draft = write(STORY + "他们持刀威胁。")
    assert (draft.steps[0].action, draft.steps[0].deadline_days) == ("先报警并分开双方", 0)
    assert draft.risks[0].text == "可能有人身冲突。先报警并分开双方"


def test_two_urgent_risks_both_open_the_plan_and_a_third_does_not(write):
    risks = [
        Signal(cues=["停"], risk=f"险{n}", at_once=f"先办{n}", urgency="紧急") for n in range(3)
    ]
    assert [s.action for s in write(signals=risks).steps][:2] == ["先办0", "先办1"]
    assert "先办2" not in [s.action for s in write(signals=risks).steps]


def test_a_plea_for_justice_is_not_what_is_wanted(write):
    story = "小区车位不够。请领导主持正义，维护公道！要求物业把车位划清楚。"
    assert "核心诉求：要求物业把车位划清楚" in write(story).summary


def test_a_conditional_trap_or_question_shows_only_when_its_word_stands_there(write, knowledge):
    guide = knowledge.playbook("parking").model_copy(
        update={
            "traps": (Line(text="全都要记"), Line(text="只说消防", only_if=("消防",))),
            "questions": (Question(ask="有没有消防验收", kind="ask", only_if=("消防",)),),
        }
    )
    plain, told = write(guide=guide), write(STORY + "消防车进不来。", guide=guide)
    assert _texts(plain.risks) == ["注意：全都要记"]
    assert not plain.missing_facts
    assert "注意：只说消防" in _texts(told.risks)
    assert _texts(told.missing_facts) == ["〔问〕有没有消防验收"]


def test_parties_disputes_ways_and_words_show_only_where_they_hold(write, knowledge):
    fire = ("消防",)
    guide = knowledge.playbook("parking").model_copy(
        update={
            "parties": (Line(text="双方"), Line(text="消防站", only_if=fire)),
            "disputes": (Line(text="谁先"), Line(text="通道归谁", only_if=fire)),
            "routes": (Route(route="报消防", when="通道被堵", only_if=fire),),
            "escalation": (Line(text="报镇里。"), Line(text="当天报消防。", only_if=fire)),
            "script": (Line(text="您的事记下了。"), Line(text="通道先让开。", only_if=fire)),
        }
    )
    plain, told = write(guide=guide), write(STORY + "消防车进不来。", guide=guide)
    assert [_texts(d.parties)[1:] for d in (plain, told)] == [
        ["相关方：双方"],
        ["相关方：双方", "相关方：消防站"],
    ]
    assert [_texts(d.disputes) for d in (plain, told)] == [["谁先"], ["谁先", "通道归谁"]]
    assert plain.escalation == "报镇里。"
    assert told.escalation == "报镇里。当天报消防。\n可走途径：\n1. 报消防——通道被堵"
    assert plain.resident_script == "您的事记下了。"
    assert told.resident_script == "您的事记下了。通道先让开。"


def test_who_leads_may_depend_on_what_is_told(write, knowledge):
    fire = Competence(department="示例消防队", duty="fire_watch", only_if=("消防",))
    parking = knowledge.playbook("parking")
    guide = parking.model_copy(update={"lead": (fire, *parking.lead)})
    told = write(STORY + "消防车进不来。", guide=guide)
    assert write(guide=guide).lead_department == "示例城管局"
    assert told.lead_department == "示例消防队"
    assert "示例消防队" not in told.support_departments
    assert [c.department for c in told.competence] == ["示例消防队", "示例物业办"]


def test_a_steps_article_counts_only_where_it_holds(write, knowledge):
    parking = knowledge.playbook("parking")
    basis = tuple(r.model_copy(update={"only_if": ("消防",)}) for r in parking.steps[0].basis)
    first = parking.steps[0].model_copy(update={"basis": basis})
    guide = parking.model_copy(update={"steps": (first, *parking.steps[1:])})
    assert write(guide=guide).steps[0].evidence == ("P1",)
    assert len(write(STORY + "消防车进不来。", guide=guide).steps[0].evidence) == 2


def test_an_alarm_is_the_work_of_who_is_able_to_act(write):
    plain = Signal(cues=("车位",), risk="险", at_once="先撤人", urgency="紧急")
    other = Signal(cues=("车位",), risk="腐败", at_once="转办", owner="镇纪委", always=True)
    owners = [step.owner for step in write(signals=(plain, other)).steps[:2]]
    assert owners == ["首接村（社区）干部", "镇纪委"]


def test_where_room_is_short_the_step_for_this_case_stays(write, knowledge):
    steps = tuple(Step(action=f"第{n}步", owner="甲", days=n) for n in range(6))
    special = Step(action="请消防来", owner="甲", days=6, only_if=("消防",))
    danger = Signal(cues=("车位",), risk="险", at_once="先撤人", urgency="紧急")
    guide = knowledge.playbook("parking").model_copy(update={"steps": (*steps, special)})
    shown = write(STORY + "消防车进不来。", guide=guide, signals=(danger,)).steps
    assert [s.action for s in shown] == [
        "先撤人",
        *(f"第{n}步" for n in range(5)),
        "请消防来",
    ]


def test_where_room_is_short_the_warning_for_this_case_stays(write, knowledge):
    traps = (*(Line(text=f"要记{n}") for n in range(6)), Line(text="消防", only_if=("消防",)))
    guide = knowledge.playbook("parking").model_copy(update={"traps": traps})
    alarm = Signal(cues=("车位",), risk="险", at_once="先撤人")
    risks = _texts(write(STORY + "消防车进不来。", guide=guide, signals=(alarm,)).risks)
    assert risks == ["险。先撤人", *(f"注意：要记{n}" for n in range(4)), "注意：消防"]


def test_a_signal_that_is_not_urgent_is_a_risk_and_no_step(write):
    draft = write(STORY + "记者也来了。")
    assert draft.steps[0].action == "到场看车位"
    assert "可能引起关注" in draft.risks[0].text


def test_who_must_stay_unnamed_is_settled_at_once_though_nothing_is_urgent(write):
    hidden = Signal(cues=("车位",), risk="身份", at_once="隐去姓名", always=True)
    danger = Signal(cues=("车位",), risk="危险", at_once="先撤人", urgency="紧急")
    steps = write(signals=(danger, hidden)).steps
    assert [step.action for step in steps[:2]] == ["先撤人", "隐去姓名"]
    assert [step.deadline_days for step in steps[:2]] == [0, 0]


def test_there_are_never_more_than_seven_steps(write, knowledge):
    steps = [Step(action=f"第{n}步", owner="甲", days=n) for n in range(7)]
    playbook = knowledge.playbook("parking").model_copy(update={"steps": tuple(steps)})
    assert len(write("车位不够，打架了", playbook).steps) == 7


def test_lead_and_support_are_named_once_each_with_their_power(write):
    draft = write(STORY + "消防通道也堵了。")
    assert draft.lead_department == "示例城管局"
    assert draft.support_departments == ("示例消防队", "示例物业办")
    assert [c.basis for c in draft.competence] == ["管道路上乱停的车", "管消防通道", "协助"]


def test_the_ways_to_settle_say_when_they_are_closed(write):
    escalation = write().escalation
    assert "调解——双方愿意；不适用于：已经起诉" in escalation
    assert escalation.startswith("十天没有结果就报镇里")


def test_every_article_of_the_evidence_is_named_by_id_with_its_reason(write):
    basis = write().basis
    assert [b.evidence_id for b in basis] == [f"L{n}" for n in range(1, len(basis) + 1)]
    assert all(b.why for b in basis)


def test_a_case_of_the_same_matter_says_what_is_the_same_and_what_differs(write):
    (precedent,) = write(STORY + "通道也被占了。").precedents
    assert precedent.same == ("同属“小区停车”", "通道被占")
    assert any("小区没有物业" in difference for difference in precedent.different)


def test_a_case_from_another_province_says_so(write):
    (precedent,) = write(region=("山东省", "济南市")).precedents
    assert any("当地规定可能不同" in difference for difference in precedent.different)


def test_an_unknown_matter_goes_the_general_way_and_names_what_it_may_be(write):
    draft = write("我要反映一件说不清楚的事情，拖了三年。")
    assert draft.summary.startswith("暂不能可靠判断事项类型")
    assert draft.lead_department == "示例镇政府"
    assert draft.disputes == ()
    assert all("P1" not in point.evidence for point in draft.missing_facts)


@pytest.mark.parametrize("text", ["救", "您好！谢谢！", "？？？车", "车位" * 10_000])
def test_the_oddest_text_still_gives_a_whole_draft(write, text):
    draft = write(text)
    assert draft.steps
    assert draft.resident_script
    assert draft.missing_facts


def test_the_same_complaint_gives_the_same_draft(write):
    assert write() == write()
