"""Duplicates: each claim can be checked, one text of two places is two events."""

from datetime import date

from advisor.batch.accounts import gather
from advisor.batch.duplicates import find_events
from advisor.batch.gazetteer import Gazetteer
from advisor.batch.model import GroupInput
from advisor.batch.places import find_places

TEXT = "小区北门一楼架空层被改成商铺，油烟和噪音从早到晚，我们老人没有办法休息，望政府来管管"


def row(number: int, subject: str, text: str, *, caller: str = "", day: int = 1) -> GroupInput:
    return GroupInput(
        number=number,
        subject=subject,
        text=text,
        caller=caller or f"人{number}",
        received_on=date(2026, 3, day),
        matter="catering_fumes",
        matter_name="餐饮油烟",
        places=find_places(f"{subject}\n{text}"),
    )


def found(*rows: GroupInput) -> dict[int, int]:
    return {d.number: d.of for d in find_events(gather(rows)).duplicates}


def test_the_first_report_is_the_head_whatever_its_number() -> None:
    late = row(1, "锦溪苑架空层改商铺", TEXT, day=9)
    early = row(2, "投诉锦溪苑架空层改成商铺", f"您好。{TEXT}", day=2)
    assert found(late, early) == {1: 2}


def test_one_text_told_of_two_estates_is_two_events() -> None:
    one = row(1, "A4区英华苑小区一楼改成商业门面", f"我们是英华苑小区居民，{TEXT}")
    other = row(2, "A5区锦溪苑小区一楼改成商业门面", f"我们是锦溪苑小区居民，{TEXT}")
    assert not found(one, other)


def test_a_slip_in_the_name_does_not_make_another_estate() -> None:
    one = row(1, "A5区锦溪花园小区一楼改成商业门面", f"我们是锦溪花园小区居民，{TEXT}")
    other = row(2, "A5区锦西花园小区一楼改成商业门面", f"我们是锦西花园小区居民，{TEXT}")
    assert found(one, other) == {2: 1}


def test_reasons_tell_place_matter_and_days() -> None:
    one = row(1, "锦溪苑架空层改商铺", TEXT, day=2, caller="甲")
    other = row(2, "锦溪苑架空层改商铺扰民", TEXT, day=9, caller="甲")
    reasons = find_events(gather([one, other])).duplicates[0].reasons
    assert any("锦溪苑" in reason for reason in reasons)
    assert {"同一反映人", "相隔7天", "同一事项：餐饮油烟"} <= set(reasons)


def test_rows_without_anything_in_common_are_not_compared_to_be_the_same() -> None:
    assert not found(row(1, "锦溪苑油烟", TEXT), row(2, "", ""), row(3, "咨询落户", "怎么落户"))


def test_a_batch_teaches_names_that_two_rows_give_with_their_ending() -> None:
    told = [find_places("青禾湾小区停水"), find_places("青禾湾小区的路灯不亮")]
    assert Gazetteer(told).keys_in("我住青禾湾，晚上很吵") == {"青禾湾"}
    assert not Gazetteer(told[:1]).keys_in("我住青禾湾，晚上很吵")
