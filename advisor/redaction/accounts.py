"""Accounts by name: e-mail, WeChat and QQ, and papers other than the ID card."""

import re
from collections.abc import Iterator

from advisor.redaction.digits import ARABIC, plain
from advisor.redaction.filed import is_filed
from advisor.redaction.model import MaskClass, Span

_LOCAL = r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_.+\-]"
_EMAIL = re.compile(
    rf"(?:(?:[{ARABIC}] ){{3,15}}|{_LOCAL}{{1,64}}[ \u3000]?)[@＠]"
    r"[ \u3000]?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９-]{1,63}"
    r"(?:[ ]?[.．。][ ]?[A-Za-zａ-ｚＡ-Ｚ][A-Za-z0-9ａ-ｚＡ-Ｚ-]{1,23}){1,4}"
)
_SAYS = r"(?:\s?号码?|ID|id|名|账号|帐号|好友)?(?:是|为|就是|叫)?[是为:：=\s“\"（(【]{0,4}"
_PAID = r"(?:(?:转账|转|付款|付|打款|收款)(?:给了?|到|至|人|方)|收款码?)?(?:对方)?"
"""Who was paid, between the word and the account: 微信转给hua-2020, 微信收款人：hua-2020."""

_WECHAT = re.compile(
    r"[微威薇卫WwＷVvＶ加＋+➕](?:(?<=[微威薇卫])(?<!公.)(?:信|(?<=微)\s信(?:\s(?=号))?)|(?<=[WwＷ])e[Cc]hat|(?<=W)ECHAT|(?<=[VvＶ])\s?信"
    r"|(?<=[加＋+➕])\s?[VvＶ薇]信?|(?<![A-Za-z].)(?:(?<=[VvWw])[Xx](?!id_)|(?<=[VvＶ])(?=[：:])))(?![支公群])"
    rf"(?:(?:号码?)?(?:同|：|:)?手机号?)?{_PAID}{_SAYS}"
    r"([A-Za-z][A-Za-z0-9_\-]{4,24}|[0-9][A-Za-z0-9_\-]{5,24})(?![A-Za-z0-9_@＠])"
)
_HANDLE = re.compile(
    r"(?:(?:网名|昵称|用户名|账号|帐号|账户名|登录名|网号|马甲|抖音|快手|微博|小红书|贴吧|陌陌|钉钉|支付宝|闲鱼|淘宝|旺旺|头条|知乎|视频号|直播间|名片|飞书|飞信)"
    r"[号账帐ID名叫为是上里的昵称主播用户\s]{0,4}[：:=\s“\"‘'「『（(【《@]{0,3})"
    r"([A-Za-z][A-Za-z0-9_.\-]{2,30}[A-Za-z0-9]|[0-9]{2,12}[_\-A-Za-z][A-Za-z0-9_\-]{1,20})(?![A-Za-z0-9_@＠])"
)
_BARE_HANDLE = re.compile(
    r"[a-z](?<![A-Za-z0-9_.@＠/\-].)(?<!型号.)(?<!规格.)(?<!编号.)(?<!单号.)"
    r"(?<=(?=[a-z0-9_\-]*[a-z]{3}).)(?:[a-z]{2,15}[_\-][a-z0-9]{0,12}[0-9]{1,6}|[a-z]{3,15}[0-9]{3,6})"
    r"(?![A-Za-z0-9_.@＠/\-])"
)
"""An account that no word announces: letters, then digits, as people make them up."""

_PHONE_BEFORE = re.compile(
    r"1[3-9][0-9]{9}(?=[A-Za-z_])|[0-9]{1,8}(?=[A-Za-z_])(?<=[0-9][ \-－—][0-9]{4})"
)
"""The end of a telephone number at the head of an e-mail address: 139-1234-5678li@qq.com."""

_WXID = re.compile(r"wxid_(?<![A-Za-z0-9]wxid_)[A-Za-z0-9]{6,24}")
_QQ = re.compile(
    rf"[QqＱｑ扣企抠](?:(?<=[QqＱｑ])[ \u3000]?[QqＱｑ]|(?<=扣)扣|(?<=企)鹅|(?<=抠)抠)"
    rf"(?:群|群号)?{_SAYS}"
    rf"([{ARABIC}](?:[ \-\u3000]?[{ARABIC}]){{4,11}})(?![{ARABIC}@＠])"
)
_PAPER = re.compile(
    r"(?:护照|通行证|居住证|驾驶证|驾照|残疾人?证|军官证|士兵证|社保卡?|医保卡?|社会保障卡?|台胞证|台湾居民来往大陆通行证|回乡证|港澳证|居留证|学籍)"
    rf"(?:[，,、]?证?(?:件)?号码?|编?号|号)?(?:是|为)?[是为:：\s（(]{{0,3}}([A-Za-z]{{0,2}}[{ARABIC}]{{6,20}}(?:[XxＸｘ×][{ARABIC}]{{0,2}})?(?:[A-Za-z][0-9]?)?)"
    rf"(?![{ARABIC}A-Za-z]|[ \u3000\r\n－-]{{1,3}}[{ARABIC}])"
)

_ENTRY = re.compile(
    r"证件(?:号码?|编号)?(?:是|为)?[是为:：\s（(]{0,3}"
    r"([A-Za-z]{1,2}[0-9]{6,10}|[0-9]{7,10}[A-Za-z]?)"
    r"(?![0-9A-Za-z]|[ \u3000\r\n－-]{1,3}[0-9])"
)
"""A paper that is no ID card, such as those of people from elsewhere."""

_PASSPORT = re.compile(
    r"[EGe](?<![A-Za-z0-9].)(?:[0-9]{8}|(?<=[Ee])[A-Za-z][0-9]{7})(?![0-9A-Za-z])(?=[^。\n]{0,16}护照)"
)
"""A passport that is called one behind its number."""

_ADDED = re.compile(
    r"加我[：:\s]{0,2}(?![Qq]{2}|(?:[Ww]e[Cc]hat|[VvWw][Xx]?)(?![A-Za-z_]))"
    r"([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_@＠])"
)
"""An account behind 加我, in letters."""

_LABEL = re.compile("[Ee]-?mail(?=[A-Za-z0-9])")
_LETTERED = re.compile("[VvWw][Xx]")
_FILED_WINDOW = 10


def find_accounts(text: str) -> Iterator[Span]:
    """E-mail addresses, WeChat and QQ accounts and numbers of papers that a word announces."""
    if "@" in text or "＠" in text:
        for found in _EMAIL.finditer(text):
            phone = _PHONE_BEFORE.match(text, found.start())
            label = _LABEL.match(text, found.start())
            start = phone.end() if phone else label.end() if label else found.start()
            yield Span(start, found.end(), "邮箱", text[start : found.end()].lower())
    lettered = _LETTER.search(text) is not None
    for pattern, cls in _NAMED if lettered else _UNLETTERED:
        for found in pattern.finditer(text):
            if _is_filed(text, found.start()):
                continue
            group = 1 if pattern.groups else 0
            yield Span(found.start(group), found.end(group), cls, plain(found[group]).lower())


def _is_filed(text: str, at: int) -> bool:
    """Whether WX heads the number of a receipt or a case, not an account: 回执号WX3257."""
    lettered = _LETTERED.match(text, at) is not None
    return lettered and is_filed(text[max(0, at - _FILED_WINDOW) : at])


_LETTER = re.compile("[A-Za-zＱｑＷＶ]")
_UNLETTERED: tuple[tuple[re.Pattern[str], MaskClass], ...] = (
    (_WECHAT, "微信号"),
    (_QQ, "QQ号"),
    (_PAPER, "证件号"),
    (_ENTRY, "证件号"),
)
"""What can be there without a letter."""

_NAMED: tuple[tuple[re.Pattern[str], MaskClass], ...] = (
    (_WECHAT, "微信号"),
    (_WXID, "微信号"),
    (_HANDLE, "微信号"),
    (_ADDED, "微信号"),
    (_BARE_HANDLE, "微信号"),
    (_QQ, "QQ号"),
    (_PAPER, "证件号"),
    (_ENTRY, "证件号"),
    (_PASSPORT, "证件号"),
)
