"""The region table: all provinces and prefectures of the state, all counties of 浙江."""

from collections.abc import Mapping

import yaml

from corpus.region import REGIONS_FILE

Table = Mapping[str, Mapping[str, list[str]]]

MUNICIPALITIES = {"北京市": 16, "天津市": 16, "上海市": 16, "重庆市": 38}
# County-level units their province rules directly; they stand at city level in the table.
RULED_DIRECTLY = {
    "河南省": {"济源市"},
    "湖北省": {"仙桃市", "潜江市", "天门市", "神农架林区"},
    "海南省": {
        *(
            "五指山市",
            "琼海市",
            "文昌市",
            "万宁市",
            "东方市",
            "定安县",
            "屯昌县",
            "澄迈县",
            "临高县",
        ),
        *("白沙黎族自治县", "昌江黎族自治县", "乐东黎族自治县", "陵水黎族自治县"),
        *("保亭黎族苗族自治县", "琼中黎族苗族自治县"),
    },
    "新疆维吾尔自治区": {
        *("石河子市", "阿拉尔市", "图木舒克市", "五家渠市", "北屯市", "铁门关市", "双河市"),
        *("可克达拉市", "昆玉市", "胡杨河市", "新星市", "白杨市"),
    },
}
ZHEJIANG = {
    "杭州市": 13,
    "宁波市": 10,
    "温州市": 12,
    "嘉兴市": 7,
    "湖州市": 5,
    "绍兴市": 6,
    "金华市": 9,
    "衢州市": 6,
    "舟山市": 4,
    "台州市": 9,
    "丽水市": 9,
}


def table() -> Table:
    loaded: Table = yaml.safe_load(REGIONS_FILE.read_text(encoding="utf-8"))
    return loaded


def test_thirty_four_provincial_units() -> None:
    provinces = list(table())
    assert len(provinces) == 34
    kinds = ("省", "市", "自治区", "特别行政区")
    assert [sum(name.endswith(kind) for name in provinces) for kind in kinds] == [23, 4, 5, 2]


def test_three_hundred_and_thirty_three_prefectures() -> None:
    prefectures = {
        (province, city)
        for province, cities in table().items()
        if province not in MUNICIPALITIES
        for city in set(cities) - RULED_DIRECTLY.get(province, set())
    }
    assert len(prefectures) == 333
    kinds = ("市", "地区", "自治州", "盟")
    assert [sum(city.endswith(kind) for _, city in prefectures) for kind in kinds] == [
        293,
        7,
        30,
        3,
    ]


def test_units_ruled_directly_stand_at_city_level() -> None:
    for province, units in RULED_DIRECTLY.items():
        assert units <= set(table()[province])


def test_municipalities_list_their_districts() -> None:
    assert {city: len(table()[city]) for city in MUNICIPALITIES} == MUNICIPALITIES


def test_zhejiang_has_eleven_cities_and_ninety_counties() -> None:
    zhejiang = table()["浙江省"]
    assert {city: len(counties) for city, counties in zhejiang.items()} == ZHEJIANG
    counties = [county for below in zhejiang.values() for county in below]
    # 37 districts, 20 county-level cities, 32 counties and 1 autonomous county.
    assert len(counties) == len(set(counties)) == 90
    assert sum(county.endswith("区") for county in counties) == 37
    assert sum(county.endswith("市") for county in counties) == 20
    assert sum(county.endswith("县") for county in counties) == 33


def test_hangzhou_as_adjusted_in_2021() -> None:
    hangzhou = set(table()["浙江省"]["杭州市"])
    assert {"临平区", "钱塘区", "上城区", "拱墅区"} <= hangzhou
    assert not {"下城区", "江干区"} & hangzhou


def test_counties_elsewhere_are_left_out() -> None:
    for province, cities in table().items():
        if province != "浙江省":
            assert all(below == [] for below in cities.values()), province


def test_no_name_is_repeated_in_the_file() -> None:
    """A repeated key would silently replace the earlier one when the file is loaded."""
    node = yaml.compose(REGIONS_FILE.read_text(encoding="utf-8"))
    assert isinstance(node, yaml.MappingNode)
    for province, cities in node.value:
        names = [city.value for city, _ in cities.value]
        assert len(set(names)) == len(names), province.value
        for city, below in cities.value:
            counties = [county.value for county in below.value]
            assert len(set(counties)) == len(counties), city.value
    provinces = [province.value for province, _ in node.value]
    assert len(set(provinces)) == len(provinces)
