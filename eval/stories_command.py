"""``advisor-eval stories``: from a complaint as it is told to the articles that apply."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click
from pydantic import BaseModel, ConfigDict

from advisor.advise import Adviser
from advisor.bootstrap import open_services
from advisor.settings import Settings
from eval.cases_set import as_stories, read_cases
from eval.ranking_material import FOLDS, fold_of
from eval.ranking_training import ranker_name
from eval.stories import (
    DEFAULT_STORIES,
    DEFAULT_UNANSWERABLE,
    Told,
    read_stories,
    read_unanswerable,
    tell,
)
from eval.stories_measure import (
    Means,
    Part,
    StoryRow,
    TextRow,
    measure_left_out,
    measure_stories,
    measure_unanswerable,
    parts,
    with_knowledge,
)
from indexer.learned.trees import BoostedTrees

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class Run(BaseModel):
    """What is needed to tell two runs apart."""

    model_config = ConfigDict(frozen=True)

    dataset: str
    dataset_sha256: str
    index: str
    leave_out_matter: bool


class StoriesReport(BaseModel):
    """All figures of one run.

    ``idle``: stories without an article; ``idle_shown``: share of those for which the advice shows
    a wrong one. ``texts_shown``, ``texts_found``: shares of the ``texts`` without an article for
    which the advice and the search show any.
    """

    model_config = ConfigDict(frozen=True)

    run: Run
    recognised: float
    parts: tuple[Part, ...]
    idle: int
    idle_shown: float
    texts: int
    texts_shown: float
    texts_found: float


class StoriesOptions(TypedDict):
    """The options of ``advisor-eval stories`` as click hands them over."""

    path: Path
    cases: bool
    messages: Path | None
    leave_out: bool
    rankers: Path | None
    rows: Path | None
    as_json: bool


@click.command(
    help="从诉求原文到条文：检索直接命中、建议的法规支撑（不用大模型）的命中率、召回率、准确率和耗时；"
    "另测没有适用条文的文字会不会被安上条文。"
)
@click.option("--dataset", "path", type=_FILE, default=DEFAULT_STORIES, help="诉求（JSONL）。")
@click.option(
    "--cases", is_flag=True, help="改测公开评测集（eval/datasets/cases）里的诉求，只看条文。"
)
@click.option("--messages", type=_FOLDER, help="留言 Excel 所在文件夹；不给则只测自写的诉求。")
@click.option(
    "--leave-out-matter",
    "leave_out",
    is_flag=True,
    help="每条诉求先去掉它会被识别成的那个处置指引，测推广能力。",
)
@click.option(
    "--rankers",
    type=_FOLDER,
    help="五折排序模型所在文件夹（rank-train --folds-out 写出），每条诉求用没有学过它的那一个。",
)
@click.option("--rows", type=_FILE, help="逐条结果写到这个 JSONL 文件。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def stories(**options: Unpack[StoriesOptions]) -> None:
    """Measure the search and the advice of this home over stories."""
    if options["cases"] and options["rankers"] is not None:
        raise click.UsageError("公开评测集没有用来训练，--cases 不和 --rankers 一起用。")
    dataset = as_stories(read_cases()) if options["cases"] else read_stories(options["path"])
    told = tell(dataset.stories, options["messages"])
    services = open_services(Settings())
    adviser = with_knowledge(services.adviser, services.knowledge)
    given = _measured(told, adviser, options)
    texts = tuple(measure_unanswerable(read_unanswerable(DEFAULT_UNANSWERABLE), adviser))
    if (rows := options["rows"]) is not None:
        lines = (one.model_dump_json() for one in (*given, *texts))
        rows.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    run = Run(
        dataset=dataset.name,
        dataset_sha256=dataset.sha256,
        index=services.retriever.snapshot.generation,
        leave_out_matter=options["leave_out"],
    )
    report = report_of(run, given, texts)
    click.echo(report.model_dump_json() if options["as_json"] else table(report))


def _measured(
    told: Sequence[Told], adviser: Adviser, options: StoriesOptions
) -> tuple[StoryRow, ...]:
    """One row per story, in order; with rankers of a cross-validation fold by fold."""
    folder = options["rankers"]
    if folder is None:
        return _fold_measured(told, adviser, None, leave_out=options["leave_out"])
    rows: dict[str, StoryRow] = {}
    for fold in range(FOLDS):
        of_fold = [one for one in told if fold_of(one.story.id) == fold]
        trees = BoostedTrees.read(folder / ranker_name(fold))
        at_work = with_knowledge(adviser, adviser.knowledge, trees)
        for row in _fold_measured(of_fold, at_work, trees, leave_out=options["leave_out"]):
            rows[row.id] = row
    return tuple(rows[one.story.id] for one in told)


def _fold_measured(
    told: Sequence[Told], adviser: Adviser, trees: BoostedTrees | None, *, leave_out: bool
) -> tuple[StoryRow, ...]:
    if leave_out:
        return measure_left_out(told, adviser, trees)
    return tuple(measure_stories(told, adviser))


def report_of(run: Run, given: Sequence[StoryRow], texts: Sequence[TextRow]) -> StoriesReport:
    """The figures of one run from its rows."""
    idle = [row for row in given if not row.search.measures]
    return StoriesReport(
        run=run,
        recognised=_share([row.matter is not None for row in given]),
        parts=parts(given),
        idle=len(idle),
        idle_shown=_share([row.basis.right < row.basis.shown for row in idle]),
        texts=len(texts),
        texts_shown=_share([row.basis > 0 for row in texts]),
        texts_found=_share([row.search > 0 for row in texts]),
    )


def table(report: StoriesReport) -> str:
    """The report as lines for a terminal."""
    left_out = "，逐条去掉所属指引" if report.run.leave_out_matter else ""
    lines = [
        f"评测集 {report.run.dataset}，索引 {report.run.index}{left_out}",
        f"  识别出事项 {report.recognised:.1%}",
    ]
    for part in report.parts:
        lines += [
            f"{part.name}（有核心条文的 {part.stories} 条）",
            f"  检索直接命中  {_line(part.search)}",
            f"  建议的法规    {_line(part.basis)}",
        ]
    lines += [
        f"不是法律诉求的留言 {report.idle} 条：建议安上不相干条文 {report.idle_shown:.1%}",
        f"没有适用条文的文字 {report.texts} 条：建议列出条文 {report.texts_shown:.1%}，"
        f"检索有结果 {report.texts_found:.1%}",
    ]
    return "\n".join(lines)


def _line(means: Means) -> str:
    measures = "，".join(f"{name} {value:.3f}" for name, value in means.measures.items())
    return (
        f"{measures}；准确率 {means.precision:.3f}，至少一条对 {means.useful:.3f}，"
        f"平均 {means.shown:.1f} 条，未列条文 {means.silent:.1%}，p95 {means.p95_ms:.0f} 毫秒"
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
