"""``advisor-eval judge`` and ``duel``: a language model's view of one run, or of two."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from pydantic import BaseModel, ConfigDict

from advisor.errors import AdvisorError
from advisor.language_models import open_model
from advisor.settings import Settings
from eval.cases_set import read_cases
from eval.errors import EvalError
from eval.judge.agreement import Agreement, agreement, read_human
from eval.judge.answers import read_answers
from eval.judge.asking import Judge
from eval.judge.duel import DuelFigures, duel_figures, duels, paired
from eval.judge.grading import GradeFigures, figures, grade_all

Row = TypeVar("Row", bound=BaseModel)
_FILE = click.Path(path_type=Path, dir_okay=False)
_NOTICE = "以下是大模型评议的分数，不是确定性指标，不能与之相加或混排。"


class JudgeReport(BaseModel):
    """What a judge makes of one run, and how far people agree with it."""

    model_config = ConfigDict(frozen=True)

    figures: GradeFigures
    agreement: tuple[Agreement, ...] = ()


@click.command(help="大模型评议：按评分表给一次运行的每份建议打分，报告评议自身的波动。")
@click.argument("run", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="逐份评分（JSONL）。")
@click.option("--repeats", type=click.IntRange(1, 20), default=1, help="每份评几次，看波动。")
@click.option("--human", type=_FILE, help="人工评分（JSONL），报告与人工的一致性。")
@click.option("--limit", type=click.IntRange(min=1), help="只评前若干份。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def judge(
    *, run: Path, out: Path, repeats: int, human: Path | None, limit: int | None, as_json: bool
) -> None:
    """Grade the answers of a run with the configured model."""
    people = read_human(human) if human else ()
    answers = read_answers(run, read_cases().cases)[:limit]
    asked, at_once = _judge()
    rows = tuple(
        _kept(grade_all(asked, answers, repeats=repeats, at_once=at_once), out, len(answers))
    )
    found = figures(rows)
    if found is None:
        raise EvalError(f"没有一份建议评成：{rows[0].error}")
    report = JudgeReport(figures=found, agreement=agreement(rows, people) if people else ())
    click.echo(report.model_dump_json() if as_json else _grades(report))


@click.command(help="大模型评议：两次运行逐件比较，每件交换先后各问一次。")
@click.argument("first", type=_FILE)
@click.argument("second", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="逐件结果（JSONL）。")
@click.option("--limit", type=click.IntRange(min=1), help="只比前若干件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def duel(*, first: Path, second: Path, out: Path, limit: int | None, as_json: bool) -> None:
    """Compare two runs pair by pair with the configured model."""
    pairs = paired(read_answers(first), read_answers(second))[:limit]
    asked, at_once = _judge()
    rows = tuple(_kept(duels(asked, pairs, at_once=at_once), out, len(pairs)))
    found = duel_figures(rows, judge=asked.llm.name)
    click.echo(found.model_dump_json() if as_json else _duels(found))


def _judge() -> tuple[Judge, int]:
    settings = Settings()
    try:
        model = open_model(settings)
    except AdvisorError as error:
        raise EvalError(str(error)) from None
    if model is None:
        raise EvalError("还没有配置模型：请设置 ADVISOR_LLM_BASE_URL 和 ADVISOR_LLM_MODEL。")
    return Judge(model, seconds=settings.llm_deadline), settings.llm_concurrency


def _kept(rows: Iterable[Row], out: Path, total: int) -> Iterator[Row]:
    """The rows, each written as soon as it is there, with progress on a terminal."""
    try:
        with out.open("w", encoding="utf-8") as stream:
            for number, row in enumerate(rows, 1):
                stream.write(row.model_dump_json() + "\n")
                stream.flush()
                click.echo(f"\r评议 {number}/{total}", err=True, nl=number == total)
                yield row
    except OSError:
        raise EvalError(f"无法写入{out}，请检查路径、权限和磁盘空间。") from None


def _grades(report: JudgeReport) -> str:
    found = report.figures
    lines = [
        _NOTICE,
        f"评议模型 {found.judge}，提示词 {found.prompt}；{found.graded}/{found.answers} 份评成，"
        f"每份 {found.repeats} 次，失败 {found.failed} 次",
    ]
    for one in found.criteria:
        own = f"{one.own_sd:.2f}" if one.own_sd is not None else "未测（只评一次）"
        lines.append(
            f"{one.name}  {one.mean:.2f}（95% {one.low:.2f}–{one.high:.2f}）  自身波动 {own}  "
            f"引文不在原文 {one.unquoted:.1%}"
        )
    for pair in report.agreement:
        value = f"{pair.kappa:.2f}" if pair.kappa is not None else "无法计算"
        lines.append(f"与人工一致 {pair.name}：加权κ {value}（{pair.pairs} 对）")
    return "\n".join(lines)


def _duels(found: DuelFigures) -> str:
    p = f"{found.p:.3f}" if found.p is not None else "无"
    return "\n".join(
        (
            _NOTICE,
            f"评议模型 {found.judge}，提示词 {found.prompt}，共 {found.cases} 件",
            f"第一次好 {found.a}，第二次好 {found.b}，相当 {found.tie}，"
            f"换了先后就改口 {found.split}，失败 {found.failed}",
            f"符号检验 p = {p}",
        )
    )
