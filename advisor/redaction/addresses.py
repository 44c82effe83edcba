"""Addresses 地址 below village or community: house numbers, buildings, units, rooms, groups."""

import re
from collections.abc import Iterator

from advisor.redaction.dwellings import find_flats, find_named_groups, is_dwelt, is_filed
from advisor.redaction.model import Span

_D = "0-9０-９"
_CN = "一二三四五六七八九十百零〇两壹贰叁肆伍陆柒捌玖拾"
_SP = r"[ \t\u3000]?"
_DASH = r"[-－–—‐#＃]"
_ANY_DASH = re.compile(_DASH)
_NUMBER = (
    rf"(?:(?<![{_D}])[A-Za-zＡ-Ｚ]?[{_D}]{{1,5}}+(?:{_SP}(?:{_DASH}|之){_SP}[{_D}]{{1,4}}){{0,3}}[A-Za-zＡ-Ｚ]?|[{_CN}]{{1,6}}"
    r"|(?<![A-Za-z])[A-Za-zＡ-Ｚ](?![A-Za-z])|[甲乙丙丁东南西北中](?=[幢栋座]|单元))"
)
_UNIT = (
    r"(?:村民小组|小组(?![长合织会讨])|号宿舍楼?|号厂房|号仓库|号?库房|号车[库位]|号床位?|号铺位|号摊位|"
    r"号楼|号院|号房|号室|号铺|号商铺|商铺|铺位|(?<=[0-9])铺|铺(?![面路设装开了张满垫])|摊位|档口|号店面|号门面|号(?!线)|组(?![团织合数装建])|队|弄|支弄|"
    r"区(?=[0-9０-９A-Za-z一二三四五六七八九十]{1,4}(?:[栋幢座排号#＃]|单元))|生产队|小队|"
    r"社(?![会区保员交团长办])|期|排|巷|门(?=[0-9０-９]{3})|幢|栋|懂|憧|撞|座|[#＃]楼?|单元|门洞|梯|层|楼(?![上下道])|室|房间|房|户(?![籍主口型]))"
)
_PART = (
    rf"(?:第{_SP})?(?:商铺|店面|底商|宿舍(?=[{_D}]))?{_NUMBER}{_SP}{_UNIT}"
    rf"(?:之(?:[一二三四五六七八九]|[{_D}]{{1,2}})|附[{_D}]+号?|[东西南北中]户|{_DASH}[{_D}]{{1,2}}(?![{_D}]))?"
)
_CHAIN = re.compile(
    rf"(?!壹号|[{_CN}]{{1,3}}[期区])(?=[{_D}{_CN}A-Za-zＡ-Ｚ第附甲乙丙丁东南西北中员职沿宿集商])"
    rf"(?:附|甲|乙|[东南西北](?=[{_D}{_CN}]{{1,3}}排)|(?:[员职]工|集体)宿舍|(?<=[园区城舍心，。：,:在住\s])宿舍|沿街)?"
    rf"{_PART}(?:{_SP}[、的]?{_SP}{_PART}){{0,9}}"
    rf"(?:{_SP}(?:底商|商铺)?{_DASH}?{_SP}(?:[A-Z]?(?:[{_D}]{{1,2}}{_SP}{_DASH}{_SP})?[{_D}]{{2,4}}|[{_CN}]{{3,4}})(?![{_D}{_CN}年月日时元米块条款个平点多余%％\-－/]|[,，][{_D}]{{3}}[元块.．多万]|万(?!一)|项(?!目)|[.．:：][{_D}]))?"
    rf"(?:[东西南北]边?[套户间]|[东西南北]侧|后门(?:[{_CN}{_D}]楼)?|顶[楼层]|阁楼|[（(]阁楼[）)]|地下室)?"
)
"""Parts of an address in a row. Of an estate's name are its phase (二期) and quarter (二区)."""

_NUMBERED = re.compile(
    rf"[{_D}{_CN}A-Za-zＡ-Ｚ甲乙丙丁东南西北中]{_SP}[村号库商铺摊档店门组队弄支区生小社期排巷幢栋懂憧撞座#＃楼单梯层室房户]"
)
"""What every part of an address holds: a number before the first character of a unit."""

_PART_OF = re.compile(rf"({_NUMBER}){_SP}({_UNIT})")
_PLACE_END = re.compile(
    r"(?:路|街|大道|道|巷|弄|里|坊|胡同|镇|乡|村|自然村|社区|小区|组|队|浜|埭|桥|港|湾|塘|庄|圩|漾|角|头|兜|坝|畈|墩|浦|"
    r"园|苑|府|城|庭|居|庐|舍|公馆|公寓|墅|邸|阁|轩|寓|厦|广场|中心|新村|家园|名都|号|期|区|里弄|"
    r"门牌|地址|住址|家住|住在|住|"
    r"屯|寨|坪|冲|垸|岭|洲|屋|院|市场|户主|门牌号|房号|"
    r"隔壁|对门|对面|东|南|西|北)[：:，, \u3000(（]{0,2}$"
)
_STRONG = re.compile(
    r"幢|栋|懂|憧|撞|单元|号楼|[#＃]楼|号院|号房|号室|村民小组|号商铺|号店面|号门面|生产队|小队"
)
_BARE = re.compile(
    rf"[{_D}A-Za-z](?<![{_D}A-Za-z].)(?:(?<=[{_D}])[{_D}]{{0,2}}+|(?<=[A-Za-z])[{_D}]{{1,3}}+)(?:{_SP}{_DASH}{_SP}[A-Za-z]?[{_D}]{{1,4}}){{1,3}}"
    rf"(?![{_D}]|[.．][{_D}]{{1,3}}(?![{_D}])|[年月日号个户平米元万%])"
)
_BARE_AFTER = re.compile(
    r"(?:[苑园府城庭湾里坊邸墅居都寓轩阁期区住]|新村|公馆|门牌|[牌房门]号|[址号][：:])[ \t\u3000]?$"
)
_ROOM_PATH = re.compile(
    rf"[{_D}A-Za-z](?<![{_D}A-Za-z.\-－/].)(?:(?<=[{_D}])[{_D}]{{0,2}}|(?<=[A-Za-z])[{_D}]{{1,3}})"
    rf"(?:{_DASH}(?:[{_D}]{{1,2}}|[一二三四]){_DASH}|{_SP}[#＃]{_SP})[{_D}]{{3,4}}(?![{_D}\-－]|[.．][{_D}]{{1,3}}(?![{_D}])|[年月日个平米元万%]|户(?!主))"
)
_SLASHED = re.compile(
    rf"(?<=[\u4e00-\u9fff ])[{_D}]{{1,3}}/[{_D}]{{1,2}}/(?!19|20)[{_D}]{{3,4}}(?![{_D}/])"
)
_STREET_ONLY = re.compile(
    rf"[{_D}](?<=[路街弄巷].)[{_D}]{{0,3}}(?:{_DASH}[{_D}]{{1,3}})?(?=[，。,;；）)、\s]|$)"
)
_NEIGHBOUR = re.compile(
    rf"(?:楼上|楼下|对门|对面|隔壁|邻居|家在|家住|住在|我住|我是|房号|业主)[：: ]?([{_D}]{{3,4}})"
    rf"(?![{_D}]|[.．年月日号路国省元多块户个万亿次台条米%％－/-])"
)
_HOUSEHOLD = re.compile(
    r"[的，, \u3000]{0,2}(?:[\u4e00-\u9fff]{2,4}户(?![均数口主型])|[\u4e00-\u9fff]{1,3}"
    r"(?:阿婆|阿公|爷爷|奶奶|姑姑|大[伯妈爷叔婶嫂娘]|[伯叔婶嫂哥姐](?:[，。,;；、\s]|家|等)))"
)
"""A household or a villager behind a group: 九组，何某户; 八组的建明伯."""

_HAMLET = re.compile(
    "[\u4e00-\u9fff](?<![成为有约共每这那几各前后到比选建编作分下上出了和与一第])$"
)
_CLOSED = re.compile("[，,。；;、）)\n]|$")
_STAIRS = re.compile(r"的?(?:电梯|门口|楼道|楼梯|单元|住户|业主|居民|楼下|楼上|天台|外墙|[（(])")
"""What a building has: 三栋 before it is one building, not three."""

_YEARED = re.compile(rf"第?(?:19|20)[{_D}]{{2}}{_DASH}")

_LAST_DAY = 31
_DAY = re.compile(
    r"(?:上午|下午|早|晚|凌晨|中午|傍晚|左右|前|之前|以前|后|之后|起|开始|停|到|至|那天|当天|开会|夜|日|半夜|我|再|才|就|又|发|来)"
)
_AFTER_NUMBER = re.compile(
    r"(?:线|令|文(?:件|精神|规定|要求|号|[，。、；）)\s]|$)|公告|通知|决议|台风|国道|省道|高速|公路|出口|口|井|机组|车间|桌|窗口|地块|工地|标段|闸|泵|桥|柜|仓|信号|型|码)"
)
_HOUSES = re.compile(
    r"(?:楼房|房屋|房子|别墅|违|建筑|厂房|民房|居民楼|住宅|新房|小楼|农房|洋房|高层|危房|老房|平房|自建|烂尾|商住|安置房|大楼|楼)"
)
_COUNTED = re.compile(r"[建了拆盖有共约近多这那几整每一达计出造买卖租增加座]$")
_SETTLED = ("村", "区", "里", "镇", "乡")
_SMALL = frozenset("一二三四五六七八九两十")
_ROOMS = re.compile(
    rf"[{_D}]{{3,4}}[A-Za-z]?|[A-Za-z][{_D}]{{2,4}}|[{_CN}]{{3,4}}|[{_D}]+(?:{_DASH}[{_D}]+){{1,3}}"
)
_ROOMS_OR_COUNTS = frozenset(("室", "房", "层", "楼", "户", "队", "组", "小组", "梯", "座"))
_GROUPS = frozenset(("组", "小组", "村民小组", "队", "生产队", "小队"))
_PREMISES = re.compile("号宿舍|号厂房|号仓库|库房|号车[库位]|号床|铺位|号摊位")
_ROOM_AFTER = re.compile(rf"座{_SP}{_DASH}?{_SP}[A-Z]?[{_D}]{{3,4}}$")
_BUILT = re.compile(r"(?:[幢栋座]|号楼|单元).*[0-9０-９]")
_SPACES = re.compile(r"\s+")


def find_addresses(text: str) -> Iterator[Span]:
    """What of an address lies below village, community, estate or street; their names stay."""
    yield from find_named_groups(text) if "组" in text else ()
    for found in _CHAIN.finditer(text) if _NUMBERED.search(text) else ():
        if _is_address(text, found):
            yield from _apart(found)
    yield from _numbered(text)
    for found in _NEIGHBOUR.finditer(text):
        yield Span(found.start(1), found.end(1), "地址", found[1])


def _numbered(text: str) -> Iterator[Span]:
    """Numbers alone that a place's name, a path of numbers or a village announces."""
    dashed = _ANY_DASH.search(text) is not None
    for found in _BARE.finditer(text) if dashed else ():
        if _BARE_AFTER.search(text[max(0, found.start() - 4) : found.start()]):
            yield _span(found)
    yield from find_flats(text) if dashed else ()
    for pattern, may_stand in (
        (_ROOM_PATH, dashed),
        (_SLASHED, "/" in text),
        (_STREET_ONLY, True),
    ):
        for found in pattern.finditer(text) if may_stand else ():
            yield _span(found)


def _span(found: re.Match[str]) -> Span:
    return Span(found.start(), found.end(), "地址", _SPACES.sub("", found[0]))


def _apart(found: re.Match[str]) -> Iterator[Span]:
    """The chain, or each of the dwellings it lists: 9栋404室、4幢306."""
    listed = found[0].split("、")
    if len(listed) == 1 or not all(_BUILT.search(one) for one in listed):
        yield _span(found)
        return
    start = found.start()
    for one in listed:
        yield Span(start, start + len(one), "地址", _SPACES.sub("", one))
        start += len(one) + 1


def _is_address(text: str, found: re.Match[str]) -> bool:
    parts = _PART_OF.findall(found[0])
    before = text[max(0, found.start() - 6) : found.start()]
    if is_filed(before) or _YEARED.match(found[0]):
        return False
    placed = _PLACE_END.search(before) is not None
    if len(parts) > 1:
        return _chain_holds(text, found, parts, placed=placed)
    if not parts:
        return False
    return _single_holds(text, found, parts[0], before, placed=placed)


def _chain_holds(
    text: str, found: re.Match[str], parts: list[tuple[str, str]], *, placed: bool
) -> bool:
    """Several parts in a row: an address, unless they are a flat's rooms or a count of floors."""
    units = [unit for _, unit in parts]
    if all(unit in ("期", "社", "排") for unit in units):
        return False
    if all(unit in _ROOMS_OR_COUNTS for unit in units):
        return placed or any(_ROOMS.fullmatch(number) for number, _ in parts)
    if text.startswith(("厅", "卫"), found.end()):
        return False
    if (units[0] in _GROUPS and "号" in units) or "室" in units or "单元" in units:
        return True
    if is_dwelt(text, found):
        return True
    dated = _after_month(text, found.start()) and units[0] not in ("幢", "栋", "号楼", "单元")
    return placed or not (dated or _COUNTED.search(text[: found.start()][-1:]))


def _single_holds(
    text: str, found: re.Match[str], part: tuple[str, str], before: str, *, placed: bool
) -> bool:
    number, unit = part
    after = text[found.end() : found.end() + 4]
    if unit in ("幢", "栋", "懂", "憧", "撞", "座"):
        return _building_holds(found, part, before, after, placed=placed)
    if _STRONG.search(unit) or _PREMISES.search(unit):
        return placed or not _PREMISES.search(unit)
    if unit in ("室", "房间", "房", "#", "＃", "户"):
        return _room_holds(number, unit, after, placed=placed)
    if unit == "号":
        return (placed or is_dwelt(text, found)) and _house_holds(text, found, after)
    if unit in ("弄", "支弄", "巷"):
        return placed and number[-1] not in _SMALL
    if unit == "社":
        return before[-1:] in _SETTLED and not _COUNTED.search(before)
    if unit in ("组", "小组", "队", "门洞"):
        return _group_holds(text, found, number, before)
    return False


def _building_holds(
    found: re.Match[str], part: tuple[str, str], before: str, after: str, *, placed: bool
) -> bool:
    number, unit = part
    if unit in ("幢", "栋") and found[0][-1].isdigit() and number[-1].isdigit():
        return True
    if unit in ("懂", "憧", "撞") and not (placed and number[-1].isdigit()):
        return False
    if unit == "座":
        lettered = number[-1].isalpha() and number.isascii()
        roomed = _ROOM_AFTER.search(found[0]) is not None
        return (placed and lettered) or (roomed and not _COUNTED.search(before))
    if number in _SMALL and (not placed or _HOUSES.match(after)):
        one = unit in ("幢", "栋") and _STAIRS.match(after) is not None
        return one and not _COUNTED.search(before)
    houses = _HOUSES.match(after) and not (number[-1].isdigit() and after[:1] == "楼")
    return placed or not (_COUNTED.search(before) or houses)


def _room_holds(number: str, unit: str, after: str, *, placed: bool) -> bool:
    if after[:1] in ("厅", "卫") or not _ROOMS.fullmatch(number):
        return False
    if unit in ("室", "房间"):
        return True
    return placed and unit != "户"


def _house_holds(text: str, found: re.Match[str], after: str) -> bool:
    if _after_month(text, found.start()) or _AFTER_NUMBER.match(after):
        return False
    number = found[0].removesuffix("号")
    if number.isdecimal() and int(number) > _LAST_DAY:
        return True
    return text[found.start() - 1 : found.start()] not in (
        "村",
        "区",
        "里",
        "镇",
        "乡",
    ) or not _DAY.match(after)


def _group_holds(text: str, found: re.Match[str], number: str, before: str) -> bool:
    """``12组`` is a villagers' group after a village's name or a comma, not after a verb."""
    after = text[found.end() : found.end() + 4]
    if is_dwelt(text, found):
        return True
    if after[:1] in ("数", "织", "合", "装", "建", "成") or _COUNTED.search(before):
        return False
    if re.search(
        r"(?:村|社区|庄|浜|埭|圩|湾|寨|屯|坪|冲|桥|镇|塘)[：:，, \u3000(（]{0,2}(?:的)?$", before
    ):
        return True
    if found[0].startswith("第") or "分" in before:
        return False
    if number[-1].isdigit() and _HAMLET.search(before) and _CLOSED.match(after):
        return True
    told = number[-1].isdigit() or after.startswith(("村民", "组长", "社员"))
    led = not before or before[-1] in "我们在住，,；;。 \u3000：:是访\n"
    return led and (told or _HOUSEHOLD.match(text, found.end()) is not None)


def _after_month(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in "月年第"
