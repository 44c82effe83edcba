"""Names of estates 小区, hamlets and shops that begin as a person's name does."""

import re
from functools import cache

from advisor.redaction.lexicon import lexicon
from advisor.redaction.other_words import is_house
from advisor.redaction.surroundings import HAN, before

_ENDS = frozenset("府区县镇乡")
"""Characters that end names of places and hardly ever a person's."""

_SHORT = 2
_SITED = frozenset("住在路街巷弄道里镇乡区到是：:，,。；;、（( \u3000\n")
_HAMLET = re.compile("[^全本同我该邻各原外两进出回在到去个村\\W](?:村(?![里口主支书长])|社区|街道)")
_FAMILY_HAMLET = re.compile(f"[{HAN}]{{1,2}}(?:村(?![里口主支书长])|社区)")
_DOES = "建拆租售卖买造违加全"
_BUILDING = re.compile("[0-9０-９]{1,3}(?:[幢栋座#＃]|号楼)|[一二三四五六七八九十]{1,3}[幢栋]")
_INSTITUTION = re.compile(f"(?:[{HAN}]{{2}}银行|农商行|法院|检察院|保险公司|派出所)")
_PAID = ("转到", "汇到", "打到", "存到")


@cache
def _numbered_house() -> re.Pattern[str]:
    """The rest of an estate's name and a building: 南二期8幢, 院9-1-302."""
    plain = re.escape(lexicon().context.trails)
    return re.compile(
        f"(?:(?![{plain}{_DOES}])[{HAN}]){{1,2}}(?:[一二三四五]期)?"
        "(?:[0-9０-９]{1,3}(?:[幢栋#＃座]|号楼|[-－][0-9]{1,2}[-－][0-9]{3})|[一二三四五六七八九十]{1,3}[幢栋])"
    )


def is_estate(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is, or opens, the name of an estate or a settlement."""
    if text[end - 1] in _ENDS and not before(text, start).announced:
        return True
    hamlet = _FAMILY_HAMLET if text[end - 1] == "家" else _HAMLET
    if end - start == _SHORT and hamlet.match(text, end):
        return True
    if _BUILDING.match(text, end) and before(text, start).score < 0:
        return True
    if start and text[start - 1] not in _SITED:
        return False
    return _numbered_house().match(text, end) is not None


def is_shop(text: str, start: int) -> bool:
    """Whether a shop called after 小王 or 老王 is read from its surname on: 小王建材."""
    return text[start - 1 : start] in ("小", "老", "阿") and is_house(text, start + 1)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a bank or a court of its own follows a person: 前夫李某法院判了."""
    if not _INSTITUTION.match(text, end):
        return False
    return text[max(0, start - 2) : start] in _PAID or before(text, start).announced
