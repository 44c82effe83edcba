"""Conditions: one without a word is found, and a playbook that always says too little."""

import pytest

from corpus.knowledge import Knowledge, load_knowledge
from corpus.lint_conditions import condition_findings
from corpus.model import (
    ArticleRef,
    Competence,
    Duty,
    GeneralGuide,
    Line,
    Playbook,
    Question,
    Route,
    Step,
)

REF = ArticleRef(law="示例法", article="第一条")
STEP = Step(action="做", owner="社区", days=1)
ASK = Question(ask="问", kind="ask")


def book(**changed: object) -> Playbook:
    values: dict[str, object] = {
        "id": "parking",
        "name": "停车",
        "group": "示例",
        "phrasings": [f"说法{n}" for n in range(10)],
        "cues": ["停车", "车位", "车库"],
        "nature": "事",
        "parties": ["双方"],
        "questions": [ASK, ASK, ASK],
        "disputes": ["争"],
        "track": "即办",
        "lead": Competence(department="局", duty="park"),
        "steps": [STEP, STEP, STEP],
        "routes": [Route(route="调解", when="愿意")],
        "escalation": "上报",
        "script": "告知",
        "articles": [REF, REF],
    }
    return Playbook.model_validate(values | changed)


def told(knowledge: Knowledge) -> list[str]:
    return [f"{one.severity} {one.where} {one.message}" for one in condition_findings(knowledge)]


def only(part: Step | ArticleRef | Route) -> Step | ArticleRef | Route:
    return part.model_copy(update={"only_if": ("充电",)})


def test_what_always_holds_needs_no_word() -> None:
    assert told(Knowledge(playbooks=(book(),))) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"steps": [STEP, STEP, only(STEP)]}, "不带only_if的步骤只有2个，至少要3个"),
        ({"articles": [REF, only(REF)]}, "不带only_if的条文只有1个，至少要2个"),
        ({"disputes": [Line(text="争", only_if=["充电"])]}, "不带only_if的争议只有0个"),
        ({"parties": [Line(text="甲", only_if=["充电"])]}, "不带only_if的当事人只有0个"),
        ({"routes": [only(Route(route="调解", when="愿意"))]}, "不带only_if的途径只有0个"),
    ],
)
def test_a_playbook_says_enough_whatever_is_told(changed: dict[str, object], words: str) -> None:
    (found,) = told(Knowledge(playbooks=(book(**changed),)))
    assert found.startswith("error 处置指引parking")
    assert words in found


def test_an_empty_condition_is_found_wherever_it_stands() -> None:
    empty = REF.model_validate({"law": "示例法", "article": "第一条", "only_if": []})
    step = Step(action="做", owner="社区", days=1, basis=[empty])
    guide = GeneralGuide(
        questions=[ASK, ASK, ASK],
        steps=[step, STEP, STEP],
        lead=[Competence(department="局", duty="park")],
        escalation=[Line(text="上报", only_if=[])],
        script=[Line(text="告知")],
    )
    duty = Duty(id="park", department="局", power="管停车。", basis=[empty])
    found = told(
        Knowledge(playbooks=(book(steps=[step, STEP, STEP]),), general=guide, duties=(duty,))
    )
    assert found == [
        "error 处置指引parking basis里有一处only_if是空的：写上词，或删去",
        "error 通用指引 basis里有一处only_if是空的：写上词，或删去",
        "error 通用指引 escalation里有一处only_if是空的：写上词，或删去",
        "error 权责park basis里有一处only_if是空的：写上词，或删去",
    ]


def test_the_shipped_conditions_are_sound() -> None:
    assert told(load_knowledge()) == []
