"""The redaction benchmark: known ranges are where they are said to be, and the counts are right."""

import json
from random import Random

import pytest
from click.testing import CliRunner

from advisor.redaction.alphabet import alphabet
from advisor.redaction.lexicon import lexicon
from advisor.redaction.name_model import save
from eval.cli import main
from eval.redaction.generator import PROTECTED, Gold, Sample, samples
from eval.redaction.grammar import Grammar, Writer
from eval.redaction.measure import measure_redaction
from eval.redaction.training.fit import Fit, firmness, lessons, screened
from eval.redaction.training.rewriting import Rewriter


def test_the_same_seed_gives_the_same_complaints():
    assert list(samples(50, 3)) == list(samples(50, 3))
    assert list(samples(50, 3)) != list(samples(50, 4))


@pytest.mark.parametrize("wording", ["a", "b", "b2", "b3", "b4", "b5", "b6", "b7", "b8"])
def test_ranges_are_in_order_and_hold_something(wording):
    for sample in samples(300, 1, wording):
        ends = [0, *(gold.end for gold in sample.golds)]
        assert all(gold.start >= end for gold, end in zip(sample.golds, ends, strict=False))
        assert all(sample.text[gold.start : gold.end].strip() for gold in sample.golds)


def test_a_numbered_slot_says_the_same_again_within_a_complaint_and_not_in_the_next():
    rules = Grammar(
        classes={"name": "姓名"},
        typed=(),
        words={"name": "王甲 李乙 陈丙 赵丁 孙戊 周己"},
        rules={},
        templates=("{name@1}打了{name@2}，可{name@1}跑了",),
        asides=("。", "！", "？"),
    )
    writer = Writer(rules, Random(5))
    told = [[p.text for p in writer.complaint() if p.cls == "姓名"] for _ in range(40)]

    assert all(first == again for first, _, again in told)
    assert len({first for first, _, _ in told}) > 3


def test_counts_of_a_miss_a_wrong_mask_and_a_protected_one():
    found = Sample("我叫王建国", (Gold(2, 5, "姓名"),))
    missed = Sample("今天下雨", (Gold(0, 2, "姓名"),))
    protected = Sample("拨打13812345678", (Gold(2, 13, PROTECTED),))

    report = measure_redaction([found, missed, protected], seed=0)
    rows = {row.cls: row for row in report.rows}

    assert (rows["姓名"].known, rows["姓名"].found, rows["姓名"].recall) == (2, 1, 0.5)
    assert (rows["电话"].masks, rows["电话"].right, rows["电话"].precision) == (1, 0, 0.0)
    assert (report.protected, report.protected_masked, report.protected_rate) == (1, 1, 1.0)
    assert report.not_restored == 0


@pytest.mark.parametrize(
    ("wording", "names", "precision", "protected"),
    [
        ("a", 0.97, 0.97, 0.006),
        ("b", 0.96, 0.97, 0.006),
        ("b2", 0.96, 0.96, 0.03),
        ("b3", 0.96, 0.95, 0.015),
        ("b4", 0.96, 0.95, 0.03),
        ("b5", 0.96, 0.96, 0.015),
        ("b6", 0.96, 0.96, 0.015),
        ("b7", 0.96, 0.96, 0.015),
        ("b8", 0.96, 0.96, 0.015),
    ],
)
def test_the_floors_hold_on_generated_complaints(wording, names, precision, protected):
    report = measure_redaction(list(samples(600, 11, wording)), seed=11)
    recall = {row.cls: row.recall for row in report.rows}

    assert report.structured_recall >= 0.998
    assert recall["姓名"] >= names
    assert recall["地址"] >= 0.97
    assert report.precision >= precision
    assert report.protected_rate <= protected
    assert report.not_restored == 0


def test_the_command_prints_a_table_or_json():
    told = CliRunner().invoke(main, ["redaction", "--count", "40", "--examples"])
    plain = CliRunner().invoke(main, ["redaction", "--count", "40", "--json"])

    assert told.exit_code == plain.exit_code == 0
    assert "姓名" in told.stdout
    assert json.loads(plain.stdout)["samples"] == 40


def test_training_texts_know_where_their_people_stand():
    rewriter = Rewriter(Random(2), frozenset(("投诉",)), "明国华")
    told = rewriter.text("邻居半夜唱歌，我向村里反映过，老板不管。A市的公司也不管。", 1.0)
    framed = rewriter.frame("{n}欠{n}{d}元，{f}在{p}")

    assert told.people
    assert len(framed.people) == 2
    for one in (told, framed):
        assert all(2 <= end - start <= 4 for start, end in one.people)
        assert all(one.text[start:end].strip() for start, end in one.people)


def test_a_model_learns_from_lessons():
    rewriter = Rewriter(Random(3), frozenset(), "明国华")
    told = [rewriter.frame("{n}欠{n}{d}元，金额不大，高兴不起来") for _ in range(60)]
    characters = "".join(sorted({c for one in told for c in one.text if c > "\u4e00"}))
    letters = alphabet(characters + "，", lexicon().openings, lexicon().never)
    given = lessons(told, letters)
    fit = Fit(letters, firmness([one.text for one in told], letters, ()), seed=1)

    losses = [fit.learn(given, 3e-3) for _ in range(6)]

    assert losses[-1] < 0.7 * losses[0]


def test_the_same_seed_makes_the_same_file(tmp_path):
    files = [_trained(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))]

    assert files[0] == files[1]
    assert files[0] != files[2]


def _trained(path, seed):
    rewriter = Rewriter(Random(seed), frozenset(("投诉", "反映")), "明国华")
    told = [rewriter.frame("{n}欠{n}{d}元，{f}不管") for _ in range(40)]
    characters = "".join(sorted({c for one in told for c in one.text if c > "\u4e00"}))
    letters = alphabet(characters + "，", lexicon().openings, lexicon().never)
    fit = Fit(letters, firmness([one.text for one in told], letters, ()), seed)
    fit.learn(lessons(told, letters), 3e-3)
    file = path.with_suffix(".npz")
    save(file, characters + "，", screened(lessons(told, letters), fit.weights()))
    return file.read_bytes()
