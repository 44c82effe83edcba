"""A retrieval measurement from end to end over a small law of our own, with folds and rivals."""

import json
from datetime import date
from importlib.util import find_spec

import numpy as np
import pytest
from click.testing import CliRunner

from advisor.settings import Settings
from corpus.ingest import add
from corpus.store import CorpusStore
from eval.cli import main
from eval.dataset import load_dataset
from eval.errors import ModelUnfit
from eval.learnt import fold_of, held_out
from eval.retrieval_run import Plan, measure_ours, measure_rival
from indexer.static_embedder import StaticEmbedder
from indexer.static_format import Card, StaticTable, write_model
from indexer.tokenizer import tokenize
from indexer.training_questions import FOLDS

# Mostly about things no gist of ours speaks of: these stand in the same pool and grow in number.
LAW = """# 中华人民共和国示例停车法

2015年3月1日 示例代表大会通过

<!-- INFO END -->

第一条 雪橇停放应当有序，不得挡住消防通道和灯塔。

第二条 浮冰码头应当首先满足猎户的需要。

第三条 冰窖由守塔人组织清扫，任何人不得封住冰窖。
"""
ASKED = (
    ("雪橇挡住灯塔怎么办", "第一条"),
    ("猎户没有浮冰码头", "第二条"),
    ("冰窖被人封住", "第三条"),
    ("灯塔前停了雪橇", "第一条"),
    ("谁来清扫冰窖", "第三条"),
    ("消防通道被挡住", "第一条"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A home with one law, six questions, five models that each left out a fold."""
    folder = tmp_path_factory.mktemp("questions")
    laws = folder / "laws"
    laws.mkdir()
    (laws / "示例停车法(2015-03-01).md").write_text(LAW, encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    add(CorpusStore(Settings(home=home).corpus_path), [laws])
    rows = [
        {"id": n, "question": text, "gold": [{"law": "示例停车法", "article": article}],
         "as_of": "2023-12-31"}
        for n, (text, article) in enumerate(ASKED)
    ]  # fmt: skip
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    sha256 = load_dataset(path).sha256
    for fold in range(FOLDS):
        told = f"questions.jsonl sha256 {sha256}, 4 of 6 rows, without rows n % {FOLDS} == {fold}"
        save(folder / "models" / str(fold), told)
    return folder


def save(folder, questions):
    tokens = np.unique(tokenize(LAW))
    vectors = np.random.default_rng(3).standard_normal((len(tokens), 8)).astype(np.float32)
    card = Card(
        seed=1,
        recipe={},
        pairs={},
        texts=3,
        tokens=len(tokens),
        corpus="示例",
        questions=questions,
        as_of=date(2023, 12, 31),
        region=(),
        versions={},
    )
    write_model(folder, StaticTable.quantized(tokens, vectors), card)


def plan(folder, **changes):
    given = {
        "settings": Settings(home=folder / "home", embedder=str(folder / "models" / "0")),
        "dataset": load_dataset(folder / "questions.jsonl"),
        "folds": (),
        "models": None,
        "rankers": None,
        "shares": (0.0,),
        "region": (),
        "k": 100,
    }
    return Plan(**{**given, **changes})


def test_every_question_is_asked_once_in_the_order_of_the_dataset(folder):
    found = measure_ours(plan(folder, models=folder / "models", shares=(0.8, 1.0, 0.0)))
    assert [one.system for one in found] == ["words+meaning 0.8", "meaning", "words"]
    for one in found:
        assert [row.id for row in one.rows] == ["0", "1", "2", "3", "4", "5"]
        assert one.learnt == 0
        assert one.peak_mb > 0
    assert all(row.measures["Recall@5"] == 1.0 for row in found[2].rows)


def test_words_alone_give_the_same_whichever_model_is_at_hand(folder):
    (folded,) = measure_ours(plan(folder, models=folder / "models"))
    (plain,) = measure_ours(plan(folder))
    assert [row.found_at for row in folded.rows] == [row.found_at for row in plain.rows]


def test_without_gists_only_the_law_is_searched_and_the_index_of_the_home_stays(folder):
    (found,) = measure_ours(plan(folder))
    kept = sorted((folder / "home" / "index").iterdir())
    (bare,) = measure_ours(plan(folder, gists=False))
    assert sorted((folder / "home" / "index").iterdir()) == kept
    assert {row.found_at for row in bare.rows} == {(1,)}
    assert {row.found_at for row in found.rows} != {(1,)}


def test_a_plain_run_tells_how_many_questions_the_model_has_learnt(folder):
    (found,) = measure_ours(plan(folder, shares=(0.8,)))
    assert (len(found.rows), found.learnt) == (6, 4)
    (words,) = measure_ours(plan(folder))
    assert words.learnt == 0
    (fold,) = measure_ours(plan(folder, shares=(0.8,), folds=(0,)))
    assert ([row.id for row in fold.rows], fold.learnt) == (["0", "5"], 0)


def test_a_model_that_has_learnt_its_fold_is_refused(folder, tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    (models / "0").symlink_to(folder / "models" / "1")
    with pytest.raises(ModelUnfit, match="学过第 0 折"):
        measure_ours(plan(folder, models=models))


def test_a_missing_model_is_refused(folder, tmp_path):
    with pytest.raises(ModelUnfit, match="无法使用"):
        measure_ours(plan(folder, models=tmp_path))


@pytest.mark.parametrize(
    ("told", "unknown"),
    [
        (None, 6),
        ("other.jsonl sha256 00, 4 of 4 rows", 6),
        ("questions.jsonl sha256 {sha256}, 6 of 6 rows", 0),
        ("questions.jsonl sha256 {sha256}, 5 of 6 rows, without rows n % 5 == 3", 1),
    ],
)
def test_the_card_tells_what_a_model_has_not_learnt(folder, tmp_path, told, unknown):
    dataset = load_dataset(folder / "questions.jsonl")
    save(tmp_path / "model", told and told.format(sha256=dataset.sha256))
    embedder = StaticEmbedder.read(tmp_path / "model")
    assert len(held_out(dataset, embedder)) == unknown
    assert held_out(dataset, None) == dataset.questions


def test_folds_are_every_fifth_question(folder):
    dataset = load_dataset(folder / "questions.jsonl")
    assert [question.id for question in fold_of(dataset, 0)] == ["0", "5"]
    assert [question.id for question in fold_of(dataset, 4)] == ["4"]


@pytest.mark.skipif(find_spec("bm25s") is None, reason="needs bm25s of the [eval] extra")
def test_a_rival_is_asked_the_same_questions_over_the_same_articles(folder):
    (found,) = measure_rival(plan(folder), "bm25s-characters")
    assert found.index == "3 条"
    assert [row.id for row in found.rows] == ["0", "1", "2", "3", "4", "5"]
    assert all(row.measures["Recall@5"] == 1.0 for row in found.rows)


def test_the_command_writes_rows_and_a_report_from_a_process_of_its_own(folder, tmp_path):
    out = tmp_path / "rows.jsonl"
    given = ["retrieval", "--dataset", folder / "questions.jsonl", "--models", folder / "models"]
    given += ["--share", "0.8", "--share", "0", "--rows", out]
    environment = {"ADVISOR_HOME": str(folder / "home")}
    runner = CliRunner()
    done = runner.invoke(main, [str(one) for one in given], env=environment)
    assert done.exit_code == 0, done.output
    assert "5 折交叉验证" in done.output
    assert "words+meaning 0.8" in done.output
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["system"], row["id"]) for row in rows] == [
        (system, str(n)) for system in ("words+meaning 0.8", "words") for n in range(6)
    ]
    done = runner.invoke(main, [*map(str, given), "--json"], env=environment)
    report = json.loads(done.output)
    assert report["folds"] == FOLDS
    assert report["beside"][0]["measures"]["Recall@10"] == 1.0


def test_what_is_refused_in_a_process_of_its_own_is_told_in_one_sentence(folder, tmp_path):
    given = ["retrieval", "--dataset", str(folder / "questions.jsonl"), "--models", str(tmp_path)]
    done = CliRunner().invoke(main, given, env={"ADVISOR_HOME": str(folder / "home")})
    assert done.exit_code == 1
    assert done.stderr.startswith("向量模型")
    assert "Traceback" not in done.output
