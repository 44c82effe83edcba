"""Chinese words for the coded values of the wire, for the page, the plain text and the CLI."""

import json
from collections.abc import Mapping

from api.schemas.advice import AdviceOut
from corpus.model import Status, TextKind, VerdictKind

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
PART_NAMES: Mapping[str, str] = {
    "analysis": "盘账分析",
    "plan": "清账方案",
    "legal_basis": "法规支撑",
    "precedents": "案例参考",
}

ANSWER: Mapping[str | None, str] = {
    "adopted": "采纳",
    "modified": "修改后采纳",
    "rejected": "未采纳",
    None: "未反馈",
}

LAW_FINDING: Mapping[str, str] = {
    "outdated": "所引与当日法律不符",
    "changed": "此后法律有变化",
}

_PRODUCER = "智治助手"


def partial_note(advice: AdviceOut) -> str | None:
    """What a reader must be told first of an advice from which something was taken out."""
    if advice.status != "partial" or advice.matter.abstained:
        return None
    if advice.rejected_citations:
        return "部分内容的引用没有通过核对，已不采用，详见文末“未采用的引用”。"
    return "部分内容没有通过核对，已删除或改由处置指引生成，详见“需要注意”。"


def aigc(advice: AdviceOut) -> str | None:
    """The implicit label 隐式标识 of generated text, as JSON; None where no model wrote.

    人工智能生成合成内容标识办法 (2025-09-01) and GB 45438-2025: ``Label`` "1" is content that was
    generated, ``ContentProducer`` who provides the service, ``ProduceID`` the number it gave.
    """
    if advice.mode != "llm":
        return None
    label = {"Label": "1", "ContentProducer": _PRODUCER, "ProduceID": advice.id}
    return json.dumps(label, ensure_ascii=False)


def deadline(days: int) -> str:
    """A deadline in days as an official says it: 当日, 3 日内."""
    return "当日" if days == 0 else f"{days} 日内"


def place(region: str) -> str:
    """The name of a region; the empty ladder is the whole country."""
    return region or "全国"
