"""Families of law: which kind of question an article belongs to, told by its law's title."""

import re
from collections import Counter
from collections.abc import Sequence

from eval.dataset import GoldArticle

OTHER = "其他"

_CODE = "民法典"
_FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("程序", re.compile("诉讼|仲裁|证据|执行|拍卖|公证")),
    ("刑法", re.compile("刑法|刑事|犯罪")),
    ("劳动", re.compile("劳动|工伤|职工|社会保险|就业|工资")),
    ("知识产权", re.compile("商标|著作权|专利|知识产权|信息网络传播")),
    (
        "商事",
        re.compile("公司|合伙企业|破产|保险|票据|证券|融资租赁|特许经营|海商|保函|个体工商户"),
    ),
    (
        "行政",
        re.compile(
            "行政|信息公开|治安管理|土地管理|征收|国家赔偿|道路交通安全法|环境保护|噪声|固体废物|"
            "教育法|学位|食品安全法|药品管理|网络安全|医师|医疗机构|母婴|献血|房地产管理|工程质量"
        ),
    ),
    ("民事司法解释", re.compile("最高人民法院")),
)
"""The first that fits a title decides, so 行政诉讼法 is 程序; the court's readings come last."""

_LIMITATION = re.compile("诉讼时效")

FAMILIES: tuple[str, ...] = (
    *(f"{_CODE}{book}" for book in ("总则", "物权编", "合同编", "人格权编")),
    *(f"{_CODE}{book}" for book in ("婚姻家庭编", "继承编", "侵权责任编")),
    *(name for name, _ in _FAMILIES),
    OTHER,
)
"""Every family, in the order of a table."""


def family_of(law: str, part: str | None = None) -> str:
    """The family (法律部门) of an article.

    Args:
        law: the title of its law.
        part: the book (编) of the Civil Code it stands in.
    """
    if law.strip("《》").endswith(_CODE):
        named = f"{_CODE}{part or ''}"
        return named if named in FAMILIES else OTHER
    plain = _LIMITATION.sub("", law)
    return next((name for name, told in _FAMILIES if told.search(plain)), OTHER)


def family_of_question(gold: Sequence[GoldArticle]) -> str:
    """The family that most of a question's articles belong to; of equals the first named."""
    counted = Counter(family_of(article.law, article.part) for article in gold)
    return counted.most_common(1)[0][0] if counted else OTHER
