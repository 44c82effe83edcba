"""``advisor-eval rank-train``: teaches the learned ranking of articles and says how good it is."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict, Unpack

import click

from advisor.bootstrap import Services, open_services
from advisor.settings import Settings
from corpus.region import parse_region
from eval.dataset import Dataset, load_dataset
from eval.learnt import fold_model
from eval.learnt import fold_of as fold_of_questions
from eval.ranking_material import FOLDS, Lesson, Teacher, asked_of, titles_of
from eval.ranking_training import (
    RECIPE,
    ROUNDS,
    Ranked,
    cross_taught,
    measured,
    ranker_name,
    silent,
    teach,
)
from eval.stories import (
    DEFAULT_STORIES,
    DEFAULT_UNANSWERABLE,
    read_stories,
    read_unanswerable,
    tell,
)
from indexer.build import build
from indexer.learned.features import FEATURES
from indexer.learned.index import UNLIKELY
from indexer.learned.trees import Asked, RankerCard
from indexer.static_embedder import StaticEmbedder, shipped_model

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class RankOptions(TypedDict):
    """The options of ``advisor-eval rank-train`` as click hands them over."""

    questions: Path
    models: Path
    stories: Path
    messages: Path
    seed: int
    folds_out: Path | None
    out: Path | None


@click.command(
    "rank-train",
    help="训练条文排序（用带标注的诉求和群众提问），五折交叉验证给出指标；--out 写出排序模型。",
)
@click.option("--questions", type=_FILE, required=True, help="群众提问（JSONL）。")
@click.option("--models", type=_FOLDER, required=True, help="五折向量模型所在文件夹（0 到 4）。")
@click.option("--stories", type=_FILE, default=DEFAULT_STORIES, help="带标注的诉求（JSONL）。")
@click.option("--messages", type=_FOLDER, required=True, help="留言 Excel 所在文件夹。")
@click.option("--seed", type=int, default=1, help="随机种子，缺省 1。")
@click.option("--folds-out", type=_FOLDER, help="五折的排序模型写到这个文件夹，供 stories 评测。")
@click.option("--out", type=_FILE, help="排序模型写到这个文件。")
def rank_train(**options: Unpack[RankOptions]) -> None:
    """Teach over the shipped model's likeness; each question over one that has not learnt it."""
    asked = load_dataset(options["questions"])
    told = read_stories(options["stories"])
    services = open_services(Settings(embedder="shipped"))
    embedder = StaticEmbedder.read(shipped_model() or Path())
    counts = asked_of(asked.questions, titles_of(services.library))
    teacher = Teacher(services.retriever.snapshot, services.library, embedder, counts)
    lessons = [
        *teacher.stories(tell(told.stories, options["messages"]), services.knowledge),
        *teacher.idle(
            read_unanswerable(DEFAULT_UNANSWERABLE),
            services.knowledge,
            parse_region(services.settings.region),
        ),
        *_questions(services, asked, options["models"], counts),
    ]
    card = RankerCard(
        embedder=embedder.name,
        features=FEATURES,
        seed=options["seed"],
        recipe=", ".join(f"{name} {value}" for name, value in {**RECIPE, "rounds": ROUNDS}.items()),
        stories=len(told.stories),
        questions=len(asked.questions),
        datasets={told.name: told.sha256, asked.name: asked.sha256},
    )
    trees = tuple(cross_taught(lessons, card, counts))
    for ranked in measured(lessons, trees):
        click.echo(_line(ranked))
    for kind, share in silent(lessons, trees, UNLIKELY).items():
        click.echo(f"{kind}：没有一条的概率达到 {UNLIKELY} 的占 {share:.1%}")
    if (folder := options["folds_out"]) is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for fold, of_fold in enumerate(trees):
            of_fold.write(folder / ranker_name(fold))
    if (out := options["out"]) is not None:
        teach(lessons, card, counts).write(out)
        click.echo(f"已写出 {out.name}，sha256 {hashlib.sha256(out.read_bytes()).hexdigest()}")


def _questions(services: Services, asked: Dataset, models: Path, counts: Asked) -> Iterator[Lesson]:
    """Lessons from questions, each fold searched with the model that has not learnt it."""
    for fold in range(FOLDS):
        model = fold_model(models, asked, fold)
        with tempfile.TemporaryDirectory(prefix="advisor-rank-") as home:
            snapshot = build(services.library, Path(home), embedder=model)
            teacher = Teacher(snapshot, services.library, model, counts)
            yield from teacher.questions(fold_of_questions(asked, fold), services.knowledge, fold)


def _line(ranked: Ranked) -> str:
    measures = "，".join(f"{name} {value:.3f}" for name, value in ranked.measures.items())
    return f"{ranked.kind}（{ranked.lessons} 条）：{measures}"
