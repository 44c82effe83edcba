"""The sheet 清单: one row for each item, what to do first on the left, the text on the right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from openpyxl import Workbook

from advisor.batch.model import Groups, Item, ItemArticle, ItemCase, RiskFlag
from advisor.documents.cells import Link, Tinted, Written
from advisor.documents.sheet import HEAD_ROW, Column, Look, Sheet

TITLE = "清单"
GROUPS_TITLE = "一类事"
MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links; beyond, the text stands without one."""
_LOOKED_AT = 200
_MOST_EXTRA = 20
_ARTICLE_LENGTH = 120
COLUMNS = (
    Column("序号", 6),
    Column("优先度", 7),
    Column("办理方式", 8),
    Column("紧急程度", 8),
    Column("编号", 12),
    Column("事项", 14),
    Column("诉求摘要", 36),
    Column("牵头部门", 16),
    Column("配合部门", 16),
    Column("最迟日期", 12),
    Column("现在先做", 32),
    Column("风险提示", 28),
    Column("优先理由", 30),
    Column("待补充的事实", 30),
    Column("依据条文", 36),
    Column("参考案例", 30),
    Column("一类事", 12),
    Column("重复于", 12),
    Column("其他可能牵头", 22),
    Column("权责依据", 30),
    Column("时限依据", 30),
    Column("把握", 7),
    Column("接收时间", 16),
    Column("地点", 18),
    Column("来电人", 12),
    Column("主题", 30, wrap=False),
    Column("诉求内容", 50, wrap=False),
    Column("需要注意", 30, wrap=False),
    Column("原表位置", 16, wrap=False),
)
_CATEGORY = (Column("类别", 14), Column("类别把握", 9))
_PRINTED = 12
_FROZEN = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the groups of a batch stand: the line of a row's cluster, and what a row repeats."""

    clusters: dict[int, int]
    originals: dict[int, int]


def standing_of(groups: Groups) -> Standing:
    """The groups by row; clusters stand in the sheet 一类事 in their order."""
    return Standing(
        {
            number: line
            for line, cluster in enumerate(groups.clusters, HEAD_ROW + 1)
            for number in cluster.members
        },
        {one.number: one.of for one in groups.duplicates},
    )


def write_list(
    book: Workbook, label: str, items: Iterable[Item], standing: Standing
) -> dict[int, int]:
    """Write the sheet, item by item in the order given; the rows of those others point to."""
    items = iter(items)
    first = list(islice(items, _LOOKED_AT))
    extra = _extra_names(first)
    categorised = any(one.category for one in first)
    columns = (*COLUMNS, *(_CATEGORY if categorised else ()))
    columns = (*columns, *(Column(f"原表·{name}", 14, wrap=False) for name in extra))
    look = Look(TITLE, label, frozen=_FROZEN, printed=_PRINTED, most_lines=6)
    sheet = Sheet(book, look, (*columns, Column("原表·其他", 14, wrap=False)))
    pointed = {*standing.clusters, *standing.originals.values()}
    rows: dict[int, int] = {}
    for links, item in enumerate(chain(first, items)):
        linked = links < MOST_LINKS // 2
        values = (
            *_values(item, standing, rows, linked=linked),
            *(_category(item) if categorised else ()),
            *_extra(item, extra),
        )
        row = sheet.append(values)
        if item.row.number in pointed:
            rows[item.row.number] = row
    sheet.close()
    return rows


def _values(
    item: Item, standing: Standing, rows: dict[int, int], *, linked: bool
) -> Iterator[Written]:
    row, triage = item.row, item.triage
    due = min((one.due_on for one in item.deadlines), default=None)
    yield row.number
    yield triage.priority
    yield Tinted(triage.track, triage.track)
    yield Tinted(triage.urgency, triage.urgency)
    yield row.ref
    yield f"{item.matter.name}（待定）" if item.matter.abstained else item.matter.name
    yield item.summary
    yield item.lead_department
    yield "、".join(item.support_departments)
    yield due
    yield item.first_step
    yield Tinted(_flags(item.flags), "风险") if item.flags else ""
    yield _lines(triage.reasons)
    yield _lines(item.missing_facts)
    yield _lines(map(article_line, item.articles))
    yield _lines(map(case_line, item.cases))
    yield _cluster(row.number, standing, linked=linked)
    yield _original(row.number, standing, rows, linked=linked)
    yield _lines(f"{one.department}（{one.likelihood:.0%}）" for one in item.lead_candidates[1:])
    yield _lines(f"{one.department}：{one.basis}" for one in item.competence)
    yield _lines(f"{one.what}（{one.told_day}）：{one.basis}" for one in item.deadlines)
    yield round(item.matter.confidence, 2)
    yield _naive(row.received_at)
    yield row.place or "、".join(one.name for one in item.places)
    yield row.caller
    yield row.subject
    yield row.text
    yield _lines((*item.reminders, *item.limits))
    yield place_in_source(row.sheet, row.line)


def _category(item: Item) -> Iterator[Written]:
    """The category and how sure it is; without a figure where the ledger gives it."""
    yield item.category.name if item.category else ""
    yield item.category.confidence if item.category else None


def _cluster(number: int, standing: Standing, *, linked: bool) -> Written:
    line = standing.clusters.get(number)
    if line is None:
        return ""
    return Link(group_name(line), GROUPS_TITLE, line) if linked else group_name(line)


def group_name(line: int) -> str:
    """What a cluster is called on paper, by its line in 一类事: 第 3 组."""
    return f"第 {line - HEAD_ROW} 组"


def _original(number: int, standing: Standing, rows: dict[int, int], *, linked: bool) -> Written:
    of = standing.originals.get(number)
    if of is None:
        return ""
    text = f"序号 {of}"
    return Link(text, TITLE, rows[of]) if linked and of in rows else text


def _extra_names(items: Sequence[Item]) -> tuple[str, ...]:
    names = dict.fromkeys(name for item in items for name, _ in item.row.extra)
    return tuple(names)[:_MOST_EXTRA]


def _extra(item: Item, names: Sequence[str]) -> Iterator[Written]:
    values = dict(reversed(item.row.extra))
    for name in names:
        yield values.get(name, "")
    yield _lines(f"{name}：{value}" for name, value in item.row.extra if name not in names)


def _flags(flags: Sequence[RiskFlag]) -> str:
    ordered = sorted(flags, key=lambda one: not one.people_first)
    return _lines(f"{one.risk}：{one.at_once}" if one.at_once else one.risk for one in ordered)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _naive(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None


def article_line(article: ItemArticle) -> str:
    """An article on one line, as short as a list allows; a gist says that it is one."""
    text = " ".join(article.text.split())
    short = text if len(text) <= _ARTICLE_LENGTH else f"{text[: _ARTICLE_LENGTH - 1]}…"
    mark = "（要旨）" if article.text_kind == "gist" else ""
    return f"《{article.law.strip('《》')}》{article.article}{mark}{f'：{short}' if short else ''}"


def case_line(case: ItemCase) -> str:
    """A case on one line: what it was and what came of it."""
    days = f"（{case.days} 天办结）" if case.days is not None else ""
    return f"{case.title}{days}：{' '.join(case.outcome.split())}"


def place_in_source(sheet: str, line: int) -> str:
    """Where a row stands in the user's own file."""
    where = f"第 {line} 行" if line else "整表"
    return f"{sheet} {where}".strip()
