"""The 一类事 brief: only what stands in a playbook, the general guide or an item."""

from datetime import UTC, date, datetime

from advisor.batch.briefs import brief_of
from advisor.batch.model import BatchRow, Cluster, Item, ItemArticle, ItemCase
from advisor.model import Matter, Triage
from corpus.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
LAW = ItemArticle(law="测试法", article="第一条", text="要旨", text_kind="gist", level="法律")
RARE = ItemArticle(law="测试法", article="第二条", text="要旨", text_kind="gist", level="法律")
CASE = ItemCase(case_id="c1", title="某小区油烟整改", outcome="加装净化设备后验收", days=12)


def item(number: int, *, lead: str = "城管", articles: tuple[ItemArticle, ...] = (LAW,)) -> Item:
    return Item(
        row=BatchRow(
            number=number,
            sheet="表",
            line=number,
            text="锦溪苑底商饭店油烟直排住户窗户，多次投诉没有结果",
            received_at=datetime(2026, 3, number, tzinfo=UTC),
        ),
        matter=Matter(type="catering_fumes", name="餐饮油烟", confidence=0.9),
        triage=Triage(track="联办", urgency="一般", priority=40, reasons=()),
        lead_department=lead,
        support_departments=("生态环境分局",),
        summary="油烟扰民",
        articles=articles,
        cases=(CASE,),
    )


def cluster(matter: str | None = "catering_fumes") -> Cluster:
    return Cluster(
        id="k1", title="锦溪苑：餐饮油烟", matter=matter, matter_name="餐饮油烟", place="锦溪苑",
        first_on=date(2026, 3, 1), last_on=date(2026, 3, 3), members=(1, 2, 3),
        events=2, people=3, heat=40.0,
    )  # fmt: skip


ITEMS = (item(1), item(2), item(3, lead="市场监管", articles=(RARE, LAW)), item(9, lead="别处"))


def test_the_cause_tells_the_counts_and_the_nature_of_the_matter() -> None:
    playbook = KNOWLEDGE.playbook("catering_fumes")
    assert playbook is not None
    brief = brief_of(cluster(), ITEMS, KNOWLEDGE)
    assert "3件反映2个事件，涉及3名反映人" in brief.common_cause
    assert "锦溪苑" in brief.common_cause
    assert playbook.nature in brief.common_cause


def test_what_most_members_rest_on_comes_first_and_others_rows_are_passed_over() -> None:
    brief = brief_of(cluster(), ITEMS, KNOWLEDGE)
    assert brief.articles == (LAW, RARE)
    assert brief.worked_before == (CASE,)
    assert brief.departments == ("城管", "市场监管", "生态环境分局")


def test_measures_are_words_of_the_playbook() -> None:
    playbook = KNOWLEDGE.playbook("catering_fumes")
    assert playbook is not None
    written = [line.text for line in playbook.escalation] + [s.action for s in playbook.steps]
    measures = brief_of(cluster(), ITEMS, KNOWLEDGE).root_measures
    assert measures
    assert all(any(part[:12] in measure for part in written) for measure in measures)


def test_a_matter_that_is_not_known_gets_the_general_way_and_says_so() -> None:
    brief = brief_of(cluster(None), ITEMS, KNOWLEDGE)
    assert "未能认定" in brief.common_cause
    assert KNOWLEDGE.general is not None
    assert KNOWLEDGE.general.escalation[0].text in brief.root_measures[0]
