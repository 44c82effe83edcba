"""Chinese words for coded values, and facts of an article or a case on one line."""

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.model import Level, Status, TextKind, VerdictKind
from corpus.numerals import to_chinese

STATUS: Mapping[Status, str] = {
    Status.IN_FORCE: "现行有效",
    Status.SUPERSEDED: "已被新版本取代",
    Status.REPEALED: "已废止",
    Status.NOT_YET_IN_FORCE: "尚未施行",
    Status.REVISED_SINCE: "文本此后已修订，请核对新文本",
}
TEXT_KIND: Mapping[TextKind, str] = {TextKind.VERBATIM: "原文", TextKind.GIST: "要旨"}
VERDICT: Mapping[VerdictKind, str] = {
    VerdictKind.VERIFIED: "核对无误",
    VerdictKind.REPAIRED: "已更正",
    VerdictKind.MISATTRIBUTED: "张冠李戴",
    VerdictKind.NOT_FOUND: "查无此条",
    VerdictKind.NOT_IN_FORCE: "不是有效条文",
    VerdictKind.OUT_OF_REGION: "不适用于本地",
}
MODE: Mapping[str, str] = {
    "llm": "大模型起草，逐条核对",
    "extractive": "检索编排（未使用大模型）",
}
SOURCE_KIND: Mapping[str, str] = {"ledger": "本地账本", "public": "公开报道"}


def deadline(days: int) -> str:
    """A deadline in days as an official says it: 当日, 3 日内."""
    return "当日" if days == 0 else f"{days} 日内"


def place(region: str) -> str:
    """The name of a region; the empty ladder is the whole country."""
    return region or "全国"


def article_name(law: str, article: str, paragraph: int | None) -> str:
    """How an article is cited: 《某法》第一条第二款."""
    part = f"第{to_chinese(paragraph)}款" if paragraph else ""
    return f"《{law}》{article}{part}"


def context_name(article: str, term: str | None) -> str:
    """What an article beside another is for: 同法第三十八条, 同法第二条对“用人单位”的规定."""
    return f"同法{article}" + (f"对“{term}”的规定" if term else "")


def law_facts(kind: TextKind, status: Status, level: Level, region: str, since: date | None) -> str:
    """What a reader must know of an article before relying on it, on one line."""
    begun = f"{since} 起施行" if since else ""
    known = (TEXT_KIND[kind], STATUS[status], level.value, place(region), begun)
    return " · ".join(one for one in known if one)


def case_facts(
    where: str, closed_on: date | None, days: int | None, source: Sequence[str | None]
) -> str:
    """Where, when and from where a case is known, on one line."""
    closed = f"{closed_on} 办结" if closed_on else ""
    taken = f"用时 {days} 天" if days is not None else ""
    told = "，".join(one for one in source if one)
    return " · ".join(one for one in (where, closed, taken, told) if one)
