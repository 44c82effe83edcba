"""Grouping of a small fictional backlog: what belongs together, whatever the order."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.batch.grouping import group
from advisor.batch.model import GroupInput, Groups
from advisor.batch.places import find_places

TODAY = date(2026, 6, 30)
NOISE = "噪声扰民（广场舞、棋牌室、夜间施工）"
FUMES = "餐饮油烟与烧烤扰民"


def row(
    number: int,
    subject: str,
    text: str,
    *,
    day: int = 1,
    caller: str = "",
    matter: tuple[str, str] = ("noise_disturbance", NOISE),
) -> GroupInput:
    return GroupInput(
        number=number,
        ref=f"R{number}",
        subject=subject,
        text=text,
        caller=caller or f"来电人{number}",
        received_on=date(2026, 1, 1) + timedelta(days=day),
        matter=matter[0],
        matter_name=matter[1],
        priority=40,
        places=find_places(f"{subject}\n{text}"),
    )


MIXER = (
    "梧桐里小区东门外新建的搅拌站每天凌晨两点开始作业，粉尘飘进阳台，老人孩子整夜睡不着，请尽快查处"
)
BACKLOG = (
    row(1, "A7区梧桐里小区旁搅拌站噪音扰民", MIXER, day=3),
    row(2, "投诉梧桐里旁边的搅拌站半夜施工", f"您好。{MIXER}。盼复", day=9),
    row(3, "A7区梧桐里搅拌站粉尘噪音", "搅拌站离梧桐里小区不到百米，凌晨作业，整夜噪音", day=15),
    row(4, "A2区锦溪苑楼下烧烤店油烟扰民", "锦溪苑5栋楼下烧烤店没有烟道，油烟直排住户窗户", day=4,
        matter=("catering_fumes", FUMES)),
    row(5, "锦溪苑底商饭店油烟大", "锦溪苑底商饭店营业到深夜，油烟直排，投诉多次没有结果", day=30,
        matter=("catering_fumes", FUMES)),
    row(6, "A4区明月小学招生范围咨询", "请问明月小学招生范围包括哪些楼栋，外地户口怎么报名", day=6,
        matter=("school", "入学")),
    row(7, "B县316路公交车等太久", "316路公交车早高峰半小时一趟，上班总迟到，希望增加班次", day=8,
        matter=("bus", "公交")),
    row(8, "养老金认证网上怎么办理", "老人腿脚不便，养老金资格认证能不能在网上办", day=11,
        matter=("pension", "养老")),
)  # fmt: skip


def grouped(rows: tuple[GroupInput, ...] | list[GroupInput]) -> Groups:
    return group(rows, today=TODAY)


def test_nothing_gives_nothing() -> None:
    assert grouped([]) == Groups()


def test_a_reworded_report_by_another_person_is_the_same_event() -> None:
    found = {d.number: d for d in grouped(BACKLOG).duplicates}
    assert found[2].of == 1
    assert found[2].score >= 0.7
    assert any("梧桐里" in reason for reason in found[2].reasons)


def test_what_is_unlike_stays_alone() -> None:
    groups = grouped(BACKLOG)
    together = {n for d in groups.duplicates for n in (d.number, d.of)}
    together |= {n for c in groups.clusters for n in c.members}
    assert not together & {6, 7, 8}


def test_events_of_one_matter_at_one_place_are_one_cluster() -> None:
    clusters = {c.place: c for c in grouped(BACKLOG).clusters}
    assert clusters["锦溪苑"].members == (4, 5)
    assert clusters["锦溪苑"].matter == "catering_fumes"
    assert clusters["锦溪苑"].title == "锦溪苑：餐饮油烟与烧烤扰民（2件，2人）"
    assert clusters["梧桐里"].members == (1, 2, 3)
    assert clusters["梧桐里"].events < 3


def test_hot_topics_come_first_and_say_why() -> None:
    clusters = grouped(BACKLOG).clusters
    assert [c.heat for c in clusters] == sorted((c.heat for c in clusters), reverse=True)
    assert all(c.heat_reasons for c in clusters)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_input_changes_nothing(seed: int) -> None:
    shuffled = list(BACKLOG)
    random.Random(seed).shuffle(shuffled)
    assert grouped(shuffled) == grouped(BACKLOG)


def test_ids_depend_on_the_members_and_not_on_their_numbers() -> None:
    moved = [r.model_copy(update={"number": r.number + 100}) for r in BACKLOG]
    assert {c.id for c in grouped(moved).clusters} == {c.id for c in grouped(BACKLOG).clusters}


def test_another_member_makes_another_id() -> None:
    without = [r for r in BACKLOG if r.number != 5]
    ids = {c.id for c in grouped(BACKLOG).clusters}
    assert {c.id for c in grouped(without).clusters} < ids


def test_months_without_a_report_end_a_cluster() -> None:
    late = row(
        9,
        "锦溪苑一楼新开火锅店排烟",
        "锦溪苑一楼新开的火锅店把排烟管装在二楼窗边，油烟味很重",
        day=170,
        matter=("catering_fumes", FUMES),
    )
    members = [c.members for c in grouped([*BACKLOG, late]).clusters]
    assert (4, 5) in members
    assert not any(9 in m for m in members)


@pytest.mark.parametrize("field", ["received_on", "matter"])
def test_rows_without_a_day_or_a_matter_are_grouped_all_the_same(field: str) -> None:
    bare = [r.model_copy(update={field: None}) for r in BACKLOG]
    assert any(d.number == 2 for d in grouped(bare).duplicates)


def test_rows_that_come_without_vectors_are_grouped_as_those_with() -> None:
    bare = [r.model_copy(update={"likeness": ""}) for r in BACKLOG]
    assert grouped(bare) == grouped(BACKLOG)
