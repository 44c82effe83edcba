"""The sheets 未处理行 and 说明: what nothing was made of, and how the workbook is to be read."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from openpyxl import Workbook

from advisor.batch.model import BatchSummary, UnworkedRow
from advisor.documents.cells import Tinted, Written
from advisor.documents.sheet import Column, Look, Sheet

UNWORKED_TITLE = "未处理行"
NOTES_TITLE = "说明"
_CODES = MappingProxyType(
    {
        "empty": "没有内容",
        "too_short": "内容过短",
        "too_long": "内容过长",
        "unreadable": "无法读取",
        "failed": "处理失败",
        "cancelled": "已取消",
    }
)
_UNWORKED_COLUMNS = (
    Column("序号", 7),
    Column("工作表", 18),
    Column("行", 9),
    Column("编号", 16),
    Column("类别", 12),
    Column("原因", 60),
    Column("内容摘录", 60),
)
_NOTES_COLUMNS = (Column("项目", 18), Column("内容", 110))
_HOW = (
    (
        "清单",
        "每件诉求一行，按优先度、办理方式、紧急程度、牵头部门等筛选。蓝色“一类事”可跳到对应行。",
    ),
    ("优先度", "0—100，越大越先办；“优先理由”逐条列明。涉及人身安全的排在最前。"),
    ("最迟日期", "各项时限中最早的一个；逐项时限和出处见“时限依据”。"),
    ("把握", "事项识别的把握，0—1；标“（待定）”的事项没有把握，请人工判断。"),
    (
        "类别",
        "用 --categories-from 时才有：从已分类的诉求学得，“类别把握”为 0—1；没有把握的、"
        "与已分类的诉求都不像的留空；"
        "没有“类别把握”的照录原表。",
    ),
    ("依据条文", "标“（要旨）”的是本系统编写的条文大意，引用前请核对原文；未标的为原文节选。"),
    ("重复于", "同一件事再次反映，指向最早一件的序号；是否并案由承办人决定。"),
    ("一类事", "事项、地点、时间相近的一组诉求，附共同原因和建议根治措施，供会商参考。"),
    ("热点与预警", "预警：近几天明显多于该组自身以往；热点：按人数、新近、增长和严重程度排序。"),
    ("未处理行", "没有形成结果的行及原因。清单行数＋未处理行数＝读入行数，一行不少。"),
    ("原表", "“原表·”各列照录原表，未作改动；“原表位置”为原文件中的工作表和行号。"),
)


def write_unworked(book: Workbook, label: str, unworked: Iterable[UnworkedRow]) -> None:
    """Write every row nothing was made of, with its place in the user's file."""
    look = Look(UNWORKED_TITLE, label, "7F7F7F", printed=len(_UNWORKED_COLUMNS))
    sheet = Sheet(book, look, _UNWORKED_COLUMNS)
    for one in unworked:
        sheet.append(tuple(_unworked(one)))
    sheet.close()


def _unworked(row: UnworkedRow) -> Iterator[Written]:
    yield row.number
    yield row.sheet
    yield row.line or "整表"
    yield row.ref
    yield _CODES.get(row.code, row.code)
    yield row.reason
    yield row.excerpt


def write_notes(book: Workbook, summary: BatchSummary) -> None:
    """Write what the batch is, and how to read the sheets."""
    look = Look(NOTES_TITLE, summary.ai_label, "7F7F7F", printed=len(_NOTES_COLUMNS))
    sheet = Sheet(book, look, _NOTES_COLUMNS)
    for name, told in (*_facts(summary), *_HOW):
        sheet.append((name, told))
    for tint, told in _COLOURS:
        sheet.append((tint, told))
    for note in summary.notes:
        sheet.append(("本批提示", note))
    sheet.close()


_COLOURS: tuple[tuple[Written, str], ...] = (
    (Tinted("即办", "即办"), "情节简单，可当场办理。"),
    (Tinted("联办", "联办"), "涉及多个部门，由牵头部门会同办理。"),
    (Tinted("督办", "督办"), "疑难或有较大风险，限期督办。"),
    (Tinted("紧急", "紧急"), "可能危及人身安全或时限紧迫，立即处理。"),
    (Tinted("较急", "较急"), "应优先安排。"),
)


def _facts(summary: BatchSummary) -> Iterator[tuple[str, str]]:
    made = "大模型起草，逐条核对" if summary.mode == "llm" else "检索编排（未使用大模型）"
    yield "标识", summary.ai_label
    yield "批次", summary.id
    yield "来源文件", summary.source
    yield "生成时间", f"{summary.created_at:%Y-%m-%d %H:%M}"
    yield "读入", f"{summary.rows} 行"
    yield "形成结果", f"{summary.worked} 行"
    yield "未处理", f"{summary.unworked} 行（见“{UNWORKED_TITLE}”）"
    yield "生成方式", made
    yield "法规库截至", summary.corpus_as_of.isoformat()
