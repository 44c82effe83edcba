"""Places in texts of our own, coded and real names alike."""

import pytest

from advisor.batch.places import find_places, place_key


def keys(text: str, kind: str) -> list[str]:
    return [p.key for p in find_places(text) if p.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("我家住嘉兴市秀洲区王店镇枫桥头村三组", "village", "枫桥头村"),
        ("A7区云栖里小区的路灯坏了", "estate", "云栖里"),
        ("投诉A7区云栖里小区二期3栋噪音扰民", "estate", "云栖里"),
        ("B3县青禾雅苑物业不作为", "estate", "青禾雅苑"),
        ("位于秀洲区洪波东路的烧烤店", "road", "洪波东路"),
        ("请问海棠湾小学什么时候招生", "school", "海棠湾小学"),
        ("C市316路公交车太难等", "unit", "316路公交"),
        ("地铁四号线施工扰民", "unit", "地铁4号线"),
        ("A3区和顺路很堵", "road", "和顺路"),
        ("青松大道与和平路交叉口没有红绿灯", "crossing", "和平路×青松大道"),
        ("和平路和青松大道交汇处红灯太长", "crossing", "和平路×青松大道"),
    ],
)
def test_a_place_is_found_by_its_key(text: str, kind: str, key: str) -> None:
    assert key in keys(text, kind)


def test_the_rungs_above_are_areas_and_no_part_of_a_name() -> None:
    found = keys("浙江省嘉兴市秀洲区高照街道梧桐花苑12幢漏水", "area")
    assert found == ["浙江省", "嘉兴市", "秀洲区", "高照街道"]


@pytest.mark.parametrize(
    "text",
    [
        "我们小区没有物业，整个小区的路都坏了",
        "希望政府修路，走路不方便",
        "这个村子和社区工作人员都不管",
        "建筑公司拖欠工资，物业公司不管",
        "老旧小区改造什么时候开始",
        "学校门口的停车问题",
    ],
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert not find_places(text)


def test_traditional_and_full_width_spellings_have_one_key() -> None:
    simple = keys("投诉青禾花园2期噪音问题，请处理这个事情", "estate")
    other = keys("投訴青禾花園２期噪音問題，請處理這個事情", "estate")
    assert simple == other == ["青禾花园"]


def test_a_key_keeps_at_least_two_characters() -> None:
    assert place_key("小区", "estate") == "小区"
    assert place_key("云栖里小区", "estate") == "云栖里"


def test_each_key_stands_once() -> None:
    found = find_places("云栖里小区的业主说云栖里小区没有灯")
    assert [p.key for p in found] == ["云栖里"]
