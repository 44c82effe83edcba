"""Golden situations from published reports: the right matter, departments and articles.

The complaints are written here in people's words; what is asserted is what an informed official
would expect, and that nothing shown as law is not in force.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from advisor.bootstrap import Services
from advisor.model import AdviceRequest
from corpus.model import Status

CIVIL_CODE = "中华人民共和国民法典"


@dataclass(frozen=True)
class Golden:
    name: str
    text: str
    matter: str
    departments: tuple[str, ...]  # each must stand, in part, in lead or support
    articles: tuple[tuple[str, str], ...]  # at least one of these must be shown


GOLDEN = (
    Golden(
        "fill blocking waste water",
        "隔壁老沈家上个月拉了好几车土，把他家院子和屋后的地垫高了半米多，我家厨房和洗衣服的污水本来是从"
        "他家墙边那条沟流出去的，现在全堵住了，倒灌到我家院子里，又臭又滑，老娘都摔了一跤。找他说他讲是他"
        "自己的地，爱怎么填怎么填。村里能不能来管管？",
        "neighbour_drainage_fill",
        ("综合行政执法|村民委员会|人民调解",),
        ((CIVIL_CODE, "第二百九十条"),),
    ),
    Golden(
        "blocked sewer without a property manager",
        "我们这个小区是九几年的老房子，早就没有物业了。三单元楼下的下水道又堵了，粪水从一楼王阿姨家的马桶"
        "往外冒，楼道里全是臭味。大家都说不关自己的事，没人肯出钱疏通，社区说这个要业主自己解决，到底该谁管？",
        "blocked_sewer_estate",
        ("社区|街道",),
        (
            (CIVIL_CODE, "第二百七十三条"),
            (CIVIL_CODE, "第二百七十八条"),
            (CIVIL_CODE, "第二百八十一条"),
            ("物业管理条例", "第五十一条"),
            (CIVIL_CODE, "第二百八十三条"),
        ),
    ),
    Golden(
        "leaking upstairs drain",
        "楼上402卫生间的下水管坏了，我家302天花板一直滴水，墙面全发霉了，柜子也泡烂了。跟楼上说了三四次，"
        "他说自己家里不漏，不让进门检查，也不肯修。请问怎么办？",
        "upstairs_leak",
        ("社区|村民委员会|人民调解",),
        (
            (CIVIL_CODE, "第二百九十六条"),
            (CIVIL_CODE, "第二百八十八条"),
            (CIVIL_CODE, "第一千一百六十五条"),
            (CIVIL_CODE, "第二百九十一条"),
        ),
    ),
    Golden(
        "outer wall under warranty",
        "去年刚交的新房，今年台风一来外墙就往里渗水，客厅一面墙都起泡发黑。找物业，物业让找开发商，开发商说"
        "过了半年不归他管。不是说外墙防水保修五年的吗？",
        "outer_wall_warranty",
        ("住房|住建|建设",),
        (("建设工程质量管理条例", "第四十条"), ("建设工程质量管理条例", "第四十一条")),
    ),
    Golden(
        "150 cars for 48 spaces",
        "我们小区150多辆车，画线的车位只有48个，又没有物业，天天为了抢车位吵架，晚上回来晚了就停到消防通道"
        "上去了，前两天救护车都开不进来。能不能想想办法多划一点车位？",
        "parking_shortage",
        ("街道|社区", "消防|公安|交警"),
        (
            (CIVIL_CODE, "第二百七十五条"),
            (CIVIL_CODE, "第二百七十六条"),
            (CIVIL_CODE, "第二百七十八条"),
        ),
    ),
    Golden(
        "street traders paying for public water",
        "我们是老街上开小店的，门口那个公共厕所和洗手池用的水，这么多年一直是从我们几家店的水表上走的，水费"
        "都是我们自己掏，每个月多交一百多块。找环卫说找城投，找城投说找水务公司。这个钱凭什么我们出？",
        "public_water_fee",
        ("综合行政执法|城管|环卫|水务|供水",),
        (
            (CIVIL_CODE, "第九百八十五条"),
            (CIVIL_CODE, "第九百七十九条"),
            ("城市供水条例", "第二十四条"),
        ),
    ),
    Golden(
        "worn public toilet",
        "村口那个公厕破得不像样了，门都掉了，灯也不亮，粪池满了往外溢，夏天臭得要命，老人去还滑倒过。反映了"
        "好几次，说没有钱修。",
        "public_toilet_environment",
        ("村民委员会|镇|综合行政执法|城管|环卫",),
        (),
    ),
    Golden(
        "fire-box glass",
        "我们楼道里消防箱的玻璃碎了好几天了，碎玻璃掉在地上，小孩跑来跑去很危险，里面的水带和枪头也不见了，"
        "打电话给物业说下个星期再说。",
        "fire_safety_corridor",
        ("消防|物业",),
        (
            ("中华人民共和国消防法", "第十六条"),
            ("中华人民共和国消防法", "第十八条"),
            ("中华人民共和国消防法", "第二十八条"),
            ("中华人民共和国消防法", "第六十条"),
        ),
    ),
    Golden(
        "picking fall",
        "我去给同村老周家打香榧，一天给我两百块钱，从树上掉下来把腰摔断了，住院花了四万多。老周只给了五千"
        "就不管了，说是我自己不小心。这个钱他该不该出？",
        "picking_fall",
        ("人民调解|司法所",),
        ((CIVIL_CODE, "第一千一百九十二条"),),
    ),
    Golden(
        "nut disputes",
        "我家山上那几棵香榧树，跟隔壁老陈家的山是连着的，今年他说界石往这边挪过，有两棵是他的，带人来把果子"
        "都采走了。去年也偷偷采过。村里有老人知道原来界在哪里的。",
        "nut_picking_dispute",
        ("村民委员会|人民调解|司法所|林业|公安|派出所",),
        (
            (CIVIL_CODE, "第二百三十五条"),
            (CIVIL_CODE, "第一千一百六十五条"),
            (CIVIL_CODE, "第二百三十八条"),
            ("中华人民共和国森林法", "第二十二条"),
        ),
    ),
)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda g: g.name)
def test_a_published_situation_is_answered_as_an_official_expects(
    services: Services, golden: Golden
) -> None:
    advice = services.advise(AdviceRequest(text=golden.text))

    assert advice.matter.type == golden.matter, advice.matter
    named = " ".join((advice.plan.lead_department, *advice.plan.support_departments))
    for wanted in golden.departments:
        assert any(option in named for option in wanted.split("|")), f"{wanted} not in {named}"
    shown = {(b.law, b.article) for b in advice.legal_basis}
    if golden.articles:
        assert shown & set(golden.articles), shown
    assert all(b.status is Status.IN_FORCE for b in advice.legal_basis)
    assert all(
        b.region in ("全国", "浙江省", "浙江省嘉兴市", "浙江省嘉兴市秀洲区")
        for b in advice.legal_basis
    )
    assert 3 <= len(advice.plan.steps) <= 7
    assert all(s.owner and s.action for s in advice.plan.steps)
    assert advice.analysis.missing_facts
    assert advice.plan.resident_script
    assert not advice.rejected_citations


def test_the_law_of_the_day_is_applied(services: Services) -> None:
    text = GOLDEN[0].text
    past = services.advise(AdviceRequest(text=text, occurred_on=date(2019, 6, 1)))
    assert not any(b.law == CIVIL_CODE for b in past.legal_basis)
    assert any("民法典" in limit and "尚未施行" in limit for limit in past.limits)
