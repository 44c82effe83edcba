"""Firms 公司, towns gone to and the parties of a dispute, where a name seems to begin."""

import re

from advisor.redaction.surroundings import HAN

_FIRM = re.compile(
    f"(?:(?![的是在被给到由说欠及与跟同向把])[{HAN}]){{0,9}}?(?:有限(?:责任)?公司"
    "|(?:科技|五金|电子|服务|健身|物流|服饰|机械|咨询|销售|劳务|印染|针织)厂)"
)
"""The rest of a firm's name behind what begins like a person's: 江渚志|强电子科技厂."""

_AWAY = re.compile("打工|务工|设立|定居|经商|落户")
_GOING = frozenset("来在去赴")
_TOWN = 2


def is_party(text: str, start: int, end: int) -> bool:
    """Whether a party (女方), an estate (名邸) or a firm is read in ``text[start:end]``."""
    pair = text[max(0, start - 1) : start + 1]
    if pair in ("男方", "女方", "双方", "对方", "甲方", "乙方", "名邸", "府邸", "官邸", "别邸"):
        return True
    return _FIRM.match(text, end) is not None


def is_gone_to(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a town that somebody goes to for work: 来越浦打工."""
    if "打工" in text[start:end]:
        return True
    if text[start] == "来":
        return _AWAY.match(text, start + 1 + _TOWN) is not None
    return text[start - 1 : start] in _GOING and _AWAY.match(text, end) is not None
