"""A small corpus of our own: fictional rules, plainly named as test material."""

from datetime import date

import pytest

from corpus.library import ArticleView
from corpus.model import ArticleNumber, Case, CaseSource, Gist, Level, Region, Statute, TextKind
from indexer.memory import MemorySource

ZHEJIANG = ("浙江省",)
XIUZHOU = ("浙江省", "嘉兴市", "秀洲区")
TODAY = date(2024, 6, 1)


def statute(id_, title, region: Region = (), start=date(2010, 1, 1), *, expired=False, part=None):
    """A statute of our own invention."""
    return Statute(
        id=id_,
        title=title,
        level=Level.LOCAL_REGULATION if region else Level.LAW,
        region=region,
        text_kind=TextKind.VERBATIM,
        part=part,
        effective_from=start,
        expired=expired,
        file=f"{id_}.md",
    )


def article(of, main, text, *, sub=0, path=(), gist=None):
    """An article of our own invention."""
    return ArticleView(of, ArticleNumber(main, sub), tuple(path), text, of.text_kind, gist)


PARKING = statute("parking", "示例国停车条例")
DRAINS_OLD = statute("drains-2010", "示例国排水条例")
DRAINS_NEW = statute("drains-2020", "示例国排水条例", start=date(2020, 1, 1))
FUTURE = statute("future", "示例国噪声条例", start=date(2030, 1, 1))
ENDED = statute("ended", "示例国收费条例", expired=True)
PROVINCE = statute("zhejiang", "示例浙江省水沟条例", ZHEJIANG)
ELSEWHERE = statute("shandong", "示例山东省水沟条例", ("山东省",))

NEIGHBOUR = Gist(
    article="第三条",
    gist="邻居垫高地面挡住排水的，应当恢复。",
    phrasings=["隔壁把地填高了，我家水出不去", "邻居堵了水沟"],
    topics=["相邻排水"],
)

VIEWS = (
    article(PARKING, 1, "小区车位应当先满足住户停车需要。", path=("第一章 总则",)),
    article(PARKING, 2, "占用消防通道停放车辆的，责令改正。", path=("第二章 罚则",)),
    article(PARKING, 2, "充电车位不得改作他用。", sub=1, path=("第二章 罚则",)),
    article(DRAINS_OLD, 3, "相邻各方不得堵塞水沟。"),
    article(DRAINS_NEW, 3, "相邻各方应当保证水沟自然流水通畅。", gist=NEIGHBOUR),
    article(FUTURE, 1, "夜间噪声超过限值的水沟施工应当停止。"),
    article(ENDED, 1, "水沟清理可以收费。"),
    article(PROVINCE, 5, "本省水沟由村民委员会组织清理。"),
    article(ELSEWHERE, 5, "本省水沟由村民委员会组织清理。"),
)

CASES = (
    Case(
        id="toilet",
        title="旧公厕十二天修好",
        place="示例镇",
        facts="村口公厕破损，异味重。",
        measures=["更换管道"],
        outcome="十二天后重新开放。",
        source=CaseSource(kind="ledger"),
    ),
    Case(
        id="fill",
        title="垫土挡水经调解恢复",
        place="示例村",
        facts="邻居垫高宅基地，污水无法排出。",
        measures=["现场划定水沟"],
        outcome="双方签订协议。",
        source=CaseSource(kind="ledger"),
    ),
)


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(VIEWS, CASES)
