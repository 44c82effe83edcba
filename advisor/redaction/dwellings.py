"""Where somebody lives, told by the words around a number: 走到68号，见…; （90-409）; 住井边组."""

import re
from collections.abc import Iterator

from advisor.redaction.model import Span

_D = "0-9０-９"
_CN = "一二三四五六七八九十百零〇两"
_DASH = r"[-－–—‐#＃]"
_FLAT = re.compile(
    rf"(?<![{_D}A-Za-z.．\-－/第])[1-9][{_D}]?{_DASH}[1-9]?[1-9](?:0[1-9]|1[0-2])"
    rf"(?![{_D}A-Za-z.．\-－/%％元年月日个万平米斤吨公分度克毫块次岁之左多]|号[^楼])"
)
"""A building and a flat: floor and number of two digits."""

_FLAT_BEFORE = re.compile(
    r"(?:[（(\s|、]|(?:住|家|在|系|称|有|到|址|是|因为|至|和|与|邻居|业主|住户|房东)[：:\s]?"
    r"|[\u4e00-\u9fff]{2}[，,；;：:\s]|(?:住|家在|地址|住址|房号|业主|送单到|买的)[^，。；0-9]{2,10})$"
)
_FLAT_WINDOW = 14
_NAMED_GROUP = re.compile(
    r"[村住镇乡坂区们](?=[\u4e00-\u9fff]{1,3}组)(?:(?<=[村住镇乡坂])|(?<=社区)|(?<=我们)(?=..{1,2}组[0-9]))"
    r"(?!帮扶|[村委民里干两支的小党工调领专业每各全部有第我这那分同在几多一二三四五六七八九十0-9])"
    r"([\u4e00-\u9fff]{1,3}(?<![小作查导班构党委织和的筋])(?<![部专]门)组(?!织|长|成|建|合|装|团|员|的人)"
    rf"(?:[{_D}{_CN}]{{1,3}}号)?)"
)
_DWELT_BEFORE = re.compile(
    r"(?:(?:户主|户名|住户|村民|社员)[\u4e00-\u9fff]{2,4}[，,、\s]?|走到|搬到|找到|住到?|住在|家住|租住"
    r"|家在|我们|我家|压塌了?|冲垮了?|淹了|就是|门牌|走访[，,\s]?|[\u4e00-\u9fff][ \u3000]|[\t|])$"
)
_DWELT_BEHIND = re.compile(
    r"(?:户主|住户|业主|村民|社员|那[个户家]|家的|家反映|[，,]?见[\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]{2,4}家[反的里门后前住屋]|[\t|]"
    r"|[ \u3000](?:身份证|电话|手机|人民币|[￥¥]|[0-9０-９]{6}|[0-9０-９.,，]+[元块万多]"
    r"|[0-9]{4}\.[0-9]|[一二两三四五六七八九十拾百千万]{1,6}[元块万]))"
)
"""What is said before and behind a number that is somebody's house or group."""

_DWELT_WINDOW = 8
_FILED = re.compile(
    r"(?:编号|[单案文字批工证表票代码型户理执]号|工单|认定书|编码|病历号?|住院号|档案|热线|货号|No\.?)[是为:：\s]*$"
)


def find_flats(text: str) -> Iterator[Span]:
    """Buildings and flats as bare numbers: 签名：尹珏（90-409）."""
    for found in _FLAT.finditer(text):
        before = text[max(0, found.start() - _FLAT_WINDOW) : found.start()]
        if _FLAT_BEFORE.search(before) and not is_filed(before):
            yield Span(found.start(), found.end(), "地址", found[0])


def find_named_groups(text: str) -> Iterator[Span]:
    """Villagers' groups with names: 荷花村竹林塘组, 住井边组3号."""
    for found in _NAMED_GROUP.finditer(text):
        yield Span(found.start(1), found.end(1), "地址", found[1])


def is_filed(before: str) -> bool:
    """Whether the number behind ``before`` is a document's."""
    return _FILED.search(before) is not None


def is_dwelt(text: str, found: re.Match[str]) -> bool:
    """Whether what is said around a number alone tells that somebody lives there."""
    if found[0].startswith("第") and "组" not in found[0] and "队" not in found[0]:
        return False
    before = text[max(0, found.start() - _DWELT_WINDOW) : found.start()]
    behind = _DWELT_BEHIND.match(text, found.end()) is not None
    row = before[-1:] in ("\t", "|") or before[-1:].isspace()
    return behind if row else behind or _DWELT_BEFORE.search(before) is not None
