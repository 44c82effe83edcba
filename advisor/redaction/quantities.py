"""Amounts, days and hours in characters: no name is cut out of 七万八千元, 腊月初六 or 2时许."""

import re

_DIGIT = "一二三四五六七八九两几"
_SCALE = "十百千万亿"
_UNIT = (
    "元|块|角|毛钱|亩|户|公?斤|吨|个|棵|株|平方?米|米|公里|里地|头|只|匹|条|间|层|桌|箱|台|辆|人|口人|天|日|"
    "号|岁|点|小时|分钟|倍|次|遍|趟|笔|份|套|款"
)
_AMOUNT = (
    rf"(?:[{_DIGIT}数上成]?[{_SCALE}]|[0-9０-９][万亿])(?:万|零?[{_DIGIT}][{_SCALE}])*"
    rf"(?:零?[{_DIGIT}])?[多余几来]?(?:{_UNIT})"
)
_MONTH = (
    rf"(?:[正腊]|闰?(?:十[一二]|[{_DIGIT}十])|[0-9０-９])月份?"
    rf"(?:初[{_DIGIT}十]?|[二三]?十[{_DIGIT}]?|廿[{_DIGIT}]?|底|中旬?|[上下]旬|末|[{_DIGIT}](?=[号日]))?[号日]?"
)
_HOUR = rf"(?:[{_DIGIT}十]|[0-9０-９])[点时](?:许|多|半|整|左右|[{_DIGIT}]刻)"
_COINS = rf"[0-9０-９{_DIGIT}](?:毛|角|块)[{_DIGIT}](?:[毛角分]|(?![\u4e00-\u9fff]))"
_MEASURED = rf"[{_DIGIT}十](?:公里|公斤|平方|小时|分钟|个多?月|块钱)"
_FEASTS = "元旦|春节|清明|端午|中秋|国庆|重阳|元宵|五一|十一|七一|八一|冬至|立春|立夏|立秋|立冬"
_FEAST = (
    f"(?:[去今明前每后当同]年|年)(?:{_FEASTS})节?"
    "|[前昨今明后次当]天|[昨今明当]日|[昨今当]晚"
    f"|(?:{_FEASTS})(?:节|长?假|期间|前[，。后夕]|当[天日晚])"
)
_WEEKDAY = rf"周[{_DIGIT}日末](?:[上中下]午|[早晚]上?|凌晨)"
_QUANTITY = re.compile(f"{_AMOUNT}|{_MONTH}|{_HOUR}|{_MEASURED}|{_COINS}|{_FEAST}|{_WEEKDAY}")
_HEAD = re.compile(f"[{_DIGIT}{_SCALE}数上成正腊闰月时点初元春清端中国重冬立年周日末天晚]")
_BEFORE, _BEHIND = 4, 8
_SHORTEST = 2
_PREPOSITIONS = frozenset("于从由自")


def uncut(text: str, start: int, end: int) -> int:
    """Where a name read in ``text[start:end]`` may end and cut no quantity; ``start`` if nowhere.

    A day that ends where it ends counts behind a preposition (于腊月), else it may be a name.
    """
    if not _HEAD.search(text, max(0, start - 1), end):
        return end
    for found in _QUANTITY.finditer(text, max(0, start - _BEFORE), end + _BEHIND):
        if found.start() >= end:
            return end
        if found.start() < start < found.end():
            return start
        if found.end() > end:
            return found.start() if found.start() >= start + _SHORTEST else start
        if found.start() == start + 1 and found.end() == end and text[start] in _PREPOSITIONS:
            return start
    return end
