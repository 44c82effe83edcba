"""Columns of a ledger 台账: which column is what, recognised by its name or told by a map."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from corpus.errors import LedgerError
from corpus.yaml_records import first_fault, read_yaml

_NAMES = """
编号: 事项编号 留言编号 工单编号 工单号 案件编号 受理编号 id number
主题: 标题 事项名称 留言主题 诉求标题 工单标题 事由 title
详情: 内容 留言详情 诉求内容 诉求详情 事项描述 问题描述 反映内容 来信内容 事项内容 具体内容 text
时间: 留言时间 受理时间 受理日期 登记时间 登记日期 入账时间 反映时间 来电时间 日期 received_on
答复: 答复意见 答复内容 回复 回复内容 办理结果 处理结果 办结意见 化解结果 办理情况 处理情况 reply
措施: 处置措施 办理措施 化解措施 办理过程 工作措施 measures
答复时间: 答复日期 回复时间 办结时间 办结日期 清账时间 销账时间 完成时间 化解时间 closed_on
单位: 办理单位 答复单位 承办单位 责任单位 主办单位 unit
属地: 地区 所属镇街 镇街 村社区 所属村社区 区域 place
事项: 事项类型 类别 事项分类 问题类别 matter
状态: 办理状态 是否办结 办结状态 status
"""
_OPEN_NAMES = """
编号: 事项编号 留言编号 工单编号 工单号 工单流水号 案件编号 受理编号 流水号 单号 序号 id ref
  number
主题: 标题 事项名称 留言主题 诉求标题 工单标题 来信标题 事由 题目 title subject 事项
详情: 内容 留言详情 留言内容 诉求内容 诉求详情 诉求描述 事项描述 问题描述 情况描述 事件描述
  反映内容 反映问题 来信内容 来电内容 投诉内容 工单内容 事项内容 具体内容 主要内容 详细内容 描述
  text content 诉求 问题
时间: 留言时间 受理时间 受理日期 登记时间 登记日期 入账时间 入账日期 反映时间 来电时间 来电日期
  来信时间 提交时间 创建时间 上报时间 接收时间 日期 received_at received_on created_at 发生时间
地点: 诉求地点 事发地点 发生地点 问题地点 事件地点 诉求地址 事发地址 事件地址 详细地址 具体地址
  地址 位置 place address
属地: 地区 所属镇街 镇街 村社区 所属村社区 村社 村居 所属村社 区域 所属区域 所属地区 行政区划
  区县 乡镇街道 region
来电人: 留言用户 反映人 投诉人 诉求人 来信人 来访人 申请人 当事人 联系人 姓名 群众姓名
  来电人姓名 反映人姓名 户主 用户 caller
类别: 一级分类 一级类别 分类 诉求类别 诉求分类 问题类别 问题分类 事项类别 事项分类 留言类别 留言分类
  工单类别 工单分类 业务类别 业务分类 category
"""


def _table(names: str) -> Mapping[str, tuple[str, ...]]:
    lines = (line.split(":") for line in names.strip().replace("\n ", "").splitlines())
    return MappingProxyType({field: (field, *known.split()) for field, known in lines})


FIELDS = _table(_NAMES)
"""Each field of a ledger and the names its column goes by; the first is the field's own."""
OPEN_FIELDS = _table(_OPEN_NAMES)
"""The same of a backlog, whose matters are still open: who calls and where is told apart."""

PERSONAL = re.compile(
    r"姓名|联系人|当事人|反映人|来电人|来访人|申请人|投诉人|被.{0,3}人|户主|用户|电话|手机|身份证|证件号|住址|地址|门牌"
)
"""Columns whose values are taken out of every text of their row, and never kept."""
_NOISE = re.compile(r"[\s\u3000*＊:：()（）\[\]【】/／_-]|必填|选填")
_ESSENTIAL = ("详情", "主题")
LOOKED_AT = 10

Columns = Mapping[str, int]
"""Field to the place of its column."""


@dataclass(frozen=True, slots=True)
class Header:
    """The row that names the columns, its place (from 0), and where the personal columns are.

    ``names`` are the names as written; of a header of two rows the lower one goes before.
    """

    row: int
    columns: Columns
    personal: tuple[int, ...]
    names: tuple[str, ...] = ()


ColumnMap = Mapping[str, Sequence[str]]
"""Field to the names its column has in this ledger, from ``--map``."""

_MAP = TypeAdapter[Mapping[str, str | Sequence[str]]](Mapping[str, str | Sequence[str]])


def read_map(path: Path, fields: Mapping[str, Sequence[str]] = FIELDS) -> ColumnMap:
    """A map of columns: ``答复: 办结说明``, one line for each field.

    Raises:
        LedgerError: not such a map, or a field we do not know.
        KnowledgeError: not YAML.
    """
    try:
        given = _MAP.validate_python(read_yaml(path) or {})
    except ValidationError as error:
        raise LedgerError(f"{path.name}：应为“字段：列名”的映射{first_fault(error)}") from error
    unknown = [name for name in given if name not in fields]
    if unknown:
        known = "、".join(fields)
        raise LedgerError(f"{path.name}：不认识的字段{'、'.join(unknown)}，可用：{known}")
    return {field: (one,) if isinstance(one, str) else tuple(one) for field, one in given.items()}


def find_header(
    rows: Sequence[Sequence[str]],
    told: ColumnMap,
    fields: Mapping[str, Sequence[str]] = FIELDS,
) -> Header | None:
    """The row among the first ten that names most columns; None when none names enough.

    A header over two rows, whose upper cells are merged over groups of columns, counts as one.
    """
    best: Header | None = None
    for place, names in header_candidates(rows[:LOOKED_AT]):
        columns = columns_of(names, told, fields)
        if enough(columns, fields) and (best is None or len(columns) > len(best.columns)):
            used = set(columns.values())
            personal = (
                n for n, name in enumerate(names) if n not in used and PERSONAL.search(name)
            )
            best = Header(place, columns, tuple(personal), tuple(names))
    return best


def header_candidates(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row with its place, then each with the one above it for its empty cells."""
    yield from enumerate(rows)
    for place, (upper, lower) in enumerate(pairwise(rows), 1):
        yield place, [a or b for a, b in zip_longest(lower, upper, fillvalue="")]


def enough(columns: Columns, fields: Mapping[str, Sequence[str]] = FIELDS) -> bool:
    """Whether a matter can be read, and where fields ask for it, what came of it."""
    told = "答复" not in fields or "答复" in columns or "措施" in columns
    return told and any(field in columns for field in _ESSENTIAL)


def columns_of(
    row: Sequence[str], told: ColumnMap, fields: Mapping[str, Sequence[str]] = FIELDS
) -> Columns:
    """Field to place; what the map tells goes before what the names say."""
    names = {_plain(name): n for n, name in reversed(list(enumerate(row))) if _plain(name)}
    found: dict[str, int] = {}
    for field, known in fields.items():
        wanted = told.get(field, known)
        place = next((names[_plain(one)] for one in wanted if _plain(one) in names), None)
        if place is not None and place not in found.values():
            found[field] = place
    return found


def _plain(name: str) -> str:
    return _NOISE.sub("", name).lower()
