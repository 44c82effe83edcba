"""A rule named without an article must be one that is known and has not ended."""

from datetime import date

import pytest

from advisor.bare_names import bare_names
from corpus.model import VerdictKind

TODAY = date(2025, 6, 1)


def refused(text, library, day=TODAY):
    return [(v.text, v.verdict) for v in bare_names(text, (), library, day)]


def test_a_name_nobody_knows_is_refused(library):
    assert refused("依据《邻里和谐法》可以罚款。", library) == [
        ("《邻里和谐法》", VerdictKind.NOT_FOUND)
    ]


def test_a_rule_that_ended_is_refused_unless_the_sentence_says_so(library):
    assert refused("依据《示例旧停车法》处理。", library) == [
        ("《示例旧停车法》", VerdictKind.NOT_IN_FORCE)
    ]
    assert refused("《示例旧停车法》已经废止。", library) == []
    assert refused("依据《示例旧停车法》处理。", library, date(2019, 1, 1)) == []


@pytest.mark.parametrize(
    "text",
    [
        "依据《中华人民共和国示例停车法》处理。",
        "按《业主大会议事规则》表决。",
        "签《物业服务合同》。",
        "看《村规民约》。",
        "没有书名号的邻里和谐法",
    ],
)
def test_other_names_are_left_alone(text, library):
    assert refused(text, library) == []
