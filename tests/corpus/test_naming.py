import pytest

from corpus.naming import Names, name_key, short_names

LENDING = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"
FAMILY = "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）"
PROPERTY = "最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释"
NAMES = Names(
    {
        "中华人民共和国民法典": ["总则", "物权编"],
        "浙江省实施《中华人民共和国示例法》办法": [],
        LENDING: [],
        FAMILY: [],
        PROPERTY: [],
    },
    {"民间借贷规定（旧称）": LENDING, "无处可去": "没有这部法"},
)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("民法典", "中华人民共和国民法典"),
        ("《中华人民共和国民法典》", "中华人民共和国民法典"),
        ("　民 法典", "中华人民共和国民法典"),
        ("民法典物权编", "中华人民共和国民法典"),
        ("《民法典》总则编", "中华人民共和国民法典"),
        ("民法典（2020年）", "中华人民共和国民法典"),
        ("浙江省实施〈示例法〉办法", "浙江省实施《中华人民共和国示例法》办法"),
        ("民间借贷司法解释", LENDING),
        ("最高人民法院《关于审理民间借贷案件适用法律若干问题的规定》", LENDING),
        ("民间借贷规定(旧称)", LENDING),
        ("婚姻家庭编司法解释（一）", FAMILY),
        ("民法典婚姻家庭编的解释(一)", FAMILY),
        ("物业服务纠纷司法解释", PROPERTY),
        ("物业服务司法解释", PROPERTY),
    ],
)
def test_ways_to_write_a_name(written: str, title: str) -> None:
    assert NAMES.find(written) == title


@pytest.mark.parametrize("written", ["", "刑法", "无处可去", "民法", "典", "借贷"])
def test_unknown_names_lead_nowhere(written: str) -> None:
    assert NAMES.find(written) is None


def test_a_short_name_two_rules_share_leads_nowhere() -> None:
    titles = {
        "最高人民法院关于审理借贷案件适用法律若干问题的规定": [],
        "最高人民检察院关于审理借贷案件适用法律若干问题的规定": [],
    }
    assert Names(titles, {}).find("借贷司法解释") is None
    given = {"借贷司法解释": next(iter(titles))}
    assert Names(titles, given).find("借贷司法解释") == next(iter(titles))


def test_only_interpretations_have_derived_names() -> None:
    assert short_names("中华人民共和国民法典") == ()
    assert "民间借贷司法解释" in short_names(LENDING)


def test_the_key_ignores_brackets_width_and_state() -> None:
    assert name_key("《中华人民共和国 示例法》（试行）") == "示例法(试行)"
