"""A small batch of our own, as the writers of files get it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from advisor.batch.model import (
    BatchRow,
    BatchSummary,
    Brief,
    Cluster,
    Deadline,
    Duplicate,
    EarlyWarning,
    Groups,
    Item,
    ItemArticle,
    ItemCase,
    LeadChoice,
    RiskFlag,
    UnworkedRow,
)
from advisor.model import RETRIEVAL_LABEL, DepartmentCompetence, Matter, Triage
from corpus.model import Level, TextKind

STORY = "村口路灯坏了半个月，晚上出门看不清路，老人摔了一跤。"


def make_item(number: int, **row: object) -> Item:
    """A lamp that does not burn, reported as one row."""
    article = ItemArticle(
        law="示例市照明条例",
        article="第十二条",
        text="设施损坏的，应当及时修复。",
        text_kind=TextKind.GIST,
        level=Level.LOCAL_REGULATION,
    )
    given: dict[str, object] = {
        "number": number,
        "sheet": "账",
        "line": number + 1,
        "text": STORY,
        "subject": "路灯不亮",
        "ref": f"T{number}",
        "received_at": datetime(2025, 3, number % 28 + 1, 9, 5),
        "caller": f"U{number}",
        "extra": (("点赞数", "2"),),
    }
    return Item(
        row=BatchRow.model_validate(given | row),
        matter=Matter(type="lamp", name="公共照明", confidence=0.83),
        triage=Triage(track="督办", urgency="紧急", priority=80, reasons=("老人摔伤",)),
        flags=(
            RiskFlag(
                kind="fall",
                risk="人身伤害",
                quote="摔了一跤",
                at_once="当日上门查看",
                owner="社区",
                people_first=True,
            ),
        ),
        lead_department="住建局",
        lead_candidates=(
            LeadChoice(department="住建局", likelihood=0.8),
            LeadChoice(department="执法局", likelihood=0.15),
        ),
        support_departments=("示例街道",),
        competence=(DepartmentCompetence(department="住建局", basis="负责照明设施"),),
        missing_facts=("路灯编号",),
        deadlines=(
            Deadline(what="答复", due_on=date(2025, 5, 1), basis="60 日"),
            Deadline(what="首次联系", due_on=date(2025, 3, 3), basis="48 小时"),
        ),
        first_step="社区：到现场查看",
        summary="路灯损坏，老人夜间摔倒",
        articles=(article,),
        cases=(ItemCase(case_id="c1", title="某村路灯", outcome="已更换电缆。", days=4),),
    )


@pytest.fixture
def groups() -> Groups:
    brief = Brief(
        common_cause="线路老化，无人养护",
        root_measures=("整体更换线路", "明确养护单位"),
        departments=("住建局", "示例街道"),
    )
    cluster = Cluster(
        id="G1",
        title="示例村路灯损坏",
        matter="lamp",
        matter_name="公共照明",
        place="示例村",
        first_on=date(2025, 3, 2),
        last_on=date(2025, 3, 4),
        members=(1, 2),
        events=1,
        people=2,
        heat=12.34,
        heat_reasons=("2 人反映",),
        brief=brief,
    )
    warning = EarlyWarning(
        cluster="G1", title="示例村路灯损坏", window_days=7, count=9, usual=1.3, reason="明显增多"
    )
    repeat = Duplicate(number=2, of=1, score=0.9, reasons=("同一地点",))
    return Groups(duplicates=(repeat,), clusters=(cluster,), warnings=(warning,))


@pytest.fixture
def unworked() -> tuple[UnworkedRow, ...]:
    return (
        UnworkedRow(number=4, sheet="账", line=5, code="empty", reason="没有诉求内容", ref="T4"),
        UnworkedRow(number=5, sheet="旧", line=0, code="unreadable", reason="工作表已隐藏"),
    )


@pytest.fixture
def summary() -> BatchSummary:
    return BatchSummary(
        id="b-1",
        source="backlog.xlsx",
        created_at=datetime(2025, 3, 5, 10),
        rows=5,
        worked=3,
        unworked=2,
        mode="extractive",
        ai_label=RETRIEVAL_LABEL,
        corpus_as_of=date(2025, 1, 1),
        notes=("共两个工作表",),
    )


@pytest.fixture
def item() -> Callable[..., Item]:
    """Makes items; fields of the row can be given."""
    return make_item
