"""Records among themselves: what is repeated, dangling, or leads to two places is found."""

from dataclasses import replace

import pytest

from corpus.knowledge import Knowledge, TownKnowledge, load_knowledge
from corpus.lint_records import record_findings
from corpus.model import (
    ArticleRef,
    Case,
    CaseSource,
    Competence,
    Duty,
    Group,
    Playbook,
    Question,
    Route,
    Step,
)

GROUPS = (
    Group(name="停车", scope="示例的停车事项"),
    Group(name="养犬", scope="示例的养犬事项", formerly=["养狗"]),
)


def book(id_: str, **changed: object) -> Playbook:
    ask = Question(ask="问", kind="ask")
    step = Step(action="做", owner="社区", days=1)
    values: dict[str, object] = {
        "id": id_,
        "name": f"{id_}事项",
        "group": "停车",
        "phrasings": [f"{id_}的第{n}种说法" for n in range(10)],
        "cues": [f"{id_}{n}" for n in range(3)],
        "nature": "事",
        "parties": ["双方"],
        "questions": [ask, ask, ask],
        "disputes": ["争"],
        "track": "即办",
        "lead": Competence(department="局", duty="park"),
        "steps": [step, step, step],
        "routes": [Route(route="调解", when="愿意")],
        "escalation": "上报",
        "script": "告知",
        "articles": [ArticleRef(law="示例法", article="第一条")] * 2,
    }
    return Playbook.model_validate(values | changed)


def case(id_: str, facts: str, **changed: object) -> Case:
    values: dict[str, object] = {
        "id": id_,
        "title": f"{id_}案",
        "place": "示例镇",
        "facts": facts,
        "measures": ["调解"],
        "outcome": "谈妥。",
        "source": CaseSource(kind="ledger"),
    }
    return Case.model_validate(values | changed)


BASIS = [ArticleRef(law="示例法", article="第一条")]
DUTY = Duty(id="park", department="局", power="管停车。", basis=BASIS)
SOUND = Knowledge(playbooks=(book("parking"), book("dogs")), duties=(DUTY,), groups=GROUPS)


def told(knowledge: Knowledge) -> list[tuple[str, str]]:
    return [(one.severity, f"{one.where} {one.message}") for one in record_findings(knowledge)]


def test_sound_records_give_nothing() -> None:
    assert told(SOUND) == []


@pytest.mark.parametrize(
    ("second", "severity", "words"),
    [
        (book("parking"), "error", "重复2次"),
        (book("dogs", name="parking事项"), "error", "同一名称"),
        (book("dogs", group="没有的类"), "error", "不在groups.yaml之中"),
        (book("dogs", group="养狗"), "warning", "已改名为“养犬”"),
        (book("dogs", lead=Competence(department="局", duty="none")), "error", "编号为none的权责"),
        (book("dogs", related=["cats"]), "error", "cats不存在"),
        (
            book("dogs", phrasings=[f"别的{n}" for n in range(9)] + ["parking的第3种说法"]),
            "warning",
            "与处置指引parking重复",
        ),
        (
            book("dogs", phrasings=[f"别的{n}" for n in range(9)] + ["parking的第3种说法呀"]),
            "warning",
            "几乎相同",
        ),
    ],
)
def test_what_is_wrong_with_a_matter(second: Playbook, severity: str, words: str) -> None:
    found = told(replace(SOUND, playbooks=(book("parking"), second)))
    assert [one for one in found if words in one[1] and one[0] == severity]


def test_a_cue_of_four_matters_tells_none_apart() -> None:
    books = [book(f"matter_{n}", cues=["大门", f"甲{n}", f"乙{n}"]) for n in range(4)]
    three = told(replace(SOUND, playbooks=tuple(books[:3])))
    four = told(replace(SOUND, playbooks=tuple(books)))
    assert not [one for one in three if "大门" in one[1]]
    assert [one for one in four if "大门" in one[1] and "4个事项" in one[1]]


def test_a_case_needs_a_matter_that_exists() -> None:
    knowledge = replace(SOUND, cases=(case("c1", "车位被占。", matters=["cats"]),))
    assert told(knowledge) == [("error", "案例c1 事项cats没有对应的处置指引")]


def test_what_a_town_switched_off_is_missed_without_being_grave() -> None:
    knowledge = replace(
        SOUND,
        playbooks=(book("parking", related=["dogs"]),),
        cases=(case("c1", "狗叫。", matters=["dogs"]),),
        town=TownKnowledge(version="a", off=1),
    )
    assert {severity for severity, _ in told(knowledge)} == {"warning"}


def test_a_case_told_twice_is_found_and_two_like_ones_are_not() -> None:
    long = "某村村口的公共车位被一户人家用地锁长期占用，邻居多次交涉无果，社区上门三次后拆除地锁。"
    again = long.replace("三次", "两次")
    other = "某村沿河的步道被垃圾堆满，环卫站当天清运，并在路口装了监控，此后没有再发生乱倒。"
    twice = told(replace(SOUND, cases=(case("c1", long), case("c2", again))))
    apart = told(replace(SOUND, cases=(case("c1", long), case("c2", other))))
    assert twice == [("error", "案例c2 与案例c1讲的是同一件事")]
    assert apart == []


def test_two_cases_of_one_title_are_found() -> None:
    cases = (case("c1", "车位被占。", title="同名"), case("c2", "河道很臭。", title="同名"))
    assert ("error", "案例“同名” 有2个案例用同一标题") in told(replace(SOUND, cases=cases))


def test_the_shipped_records_hold_together() -> None:
    wrong = [one for one in record_findings(load_knowledge()) if one.severity == "error"]
    assert wrong == []
