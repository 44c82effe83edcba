"""The redaction benchmark: known ranges are where they are said to be, and the counts are right."""

import json

from click.testing import CliRunner

from eval.cli import main
from eval.redaction.generator import PROTECTED, Gold, Sample, samples
from eval.redaction.measure import measure_redaction


def test_the_same_seed_gives_the_same_complaints():
    assert list(samples(50, 3)) == list(samples(50, 3))
    assert list(samples(50, 3)) != list(samples(50, 4))


def test_ranges_are_in_order_and_hold_something():
    for sample in samples(300, 1):
        ends = [0, *(gold.end for gold in sample.golds)]
        assert all(gold.start >= end for gold, end in zip(sample.golds, ends, strict=False))
        assert all(sample.text[gold.start : gold.end].strip() for gold in sample.golds)


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


def test_the_targets_hold_on_generated_complaints():
    report = measure_redaction(list(samples(1500, 11)), seed=11)
    recall = {row.cls: row.recall for row in report.rows}

    assert report.structured_recall >= 0.999
    assert recall["姓名"] >= 0.96
    assert recall["地址"] >= 0.97
    assert report.precision >= 0.97
    assert report.protected_rate <= 0.005
    assert report.not_restored == 0


def test_the_command_prints_a_table_or_json():
    told = CliRunner().invoke(main, ["redaction", "--count", "40", "--examples"])
    plain = CliRunner().invoke(main, ["redaction", "--count", "40", "--json"])

    assert told.exit_code == plain.exit_code == 0
    assert "姓名" in told.stdout
    assert json.loads(plain.stdout)["samples"] == 40
