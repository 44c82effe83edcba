"""Triage of one complaint: track, urgency, priority, each with reasons an official accepts."""

import re
from collections.abc import Sequence
from datetime import date

from advisor.model import Complaint, Track, Triage, Urgency
from advisor.sentences import mentions
from advisor.workdays import days_until
from corpus.model import Playbook, Signal

_URGENCIES: tuple[Urgency, ...] = ("一般", "较急", "紧急")
_TRACKS: tuple[Track, ...] = ("即办", "联办", "督办")
_BASE = {"一般": 30, "较急": 55, "紧急": 80}

_CLAUSE = re.compile(r"[，,。；;！!？?\n]")
_REPEATED = re.compile(
    r"(投诉|反映|报警|报修|找|打|说|劝)[^，。]{0,6}(好几|[三四五六七八九十几数多])次|多次(反映|投诉|报警|找|打|向|上访)|反复(反映|投诉)|一直(没|不|未)|无人(管|理|问)|没人(管|理)|"
    r"推诿|踢皮球|石沉大海|(?<![一二三四五六七八九十\d])[一二三四五六七八九十两几\d]{1,6}(年|个月)(了|来|多)|至今(没|未|仍)"
)
_MANY = re.compile(
    r"(全|整个|整)(村|小区|栋|组|楼)|(几|数|上)(十|百|千)(户|人|名)|(?<!\d)\d{2,}\s{0,2}多?(户|名|人|位|个业主|个村民)|"
    r"(广大|全体|众多|所有)(业主|村民|居民|住户|群众|家长)|大家都|家家户户"
)
_VULNERABLE = re.compile(
    r"老人|老(娘|母|妈|爹|爸|父)|[七八九]十(多)?岁|[6-9]\d岁|残疾|孤寡|低保|独居|瘫痪|重病|癌|孕妇|婴儿|孩子|小孩|学生"
)
_ASKING = re.compile(
    r"咨询|[请想]问|问一下|问问|建议|何时|什么时候|能否|能不能|可否|可不可以|是否|感谢"
)
_OPENING = 40
"""Whoever asks or suggests says so in so many first characters."""


def _asks(text: str) -> bool:
    return _ASKING.search(text[:_OPENING]) is not None


def find_signals(
    text: str, signals: Sequence[Signal], *, today: date | None = None
) -> tuple[Signal, ...]:
    """The risk signals a text shows, most urgent first and of these people first, each once.

    ``today`` tells whether a holiday is near; without it no signal that needs one counts.
    """
    found = [s for s in signals if _in_season(s, today) and told_cues(text, s)]
    unique = {s.risk: s for s in found}.values()
    return tuple(sorted(unique, key=lambda s: (-_URGENCIES.index(s.urgency), not s.people_first)))


def told_cues(text: str, signal: Signal) -> tuple[str, ...]:
    """The cues of a signal that a text tells, none denied and none only a turn of speech."""
    found = mentions(text, signal.cues)
    if not found or not (signal.unless or signal.not_after):
        return found
    for turn in signal.unless:
        text = text.replace(turn, "＿" * len(turn))
    if signal.not_after:
        text = "，".join(_as_told(clause, signal.not_after) for clause in _CLAUSE.split(text))
    return mentions(text, found)


def _as_told(clause: str, suppositions: Sequence[str]) -> str:
    """The part of a clause that is told as it is, before any supposition."""
    places = [at for word in suppositions if (at := clause.find(word)) >= 0]
    return clause[: min(places)] if places else clause


def _in_season(signal: Signal, today: date | None) -> bool:
    if not signal.before:
        return True
    ahead = [days_until(one, today) for one in signal.before] if today else []
    return any(days is not None and days <= signal.within_days for days in ahead)


def quote_of(text: str, signal: Signal) -> str:
    """The words of a text that betray a signal."""
    return next(iter(told_cues(text, signal)), "")


def assess(complaint: Complaint, playbook: Playbook | None, signals: Sequence[Signal]) -> Triage:
    """How to handle a complaint.

    Track and urgency start from the playbook. A question or suggestion that shows nothing worse is
    answered by one office 即办; all else only ever raises them: what was told in vain or concerns
    many needs several offices 联办.
    priority is a base for the urgency (30, 55, 80) plus what makes waiting worse, at most 100.
    """
    track: Track = playbook.track if playbook else "联办"
    urgency: Urgency = playbook.urgency if playbook else "一般"
    reasons = [f"“{playbook.name}”通常按{track}、{urgency}办理" if playbook else "事项类型待核实"]
    repeated, many = _REPEATED.search(complaint.text), _MANY.search(complaint.text)
    if track == "联办" and not (signals or repeated or many) and _asks(complaint.text):
        track = "即办"
        reasons.append("主要是咨询或建议，未见反复反映和紧急情形，先由主管单位直接答复")
    for signal in signals:
        urgency = max(urgency, signal.urgency, key=_URGENCIES.index)
        track = max(track, signal.track or track, key=_TRACKS.index)
        reasons.append(f"{signal.risk}（原文：{quote_of(complaint.text, signal)}）")
    priority = _BASE[urgency]
    for found, points, reason in (
        (repeated, 8, "反映人称已反复反映或久拖未决"),
        (many, 7, "涉及人数较多"),
        (_VULNERABLE.search(complaint.text), 5, "涉及老人、儿童、病残等需要照顾的人"),
    ):
        if found:
            priority += points
            reasons.append(f"{reason}（原文：{found.group()}）")
    if track == "即办" and (repeated or many):
        track = "联办"
        reasons.append(f"{'曾反映未解决' if repeated else '涉及人数较多'}，由即办转联办")
    return Triage(track=track, urgency=urgency, priority=min(priority, 100), reasons=tuple(reasons))
