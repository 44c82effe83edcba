from pathlib import Path

import pytest

from corpus.errors import KnowledgeError, UnknownRegion
from corpus.region import (
    RegionTable,
    covers,
    format_region,
    parse_region,
    read_table,
    short_name,
)

XIUZHOU = ("浙江省", "嘉兴市", "秀洲区")
TABLE = RegionTable(
    {
        "浙江省": {
            "嘉兴市": ["秀洲区", "海宁市"],
            "丽水市": ["莲都区", "景宁畲族自治县"],
            "宁波市": ["江北区"],
        },
        "重庆市": {"重庆市": ["江北区", "渝中区"]},
        "上海市": ["浦东新区"],
        "吉林省": {"吉林市": None},
        "内蒙古自治区": {},
    }
)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("浙江省嘉兴市秀洲区", XIUZHOU),
        ("浙江嘉兴秀洲", XIUZHOU),
        ("浙江省 嘉兴市 / 秀洲区", XIUZHOU),
        ("浙江秀洲区", XIUZHOU),
        ("秀洲区", XIUZHOU),
        ("中国浙江省", ("浙江省",)),
        ("嘉兴市", ("浙江省", "嘉兴市")),
        ("吉林", ("吉林省",)),
        ("吉林市", ("吉林省", "吉林市")),
        ("景宁", ("浙江省", "丽水市", "景宁畲族自治县")),
        ("重庆江北区", ("重庆市", "江北区")),
        ("上海市浦东新区", ("上海市", "浦东新区")),
        ("内蒙古", ("内蒙古自治区",)),
        ("全国", ()),
        ("", ()),
        ("秀洲区王店镇", (*XIUZHOU, "王店镇")),
        ("秀洲区新城街道高桥社区", (*XIUZHOU, "新城街道", "高桥社区")),
    ],
)
def test_ways_to_write_a_place(text: str, region: tuple[str, ...]) -> None:
    assert TABLE.parse(text) == region


def test_an_unknown_place_gets_the_nearest_names() -> None:
    with pytest.raises(UnknownRegion, match="秀州区") as caught:
        TABLE.parse("秀州区")
    assert "浙江省嘉兴市秀洲区" in caught.value.suggestions


def test_a_name_borne_by_two_places_is_asked_back() -> None:
    with pytest.raises(UnknownRegion) as caught:
        TABLE.parse("江北区")
    assert set(caught.value.suggestions) == {"浙江省宁波市江北区", "重庆市江北区"}


@pytest.mark.parametrize("text", ["火星", "浙江省火星市", "王店镇", "嘉兴市abc"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(UnknownRegion):
        TABLE.parse(text)


@pytest.mark.parametrize(
    ("title", "within", "region"),
    [
        ("宁波市养犬管理条例", ("浙江省",), ("浙江省", "宁波市")),
        ("宁波东湖度假区条例", ("浙江省",), ("浙江省", "宁波市")),
        ("景宁畲族自治县自治条例", ("浙江省",), ("浙江省", "丽水市", "景宁畲族自治县")),
        ("浙江省水资源条例", (), ("浙江省",)),
        ("浙江省嘉兴市秀洲区停车办法", (), XIUZHOU),
        ("嘉兴市停车办法", (), ("浙江省", "嘉兴市")),
        ("物业管理条例", ("浙江省",), None),
        ("海宁静默条例", (), None),
    ],
)
def test_the_place_at_the_head_of_a_title(
    title: str, within: tuple[str, ...], region: tuple[str, ...] | None
) -> None:
    assert TABLE.at_head(title, within) == region


def test_a_rule_covers_its_place_and_all_below() -> None:
    assert covers((), XIUZHOU)
    assert covers(("浙江省",), XIUZHOU)
    assert covers(XIUZHOU, XIUZHOU)
    assert not covers(XIUZHOU, ("浙江省",))
    assert not covers(("上海市",), XIUZHOU)


def test_writing_a_region() -> None:
    assert format_region(XIUZHOU) == "浙江省嘉兴市秀洲区"
    assert format_region(()) == "全国"


def test_short_names_keep_two_characters() -> None:
    assert short_name("沙县") == "沙县"
    assert short_name("浦东新区") == "浦东"
    assert short_name("湘西土家族苗族自治州") == "湘西"


def test_the_shipped_table_knows_the_place_we_serve() -> None:
    assert parse_region("浙江省嘉兴市秀洲区") == XIUZHOU
    assert parse_region("嵊州市") == ("浙江省", "绍兴市", "嵊州市")


def test_every_shipped_place_is_read_back_from_its_full_name() -> None:
    from corpus.region import shipped_table

    table = shipped_table()
    assert [table.parse(format_region(ladder)) for ladder in table.ladders] == list(table.ladders)


@pytest.mark.parametrize("content", ["- 浙江省\n", "浙江省: 3\n", "浙江省: {1: [秀洲区]}\n", "{"])
def test_a_table_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "regions.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"regions\.yaml"):
        read_table(path)
