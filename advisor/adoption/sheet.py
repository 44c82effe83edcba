"""Adoption of the past from a table: which column is what, and what each row says."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from types import MappingProxyType

from advisor import clock
from advisor.adoption.model import REASONS, Reason, Verdict
from corpus.ledger_rows import parse_day

_NAMES = """
建议编号: 建议ID 建议id advice_id
编号: 事项编号 工单编号 工单号 案件编号 受理编号 序号 number
日期: 受理日期 受理时间 登记日期 建议日期 时间 入账时间 given_on
事项: 事项类型 事项名称 类别 matter
属地: 地区 镇街 村社区 region
单位: 牵头单位 承办单位 责任单位 办理单位 department
采纳情况: 是否采纳 采纳 采纳结果 反馈 反馈结果 verdict
原因: 未采纳原因 不采纳原因 理由 reason
反馈人: 承办人 填报人 经办人 by
办结日期: 办结时间 清账时间 销账时间 closed_on
是否办结: 办结状态 办结 cleared
是否反弹: 反弹 是否复发 reopened
是否满意: 满意 满意度 群众满意 群众是否满意 satisfied
"""
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        field: (field, *names.split())
        for field, names in (line.split(": ") for line in _NAMES.strip().splitlines())
    }
)
"""Each field of such a table and the names its column goes by."""

_VERDICTS: Mapping[str, Verdict] = MappingProxyType(
    {
        **dict.fromkeys(["采纳", "已采纳", "全部采纳", "是", "adopted"], "adopted"),
        **dict.fromkeys(["修改后采纳", "部分采纳", "修改采纳", "modified"], "modified"),
        **dict.fromkeys(["未采纳", "不采纳", "没采纳", "否", "rejected"], "rejected"),
    }
)
_UNANSWERED = frozenset({"", "未反馈", "无", "-", "—", "/"})
_YES = frozenset(
    {"是", "有", "已办结", "办结", "满意", "基本满意", "非常满意", "反弹", "true", "1"}
)
_NO = frozenset({"否", "无", "没有", "未办结", "不满意", "未反弹", "false", "0"})
_LOOKED_AT = 10
_NOISE = re.compile(r"[\s　*＊:：()（）]")


@dataclass(frozen=True, slots=True)
class PastRow:
    """One row as it was written and understood; ``fault`` says why nothing can be made of it."""

    place: str
    key: str
    numbered: bool = False
    advice_id: str = ""
    given_at: datetime | None = None
    matter: str = ""
    region: str = ""
    department: str = ""
    verdict: Verdict | None = None
    reason: Reason | None = None
    by: str = ""
    cleared: bool | None = None
    closed_on: date | None = None
    reopened: bool | None = None
    satisfied: bool | None = None
    fault: str = ""


def read_rows(name: str, rows: Sequence[Sequence[str]]) -> tuple[PastRow, ...] | None:
    """The rows of one table; None where no column tells of adoption."""
    for place, row in enumerate(rows[:_LOOKED_AT]):
        columns = _columns(row)
        if "采纳情况" in columns and len(columns) > 1:
            below = enumerate(rows[place + 1 :], place + 2)
            return _told_apart(
                _row(f"{name}第{number}行", columns, cells)
                for number, cells in below
                if any(cell.strip() for cell in cells)
            )
    return None


def _told_apart(rows: Iterable[PastRow]) -> tuple[PastRow, ...]:
    """Rows without a number that look alike are as many recommendations as there are rows."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        seen[row.key] += 1
        again = f"-{seen[row.key]}" if not row.numbered and seen[row.key] > 1 else ""
        found.append(replace(row, key=row.key + again))
    return tuple(found)


def _columns(row: Sequence[str]) -> Mapping[str, int]:
    names = {_NOISE.sub("", cell): place for place, cell in reversed(list(enumerate(row)))}
    found = {}
    for field, known in FIELDS.items():
        place = next((names[one] for one in known if one in names), None)
        if place is not None:
            found[field] = place
    return found


def _row(place: str, columns: Mapping[str, int], cells: Sequence[str]) -> PastRow:
    told = {
        field: cells[at].strip()[:200] if at < len(cells) else "" for field, at in columns.items()
    }
    cell = {field: told.get(field, "") for field in FIELDS}
    day, closed_on = parse_day(cell["日期"]), parse_day(cell["办结日期"])
    verdict = _VERDICTS.get(cell["采纳情况"])
    cleared = _yes(cell["是否办结"])
    return PastRow(
        place=place,
        key=_key(cell, cells),
        numbered=bool(cell["编号"]),
        advice_id=cell["建议编号"],
        given_at=datetime.combine(day, time(), clock.CHINA) if day else None,
        matter=cell["事项"],
        region=cell["属地"],
        department=cell["单位"],
        verdict=verdict,
        reason=_reason(cell["原因"]) if verdict == "rejected" else None,
        by=cell["反馈人"],
        cleared=True if closed_on else cleared,
        closed_on=closed_on,
        reopened=_yes(cell["是否反弹"]),
        satisfied=_yes(cell["是否满意"]),
        fault=_fault(cell, day, closed_on),
    )


def _key(cell: Mapping[str, str], cells: Sequence[str]) -> str:
    """The same row of the same ledger again has the same key, whatever was filled in since."""
    known = ("编号", "日期") if cell["编号"] else ("日期", "事项", "属地", "单位")
    text = "\0".join(cell[one] for one in known) if any(cell[one] for one in known) else str(cells)
    return "past-" + hashlib.sha256(text.encode()).hexdigest()[:24]


def _fault(cell: Mapping[str, str], day: date | None, closed_on: date | None) -> str:
    answer = cell["采纳情况"]
    if answer not in _VERDICTS and answer not in _UNANSWERED:
        return f"看不懂的采纳情况“{answer[:20]}”，应为采纳、修改后采纳、未采纳或空"
    if not cell["建议编号"] and day is None:
        return "没有日期，也没有建议编号"
    if cell["办结日期"] and closed_on is None:
        return "看不懂的办结日期"
    if day is not None and closed_on is not None and closed_on < day:
        return "办结日期早于受理日期"
    return ""


def _reason(text: str) -> Reason:
    for code, label in REASONS.items():
        if text and (text == code or text in label or label in text):
            return code
    return "other"


def _yes(text: str) -> bool | None:
    plain = text.lower()
    return True if plain in _YES else False if plain in _NO else None
