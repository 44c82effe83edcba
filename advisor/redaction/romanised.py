"""Names in Latin letters 拼音: Zhang Jianguo, Jianguo Zhang, ZHANG WEI."""

import re
from collections.abc import Iterator

from advisor.redaction.model import Span

_SURNAMES = (
    "Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Gao|Lin|Luo|Zheng|Liang|Xie|Song|Tang|Han|Feng|"
    "Deng|Cao|Peng|Zeng|Xiao|Tian|Dong|Yuan|Pan|Jiang|Cai|Yu|Du|Ye|Cheng|Su|Wei|Lu|Lyu|Ding|Ren|Shen|Yao|Cui|Zhong|Tan|Fan|"
    "Liao|Shi|Jin|Jia|Xia|Fu|Fang|Bai|Zou|Meng|Xiong|Qin|Qiu|Hou|Yin|Xue|Yan|Duan|Lei|Long|Tao|Mao|Hao|Gu|Gong|Shao|Wan|Qian|"
    "Dai|Mo|Kong|Xiang|Ouyang|Shangguan|Sima|Zhuge"
)
_FINAL = (
    r"(?:[iu]?an?g?|[iu]?[aeou]n?g?|i?ao|u?ai|[uü]?ei|[iu]e|ou|i[ou]n?g?|iu|ui|i(?:ng?)?|ua?ng?|"
    r"ong|u?o|er?|eng?|ve?|üe?)"
)
_SYLLABLE = rf"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?{_FINAL}"
_GIVEN = rf"(?=[A-Z])(?i:{_SYLLABLE}(?:['’-]?{_SYLLABLE}){{0,2}})"
_FAMILY = rf"(?:{_SURNAMES}|{_SURNAMES.upper()})"
_NAME = re.compile(
    rf"(?=[A-Z])(?<![A-Za-z])(?:{_FAMILY}[ \u3000]{_GIVEN}|{_GIVEN}[ \u3000]{_FAMILY})(?![A-Za-z])"
)
_LATIN = re.compile("[A-Z][A-Za-z]")


def find_romanised(text: str) -> Iterator[Span]:
    """A surname in pinyin beside a given name in pinyin, each with a capital."""
    if _LATIN.search(text):
        for found in _NAME.finditer(text):
            yield Span(found.start(), found.end(), "姓名", found[0].lower())
