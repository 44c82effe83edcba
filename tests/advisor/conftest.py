"""A small world of our own: fictional law, three matters, one case, and an adviser over them."""

from datetime import UTC, date, datetime

import pytest

from advisor.advise import Adviser
from advisor.matter import MatterRecognizer
from advisor.model import Complaint, Versions
from advisor.store import InMemoryAdviceStore
from corpus.ingest import add
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.limited_parser import LimitedParser
from corpus.model import (
    ArticleRef,
    Case,
    CasePoint,
    CaseSource,
    Competence,
    Duty,
    GeneralGuide,
    Gist,
    GistStatute,
    Level,
    Playbook,
    Question,
    Revision,
    Route,
    Signal,
    Step,
    Succession,
)
from corpus.store import CorpusStore
from indexer.build import build
from indexer.retriever import Retriever

TODAY = date(2025, 6, 1)
XIUZHOU = ("浙江省", "嘉兴市", "秀洲区")
PARKING_LAW = "中华人民共和国示例停车法"


def _gist(article, gist):
    return Gist(article=article, gist=gist, phrasings=["车堵门口", "乱停车"], topics=["停车"])


def _statute(title, *gists, start=date(2020, 9, 1), region=(), level=Level.LAW):
    return GistStatute(
        title=title,
        level=level,
        region=region,
        version=start,
        effective_from=start,
        source="示例",
        articles=[_gist(article, text) for article, text in gists],
    )


def _ref(law, article, **more):
    return ArticleRef(law=law, article=article, why="示例理由", **more)


STATUTES = (
    _statute(
        PARKING_LAW,
        ("第一条", "停车要守规矩，人人有责。"),
        ("第二条", "车辆不得堵住消防通道。"),
        ("第三条", "给电动车充电要在指定的地方。"),
        ("第四条", "车位分配由业主共同决定。"),
    ),
    _statute(
        "浙江省示例停车条例",
        ("第一条", "本省小区停车位优先给业主。"),
        region=["浙江省"],
        level=Level.LOCAL_REGULATION,
    ),
    _statute(
        "山东省示例停车条例",
        ("第一条", "外省小区停车位优先给业主。"),
        region=["山东省"],
        level=Level.LOCAL_REGULATION,
    ),
    _statute("示例旧停车法", ("第一条", "从前停车要守的规矩。"), start=date(1999, 1, 1)),
    _statute("示例已改法", ("第一条", "修订之前的停车规矩。"), start=date(2010, 1, 1)),
    _statute("示例将来法", ("第一条", "以后才有的停车规矩。"), start=date(2030, 1, 1)),
)
SIGNALS = (
    Signal(
        cues=["打架", "持刀"], risk="可能有人身冲突", at_once="先报警并分开双方", urgency="紧急"
    ),
    Signal(
        cues=["不想活"],
        risk="有轻生表示",
        at_once="先稳住当事人",
        urgency="紧急",
        track="督办",
    ),
    Signal(cues=["记者"], risk="可能引起关注", at_once="统一口径", urgency="较急"),
)
GENERAL = GeneralGuide(
    questions=[Question(ask=f"通用问题{n}", kind="ask") for n in "一二三"],
    steps=[Step(action=f"通用步骤{n}", owner="村干部", days=n) for n in (1, 2, 3)],
    lead=Competence(department="示例镇政府", duty=""),
    escalation="报镇里指定牵头单位",
    script="我们已经登记，会先核实再答复您。",
)
DUTIES = (
    Duty(
        id="order_streets",
        department="示例城管局",
        power="管道路上乱停的车",
        basis=[_ref(PARKING_LAW, "第二条")],
    ),
    Duty(
        id="fire_watch",
        department="示例消防队",
        power="管消防通道",
        basis=[_ref(PARKING_LAW, "第三条")],
    ),
)


def _playbook(id_, name, **more):
    steps = [Step(action=f"{name}第{n}步", owner="社区干部", days=n) for n in (1, 2, 3)]
    return Playbook(
        **{
            "id": id_,
            "name": name,
            "group": "示例",
            "nature": f"{name}是邻里之间的事。",
            "parties": ["双方住户"],
            "questions": [
                Question(ask="有没有照片", kind="photo", known_if=["照片"]),
                Question(ask="多久了", kind="ask"),
                Question(ask="找过谁", kind="lookup"),
            ],
            "disputes": ["谁先谁后"],
            "track": "即办",
            "lead": Competence(department="示例城管局", duty="order_streets"),
            "steps": steps,
            "routes": [Route(route="调解", when="双方愿意", closed_when="已经起诉")],
            "traps": ["不要先表态"],
            "escalation": "十天没有结果就报镇里",
            "script": "您的事我们记下了，三天内给您回话。",
            "articles": [_ref(PARKING_LAW, "第一条"), _ref(PARKING_LAW, "第二条")],
            **more,
        }
    )


PARKING = _playbook(
    "parking",
    "小区停车",
    phrasings=[
        "车位不够晚上没地方停",
        "有人占了两个车位",
        "外面的车停进小区里来",
        "车停在通道上过不去",
        "地锁占着车位不用",
        "停车收费说涨就涨",
        "门口的车位被划走了",
        "转了几圈找不到车位",
        "僵尸车停了一年没人动",
        "车位只卖不租",
    ],
    cues=["车位", "停车", "地锁"],
    articles=[
        _ref(PARKING_LAW, "第二条"),
        _ref("浙江省示例停车条例", "第一条"),
        _ref("山东省示例停车条例", "第一条"),
        _ref("示例旧停车法", "第一条"),
        _ref("示例已改法", "第一条"),
        _ref("示例将来法", "第一条"),
        _ref("示例没有收录的法", "第一条"),
        _ref(PARKING_LAW, "第三条", only_if=["充电"]),
    ],
    support=[
        Competence(department="示例消防队", duty="fire_watch", only_if=["消防"]),
        Competence(department="示例物业办", duty="unknown_duty", role="协助"),
    ],
    steps=[
        Step(action="到场看车位", owner="社区干部", days=1, basis=[_ref(PARKING_LAW, "第四条")]),
        Step(action="请消防来看", owner="消防队", days=2, only_if=["消防"]),
        Step(action="开会商量", owner="社区书记", days=5),
        Step(action="答复反映人", owner="社区干部", days=7),
    ],
)
LEAK = _playbook(
    "leak",
    "楼上漏水",
    phrasings=[
        "楼上漏水把天花板泡坏了",
        "卫生间顶上一直滴水",
        "楼上不肯修水管",
        "墙角发霉全是水印",
        "吊顶泡得掉下来了",
        "楼上说不是他家漏的",
        "水顺着灯往下滴",
        "防水层坏了没人修",
        "上面一洗澡我家就下雨",
        "漏水赔偿谈不拢",
    ],
    cues=["漏水", "滴水", "天花板"],
)
DOGS = _playbook(
    "dogs",
    "养狗扰民",
    phrasings=[
        "邻居的狗半夜一直叫",
        "狗不牵绳吓到孩子",
        "楼下有人喂流浪狗",
        "狗咬了人不肯赔钱",
        "狗粪拉在电梯里",
        "阳台上养了五条大狗",
        "烈性犬在小区里乱跑",
        "狗叫得老人睡不着觉",
        "遛狗的人从来不收拾",
        "狗场开在村子中间",
    ],
    cues=["狗叫", "牵绳", "遛狗"],
    anti_cues=["热狗"],
)
CASES = (
    Case(
        id="case_parking",
        title="某小区车位不够",
        matters=["parking"],
        place="浙江省某区",
        region=["浙江省"],
        facts="小区车位不够，住户争车位。",
        points=[
            CasePoint(point="小区没有物业", cues=["没有物业"]),
            CasePoint(point="通道被占", cues=["通道"]),
        ],
        measures=["划线", "开会"],
        outcome="车位增加了",
        source=CaseSource(kind="public", publisher="示例报", url="https://example.invalid/1"),
    ),
    Case(
        id="case_far",
        title="外地养狗",
        matters=["dogs"],
        place="广东省某市",
        region=["广东省"],
        facts="狗叫扰民，邻居投诉车位旁的狗。",
        points=[CasePoint(point="夜里叫", cues=["半夜"])],
        measures=["劝导"],
        outcome="狗送走了",
        source=CaseSource(kind="public"),
    ),
)
KNOWLEDGE = Knowledge(
    statutes=STATUTES,
    playbooks=(PARKING, LEAK, DOGS),
    duties=DUTIES,
    cases=CASES,
    successions=(
        Succession(
            old="示例旧停车法",
            successors=[PARKING_LAW],
            ended_on=date(2020, 9, 1),
            kind="repealed",
            source="示例",
        ),
    ),
    revisions=(
        Revision(
            law="示例已改法",
            revised_on=date(2024, 1, 1),
            in_force_from=date(2024, 6, 1),
            source="示例",
        ),
    ),
    signals=SIGNALS,
    general=GENERAL,
    as_of=date(2025, 1, 1),
)
VERBATIM = {
    "示例停车法(2020-06-01).md": """# 中华人民共和国示例停车法

2020年6月1日 示例代表大会通过

<!-- INFO END -->

第一条 停车应当有序，不得堵塞通道。

第二条 违者处一百元罚款。

情节轻微的，可以不予处罚。

第三条 本法自2020年9月1日起施行。
"""
}


@pytest.fixture
def knowledge():
    return KNOWLEDGE


@pytest.fixture(scope="session")
def library():
    return Library(None, KNOWLEDGE)


@pytest.fixture(scope="session")
def verbatim_library(tmp_path_factory):
    """A library that holds the wording of the parking law, read as any collection is."""
    folder = tmp_path_factory.mktemp("laws")
    for name, text in VERBATIM.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = CorpusStore(tmp_path_factory.mktemp("corpus") / "corpus.db")
    with LimitedParser() as parser:
        add(store, [folder], parser=parser)
    yield Library(store, KNOWLEDGE)
    store.close()


@pytest.fixture(scope="session")
def retriever(library, tmp_path_factory):
    return Retriever(build(library, tmp_path_factory.mktemp("index")), library)


@pytest.fixture
def store():
    return InMemoryAdviceStore()


@pytest.fixture
def adviser(library, retriever, store):
    return Adviser(
        library=library,
        knowledge=KNOWLEDGE,
        general=GENERAL,
        retriever=retriever,
        recognizer=MatterRecognizer(KNOWLEDGE.playbooks),
        store=store,
        default_region="浙江省嘉兴市秀洲区",
        versions=Versions(index="示例索引", corpus="示例语料", code="0"),
        now=lambda: datetime(2025, 6, 1, 4, tzinfo=UTC),
    )


@pytest.fixture
def complaint_of():
    """Makes a complaint as intake would have, by default today in 秀洲."""

    def make(text="我们小区车位不够，每天晚上抢车位。", *, as_of=TODAY, region=XIUZHOU):
        return Complaint(text=text, original=text, region=region, as_of=as_of)

    return make
