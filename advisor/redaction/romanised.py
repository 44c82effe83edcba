"""Names in Latin letters 拼音 and of other peoples: Zhang Jianguo, Samuel Okonta, 陈氏红幸."""

import re
from collections.abc import Iterator

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.surroundings import HAN, after, before

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
_LATIN = re.compile("[A-Za-z]{2} [A-Za-z]")
_FOREIGN = re.compile(
    r"(?:叫|名字|名字是|姓名|英文名|我是|本人|学生|外教|朋友|老乡|同事|先生|太太)[：:是为叫 ]{0,2}"
    r"([A-Za-z][A-Za-z'’]+(?: [A-Za-z][A-Za-z'’]+){1,3})(?![A-Za-z0-9])"
)
_LETTERS_IN_WORDS = 3
"""Letters that the words of a name have at least, together one more."""

_SYLLABLES = (
    "阿呷沙玛尼吉次仁卓措姆嘎扎噶洛曲旺甲约拉哈木果热古丽努尔汗买提"
    "艾克巴依娜慕罗马布达瓦珠泽索惹子日史西牛"
)
_STRONG = frozenset("阿呷沙玛尼吉次仁措姆嘎扎噶曲约拉哈惹热努尔艾依慕")
_DOTS = "·•・‧∙"
_SOUNDS = re.compile(f"(?<![{_SYLLABLES}{_DOTS}])[{_SYLLABLES}]{{4,7}}(?![{_SYLLABLES}{_DOTS}])")
_SOUNDING = 3
_MARRIED = re.compile(f"([{HAN}])氏([{HAN}]{{1,2}})(?![{HAN}])")
_USUAL = 2.5


def find_romanised(text: str) -> Iterator[Span]:
    """Names in letters, names of four sounds without a dot (吉木阿呷), and those with 氏 inside."""
    if _LATIN.search(text):
        for found in _NAME.finditer(text):
            yield Span(found.start(), found.end(), "姓名", found[0].lower())
        for found in _FOREIGN.finditer(text):
            if len(found[1]) > _LETTERS_IN_WORDS + 2:
                yield Span(found.start(1), found.end(1), "姓名", found[1])
    for found in _SOUNDS.finditer(text):
        strong = sum(c in _STRONG for c in found[0])
        led = (
            before(text, found.start()).score > 0
            or text[found.start() - 1 : found.start()] in "字了有由是我"
        )
        if strong >= _SOUNDING - 1 and led and after(text, found.end()) > 0:
            yield Span(found.start(), found.end(), "姓名", found[0])
    if "氏" in text:
        yield from _married(text)


def _married(text: str) -> Iterator[Span]:
    words = lexicon()
    for found in _MARRIED.finditer(text):
        usual = words.surnames.get(found[1], 0.0) >= _USUAL
        if usual and all(words.given.get(c, 0.0) >= 1 for c in found[2]):
            yield Span(found.start(), found.end(), "姓名", found[0])
