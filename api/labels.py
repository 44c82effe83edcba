"""Chinese words for the coded values of the wire, for the page, the plain text and the CLI."""

from collections.abc import Mapping

from advisor.documents.marks import Marks
from advisor.jobs.model import BatchState
from advisor.labels import (
    MODE,
    SOURCE_KIND,
    STATUS,
    TEXT_KIND,
    VERDICT,
    article_name,
    case_facts,
    context_name,
    deadline,
    law_facts,
    place,
)
from api.schemas.advice import AdviceOut

__all__ = [
    "ANSWER",
    "BATCH_STATE",
    "LAW_FINDING",
    "MODE",
    "PART_NAMES",
    "SOURCE_KIND",
    "STATUS",
    "TEXT_KIND",
    "VERDICT",
    "aigc",
    "article_name",
    "case_facts",
    "context_name",
    "deadline",
    "law_facts",
    "partial_note",
    "place",
]

BATCH_STATE: Mapping[BatchState, str] = {
    "taken": "等待办理",
    "reading": "读入台账",
    "working": "逐条研判",
    "grouping": "归并分组",
    "done": "已完成",
    "paused": "已停止",
    "failed": "未完成",
}
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


def partial_note(advice: AdviceOut) -> str | None:
    """What a reader must be told first of an advice from which something was taken out."""
    if advice.status != "partial" or advice.matter.abstained:
        return None
    if advice.rejected_citations:
        return "部分内容的引用没有通过核对，已不采用，详见文末“未采用的引用”。"
    return "部分内容没有通过核对，已删除或改由处置指引生成，详见“需要注意”。"


def aigc(advice: AdviceOut) -> str | None:
    """The implicit label 隐式标识 of generated text, as JSON; None where no model wrote."""
    return Marks("", advice.ai_label, advice.id, advice.mode == "llm").aigc()
