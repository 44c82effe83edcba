"""Facts are judged by the law of their day: the rule before a change, or the one after it."""

from datetime import date

import pytest

from advisor.bootstrap import Services
from advisor.model import AdviceRequest

CODE = "中华人民共和国生态环境法典"
NOISE = "中华人民共和国噪声污染防治法"
AIR = "中华人民共和国大气污染防治法"
DANCE = "小区门口每晚七点到九点半跳广场舞，音响开得很大，孩子写不了作业，劝了两次都不听。"
FUMES = "楼下开了家炒菜馆，住宅楼里没有专用烟道，油烟天天往我家窗户里灌，老人咳嗽。"


@pytest.mark.parametrize(
    ("text", "day", "shown", "silent"),
    [
        (DANCE, date(2026, 3, 1), NOISE, CODE),
        (DANCE, date(2026, 10, 1), CODE, NOISE),
        (FUMES, date(2026, 3, 1), AIR, CODE),
        (FUMES, date(2026, 10, 1), CODE, AIR),
    ],
    ids=["dance before", "dance after", "fumes before", "fumes after"],
)
def test_a_law_and_its_successor_never_stand_together(
    services: Services, text: str, day: date, shown: str, silent: str
) -> None:
    advice = services.advise(AdviceRequest(text=text, occurred_on=day))

    laws = {row.law for row in advice.legal_basis}
    assert shown in laws
    assert silent not in laws
    assert not [limit for limit in advice.limits if silent in limit]
