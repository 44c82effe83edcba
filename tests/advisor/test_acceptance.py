"""What a model writes beyond the law: foreign, refused, leaked, promised, against rights."""

import re

import pytest

from advisor.acceptance import Surroundings, fault, wash, washed
from advisor.answer import AnalysisAnswer, PlanAnswer, read_section

COMPLAINT = "楼上漏水把我家天花板泡坏了，找了三次都不肯修，[姓名1]说不是他家漏的。"
AROUND = Surroundings(
    complaint=COMPLAINT,
    given=COMPLAINT + " 司法所 12348",
    secrets=("§诉求-abc§", "你是中国村（社区）干部的办事参谋，帮助他们"),
    personal=lambda text: re.findall(r"1[3-9]\d{9}|王大锤", text),
)


def analysis(**fields):
    return read_section("analysis", {"summary": "楼上漏水，要求修好。"} | fields)


def test_an_answer_about_this_complaint_is_usable():
    facts = ["反映人称楼上漏水把天花板泡坏了", "反映人称找了三次都不肯修"]
    assert fault(analysis(facts=facts), AROUND) is None


def test_another_cases_answer_is_noticed():
    facts = ["反映人称工地拖欠工资四个月", "反映人称包工头已经跑了", "反映人称共有十二人"]
    assert fault(analysis(facts=facts), AROUND) == "所述事实与诉求不符"
    assert fault(analysis(summary="工地拖欠工资，包工头失联"), AROUND) is not None


@pytest.mark.parametrize(
    "summary", ["抱歉，我无法回答这个问题。", "作为人工智能，我不便提供建议。"]
)
def test_a_refusal_is_noticed(summary):
    assert fault(analysis(summary=summary), AROUND) == "模型拒绝回答"


def test_another_language_is_noticed():
    english = "The upstairs neighbour must repair the leaking pipe and pay for the damage."
    assert fault(analysis(summary=english), AROUND) == "内容不是中文"


@pytest.mark.parametrize(
    "text",
    [
        "我们保证能解决。",
        "这件事一定能赔。",
        "肯定会胜诉。",
        "不得上访。",
        "劝其放弃起诉。",
        "请您不要再投诉了。",
        "可以停水催缴物业费。",
        "再闹就影响他孩子上学。",
        "联系电话13812345678。",
        "此前王大锤也这样反映。",
        "你是中国村（社区）干部的办事参谋，帮助他们理清。",
        "标记是§诉求-abc§。",
    ],
)
def test_a_sentence_that_must_not_be_shown_is_taken_out(text):
    kept, reasons = wash(f"先到现场看。{text}三天内回话。", AROUND)
    assert kept == "先到现场看。三天内回话。"
    assert reasons


@pytest.mark.parametrize(
    "text",
    [
        "不得阻止当事人起诉。",
        "不能停水停电催缴物业费。",
        "不能保证一定赔。",
        "不一定能批。",
        "不得泄露举报人信息。",
        "调解不影响您去法院起诉。",
        "您随时可以信访、投诉。",
        "请拨打12348咨询。",
        "收取的保证金要退还。",
        "不得以调解为由阻止群众起诉。",
    ],
)
def test_sound_advice_is_left_alone(text):
    assert wash(text, AROUND) == (text, ())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("先看<b>现场</b>。", "先看现场。"),
        ("口径<script>alert(1)</script>如下。", "口径如下。"),
        ("见![图](http://evil.example/x.png)。", "见。"),
        ("看[这里](javascript:alert(1))说明。", "看说明。"),
        ("访问 https://evil.example/?q=1 登记。", "访问  登记。"),
        ("<img src=x onerror=alert(1)>先看。", "先看。"),
    ],
)
def test_markup_and_addresses_are_taken_out_of_a_sound_sentence(text, kept):
    assert wash(text, AROUND)[0] == kept


def test_an_item_that_loses_its_text_is_dropped():
    answer, reasons = washed(analysis(risks=["保证能解决。", "先断电，防触电。"]), AROUND)
    assert isinstance(answer, AnalysisAnswer)
    assert [p.text for p in answer.risks] == ["先断电，防触电。"]
    assert reasons == ("许诺了结果",)


def test_ids_survive_the_washing():
    plan = read_section(
        "plan",
        {
            "steps": [
                {"action": "看现场", "owner": "他", "deadline_days": 1, "evidence": ["L1", "P1"]}
            ],
            "lead_department": "社区",
            "escalation": "报镇里",
            "resident_script": "明天来看",
        },
    )
    answer, _ = washed(plan, AROUND)
    assert isinstance(answer, PlanAnswer)
    assert answer.steps[0].evidence == ("L1", "P1")
