"""``advisor feedback``: what officials said of advices; past adoption brought in from a table."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor.adoption.agreement import sample as draw
from advisor.adoption.bring_in import BroughtIn, bring_in
from advisor.adoption.model import REASONS, AdoptionEntry, Feedback, Reason, Section, Verdict
from advisor.adoption.model import Review as ReviewSaid
from advisor.adoption.record import FeedbackGiven, OutcomeGiven
from advisor.adoption.sheet import FIELDS, PastRow, read_rows
from advisor.clock import CHINA
from advisor.errors import RefusedInput
from api import labels
from api.cli.desk import DateParameter, Desk, json_option, pass_desk, read_file
from api.cli.output import emit_json, emit_table
from api.schemas.adoption import ReviewedOut, StandingOut
from corpus.ledger_rows import csv_rows
from corpus.limited_parser import LimitedParser
from corpus.region import format_region

_SHOWN = 20
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_VERDICTS: Mapping[str, Verdict] = {
    "采纳": "adopted",
    "修改后采纳": "modified",
    "未采纳": "rejected",
}
_SECTIONS: Mapping[str, Section] = {
    "盘账分析": "analysis",
    "清账方案": "plan",
    "法规支撑": "legal_basis",
    "案例参考": "precedents",
}
_CODES: Mapping[str, Reason] = {label: code for code, label in REASONS.items()}
_by = click.option("--by", required=True, metavar="姓名", help="反馈人的姓名或工号。")


class RecordOptions(TypedDict):
    """The options of ``advisor feedback record`` as click hands them over."""

    advice_id: str
    by: str
    verdict: str
    reason: str | None
    section: tuple[str, ...]
    edited: Path | None
    note: str
    as_json: bool


class OutcomeOptions(TypedDict):
    """The options of ``advisor feedback outcome`` as click hands them over."""

    advice_id: str
    by: str
    closed_on: date | None
    reopened: bool | None
    satisfied: bool | None
    as_json: bool


@click.group(help="采纳反馈：登记、查看、导入以往记录、抽取复评。")
def feedback() -> None:
    """Group of one noun."""


@feedback.command(help="登记一份建议是否采纳；再次登记以最后一次为准。")
@click.argument("advice_id", metavar="建议编号")
@_by
@click.option(
    "--verdict", required=True, type=click.Choice([*_VERDICTS, "撤回"]), help="采纳情况。"
)
@click.option("--reason", type=click.Choice([*_CODES]), help="未采纳的原因。")
@click.option("--section", multiple=True, type=click.Choice([*_SECTIONS]), help="用到的部分。")
@click.option(
    "--edited",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="修改后实际采用的清账方案（文本文件），用来计算修改幅度，不保存。",
)
@click.option("--note", default="", help="说明；个人信息在保存前去除。")
@json_option
@pass_desk
def record(desk: Desk, **options: Unpack[RecordOptions]) -> None:
    """One verdict."""
    reason = options["reason"]
    given = FeedbackGiven(
        by=options["by"],
        verdict=_VERDICTS.get(options["verdict"]),
        reason=_CODES[reason] if reason else None,
        sections=tuple(_SECTIONS[one] for one in options["section"]),
        edited_plan=read_file(options["edited"]) if options["edited"] else None,
        note=options["note"],
    )
    standing = desk.recorder().feedback(options["advice_id"], given)
    _show(StandingOut.model_validate(standing), as_json=options["as_json"])


@feedback.command(help="登记办结情况；再次登记以最后一次为准。")
@click.argument("advice_id", metavar="建议编号")
@_by
@click.option("--closed-on", type=DateParameter(), metavar="日期", help="办结日期；不填为未办结。")
@click.option("--reopened/--not-reopened", default=None, help="是否反弹；没有回访则不填。")
@click.option("--satisfied/--not-satisfied", default=None, help="群众是否满意；没有问则不填。")
@json_option
@pass_desk
def outcome(desk: Desk, **options: Unpack[OutcomeOptions]) -> None:
    """What came of one matter."""
    given = OutcomeGiven(
        by=options["by"],
        cleared=options["closed_on"] is not None,
        closed_on=options["closed_on"],
        reopened=options["reopened"],
        satisfied=options["satisfied"],
    )
    standing = desk.recorder().outcome(options["advice_id"], given)
    _show(StandingOut.model_validate(standing), as_json=options["as_json"])


@feedback.command(help="登记复评（不看首次反馈，由另一人给出）。")
@click.argument("advice_id", metavar="建议编号")
@_by
@click.option("--verdict", required=True, type=click.Choice([*_VERDICTS]), help="复评意见。")
@click.option("--reason", type=click.Choice([*_CODES]), help="未采纳的原因。")
@json_option
@pass_desk
def review(
    desk: Desk, advice_id: str, by: str, verdict: str, *, reason: str | None, as_json: bool
) -> None:
    """One blind second verdict."""
    code = _CODES[reason] if reason else None
    desk.recorder().review(advice_id, ReviewSaid(by=by, verdict=_VERDICTS[verdict], reason=code))
    if as_json:
        emit_json(ReviewedOut(advice_id=advice_id))
    else:
        click.echo("复评已登记。")


@feedback.command(name="list", help="列出登记过的反馈、办结和复评，从早到晚。")
@click.argument("advice_id", required=False, metavar="建议编号")
@json_option
@pass_desk
def list_(desk: Desk, advice_id: str | None, *, as_json: bool) -> None:
    """The trail."""
    trail = desk.recorder().log.entries(advice_id)
    if as_json:
        emit_json([_plain(one) for one in trail])
        return
    rows = [
        (f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}", one.advice_id, one.said.by, _told(one))
        for one in trail
    ]
    emit_table(("时间", "建议编号", "登记人", "内容"), rows)


@feedback.command(name="sample", help="抽取供复评的建议；同一种子抽到同样的，首次反馈人抽不到。")
@click.option("--reviewer", required=True, metavar="姓名", help="复评人。")
@click.option("--size", default=30, type=click.IntRange(1, 1000), help="抽多少份，缺省 30。")
@click.option("--seed", default="", help="种子。")
@json_option
@pass_desk
def sample(desk: Desk, reviewer: str, size: int, seed: str, *, as_json: bool) -> None:
    """Advices drawn by lot, without their first verdicts."""
    drawn = draw(desk.recorder().log.standings(), size=size, seed=seed, reviewer=reviewer.strip())
    if as_json:
        emit_json({"reviewer": reviewer.strip(), "seed": seed, "advice_ids": drawn})
    else:
        click.echo("\n".join(drawn))


@feedback.command(
    name="import",
    help="导入以往的采纳记录（.xlsx .xls .ods .csv），按列名识别：采纳情况、日期、事项、属地、"
    "单位、原因、办结日期、是否反弹、是否满意、建议编号、编号。重复导入不重复计数。",
)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@json_option
@pass_desk
def import_(desk: Desk, path: Path, *, as_json: bool) -> None:
    """A table of the past."""
    rows = _rows(path)
    matters = {book.name: book.id for book in desk.library().knowledge.playbooks}
    done = bring_in(desk.recorder().log, rows, matters, format_region(desk.region(None)))
    if as_json:
        emit_json(done)
    else:
        _show_import(path, done)


def _rows(path: Path) -> tuple[PastRow, ...]:
    if not path.is_file():
        raise RefusedInput("no_such_path", f"文件不存在：{path}")
    if path.suffix.lower() in _WORKBOOKS:
        with LimitedParser() as parser:
            sheets = parser.sheets(path.read_bytes())
    else:
        sheets = (("表", csv_rows(read_file(path))),)
    found = [one for name, rows in sheets if (one := read_rows(name, rows)) is not None]
    if not found:
        known = "、".join(FIELDS)
        raise RefusedInput("no_adoption", f"{path.name}：没有“采纳情况”列。可识别的列：{known}。")
    return tuple(row for rows in found for row in rows)


def _show(standing: StandingOut, *, as_json: bool) -> None:
    if as_json:
        emit_json(standing)
        return
    told = [labels.ANSWER[standing.verdict]]
    if standing.edit_distance is not None:
        told.append(f"修改幅度 {standing.edit_distance:.0%}")
    if standing.cleared is not None:
        days = f"，用时 {standing.days} 天" if standing.days is not None else ""
        told.append(f"{standing.closed_on} 办结{days}" if standing.cleared else "未办结")
    click.echo(f"已登记：{'；'.join(told)}。")


def _plain(entry: AdoptionEntry) -> dict[str, object]:
    said = entry.said.model_dump(mode="json")
    return {"seq": entry.seq, "advice_id": entry.advice_id, "at": entry.at.isoformat(), **said}


def _told(entry: AdoptionEntry) -> str:
    said = entry.said
    if isinstance(said, Feedback):
        why = f"（{REASONS[said.reason]}）" if said.reason else ""
        return "撤回反馈" if said.verdict is None else labels.ANSWER[said.verdict] + why
    if isinstance(said, ReviewSaid):
        return f"复评：{labels.ANSWER[said.verdict]}"
    return f"办结：{said.closed_on}" if said.cleared else "未办结"


def _show_import(path: Path, done: BroughtIn) -> None:
    click.echo(
        f"{path.name}：共 {done.rows} 行，新增 {done.added}，更新 {done.changed}，"
        f"原已收入 {done.unchanged}，未收 {len(done.skipped)}。"
    )
    for one in done.skipped[:_SHOWN]:
        click.echo(f"  {one.place}：{one.reason}")
    if len(done.skipped) > _SHOWN:
        click.echo("  ……其余见 --json")
