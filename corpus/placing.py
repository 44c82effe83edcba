"""Rank 效力级别 and region of a rule, from its folder in the collection, its title and its head."""

import re
from pathlib import PurePosixPath

from corpus.errors import UnknownRegion
from corpus.heading import DATE
from corpus.model import Level, Region
from corpus.region import shipped_table

_FOLDERS = {
    "宪法": Level.CONSTITUTION,
    "刑法": Level.LAW,
    "宪法相关法": Level.LAW,
    "民法典": Level.LAW,
    "民法商法": Level.LAW,
    "社会法": Level.LAW,
    "经济法": Level.LAW,
    "行政法": Level.LAW,
    "诉讼与非诉讼程序法": Level.LAW,
    "法律": Level.LAW,
    "行政法规": Level.ADMINISTRATIVE_REGULATION,
    "司法解释": Level.JUDICIAL_INTERPRETATION,
    "部门规章": Level.DEPARTMENT_RULE,
    "地方性法规": Level.LOCAL_REGULATION,
    "地方政府规章": Level.LOCAL_GOVERNMENT_RULE,
    "规范性文件": Level.NORMATIVE_DOCUMENT,
    "其他": Level.NORMATIVE_DOCUMENT,
    "村规民约": Level.VILLAGE_COVENANT,
}
_LOCAL = frozenset({Level.LOCAL_REGULATION, Level.LOCAL_GOVERNMENT_RULE, Level.VILLAGE_COVENANT})
_LOCAL_FOLDER = re.compile(r"^(.{2,8}?)地方法规$")
_COVENANT = re.compile(r"(?:村规民约|居民公约|村民公约|自治章程)")
_LAW = re.compile(r"(?:(?<![办方])法|法典|通则|总则)(?:[（(].*[)）])?$")
_REGULATION = re.compile(r"条例(?:实施细则)?(?:[（(].*[)）])?$")
_RULE = re.compile(r"(?:办法|规定|细则|规则|规程|规范)(?:[（(].*[)）])?$")
_MAKER = re.compile(
    r"(?:经|由)?([一-鿿]{2,20}?(?:省|自治区|自治州|自治县|自治旗|市|区|县|旗))"
    r"(?:第[^届\s]{1,6}届)?人民(?:代表大会|政府)"
)
_NATIONAL_MAKER = re.compile(r"全国人民代表大会|国务院|最高人民")
_COURT = re.compile(r"^(?:最高)?人民(?:法院|检察院)")


def placed(folders: str, title: str, making: str) -> tuple[Level | None, Region]:
    """Rank and region of a text; the rank is None where neither folder nor title tells.

    Args:
        folders: the path of the file inside its collection, with / between folders.
        title: its full title.
        making: the lines of its head that say who passed or published it.
    """
    parents = PurePosixPath(folders).parts[:-1]
    by_folder = next((_FOLDERS[part] for part in reversed(parents) if part in _FOLDERS), None)
    within = _province(parents)
    region = place_of(title, within)
    if not region and (by_folder is None or by_folder in _LOCAL):
        region = _made_by(making)
    level = by_folder or guessed_level(title, making, local=bool(region))
    if level is Level.LOCAL_REGULATION and not region:
        region = within
    if by_folder is None and region:
        return level, region
    return level, region if level in _LOCAL or level is None else ()


def _province(parents: tuple[str, ...]) -> Region:
    for part in parents:
        if match := _LOCAL_FOLDER.match(part):
            try:
                return shipped_table().parse(match[1])
            except UnknownRegion:
                return ()
    return ()


def place_of(title: str, within: Region = ()) -> Region:
    """The place at the head of a title, ``within`` itself where the title names none."""
    bare = re.sub(r"^[中国（(《]+|[)）]", "", title)
    return shipped_table().at_head(bare, within) or within


def _made_by(making: str) -> Region:
    """The place whose congress or government made the rule.

    A place outside our table keeps its own name: its rule must not pass for a national one.
    """
    if _NATIONAL_MAKER.search(making):
        return ()
    makers = [match[1] for match in _MAKER.finditer(DATE.sub(" ", making))]
    if not makers:
        return ()
    known = [shipped_table().at_head(name) for name in makers]
    above = next((region[:1] for region in known if region), ())
    return known[0] or (*above, makers[0])


def guessed_level(title: str, making: str, *, local: bool) -> Level | None:
    """Rank by the habits of naming (立法法 and 规章制定程序条例: only a law is called 法)."""
    if _COVENANT.search(title):
        return Level.VILLAGE_COVENANT
    if _COURT.match(title):
        return Level.JUDICIAL_INTERPRETATION
    if title.startswith(("中华人民共和国宪法", "宪法")):
        return Level.CONSTITUTION
    if local:
        return _local_level(title, making)
    return _national_level(title, making)


def _local_level(title: str, making: str) -> Level:
    congress = "人民代表大会" in making or "人大常委会" in making
    if _REGULATION.search(title) or congress or "人民代表大会" in title:
        return Level.LOCAL_REGULATION
    if _RULE.search(title):
        return Level.LOCAL_GOVERNMENT_RULE
    return Level.NORMATIVE_DOCUMENT


def _national_level(title: str, making: str) -> Level | None:
    if "全国人民代表大会" in making and not _REGULATION.search(title):
        return Level.LAW
    if _REGULATION.search(title) or "国务院令" in making:
        return Level.ADMINISTRATIVE_REGULATION
    if _LAW.search(title) and len(title) > 2:
        return Level.LAW
    if _RULE.search(title):
        return Level.DEPARTMENT_RULE
    named = re.search(
        r"(?:通知|意见|方案|标准|决定|决议|批复|公告|函|指引)(?:[（(].*[)）])?$", title
    )
    return Level.NORMATIVE_DOCUMENT if named else None
