"""Fitting: which parts of our knowledge count for one complaint, and which find room."""

import pytest

from advisor.fitting import fits, fitted, foremost, told
from corpus.model import ArticleRef, Competence, Duty, Line, Route, Step

ALWAYS = Line(text="总是")
CHARGING = Line(text="充电", only_if=("充电", "飞线"))
REF = ArticleRef(law="示例法", article="第一条")
RENT = ArticleRef(law="示例法", article="第二条", only_if=("租",))


@pytest.mark.parametrize(
    ("text", "counts"),
    [("正在充电", True), ("楼上拉飞线", True), ("没有充电", False), ("停车", False), ("", False)],
)
def test_a_condition_is_met_by_one_of_its_words_unless_denied(text: str, counts: bool) -> None:
    assert fits(CHARGING, text) is counts
    assert fits(ALWAYS, text)


def test_a_playbook_keeps_what_counts(knowledge) -> None:
    book = knowledge.playbook("parking").model_copy(
        update={
            "parties": (ALWAYS, CHARGING),
            "disputes": (CHARGING, ALWAYS),
            "routes": (Route(route="调解", when="愿意", only_if=("愿意",)),),
            "lead": (
                Competence(department="消防队", duty="fire", only_if=("充电",)),
                Competence(department="城管局", duty="streets"),
            ),
            "script": (ALWAYS, CHARGING),
            "escalation": (ALWAYS, CHARGING),
            "steps": (Step(action="看", owner="甲", days=1, basis=(REF, RENT)),),
        }
    )
    plain, met = fitted(book, "停车"), fitted(book, "充电，车是租的")
    assert (plain.parties, plain.disputes, plain.routes) == ((ALWAYS,), (ALWAYS,), ())
    assert (plain.script, plain.escalation) == ((ALWAYS,), (ALWAYS,))
    assert plain.lead[0].department == "城管局"
    assert plain.steps[0].basis == (REF,)
    assert (met.parties, met.disputes) == ((ALWAYS, CHARGING), (CHARGING, ALWAYS))
    assert met.lead[0].department == "消防队"
    assert met.steps[0].basis == (REF, RENT)
    assert (met.phrasings, met.cues, met.name) == (book.phrasings, book.cues, book.name)


def test_what_was_fitted_once_stays_as_it_is(knowledge) -> None:
    once = fitted(knowledge.playbook("parking"), "消防通道上充电")
    assert fitted(once, "消防通道上充电") == once


def test_a_duty_rests_on_what_counts() -> None:
    duty = Duty(id="one", department="局", power="管租房。", basis=(REF, RENT))
    assert fitted(duty, "停车").basis == (REF,)
    assert fitted(duty, "租房").basis == (REF, RENT)


def _named(parts) -> str:
    return "".join(part.text for part in parts)


PARTS = (
    Line(text="甲"),
    Line(text="乙"),
    Line(text="丙", only_if=("狗",)),
    Line(text="丁"),
    Line(text="戊", only_if=("狗",)),
)


@pytest.mark.parametrize(
    ("room", "core", "kept"),
    [
        (5, 0, "甲乙丙丁戊"),
        (9, 0, "甲乙丙丁戊"),
        (4, 0, "甲乙丙戊"),
        (3, 0, "甲丙戊"),
        (2, 0, "丙戊"),
        (1, 0, "丙"),
        (2, 1, "甲丙"),
        (1, 1, "甲"),
        (1, 2, "甲"),
        (0, 1, ""),
        (-1, 1, ""),
    ],
)
def test_where_room_is_short_what_fits_best_stays_in_its_order(
    room: int, core: int, kept: str
) -> None:
    assert _named(foremost(PARTS, room, core=core)) == kept


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("您好。", "再见"), "您好。再见"),
        (("您好", "再见"), "您好。再见"),
        (("您好",), "您好"),
        ((), ""),
    ],
)
def test_sentences_become_one_text(lines: tuple[str, ...], text: str) -> None:
    assert told([Line(text=line) for line in lines]) == text
