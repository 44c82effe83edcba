"""The gate: the service without a model, over what we ship, is no worse than its baselines.

Nothing but the shipped pack and the evaluation cases is needed: no collection, no network.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.all_command import AllReport
from eval.cli import main
from eval.run_document import outdated
from eval.run_file import read_run

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "evaluation.md"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    done = CliRunner().invoke(main, ["all", "--quick", "--json", "--out", str(folder)])
    assert done.stdout, done.output
    return done, AllReport.model_validate(json.loads(done.stdout)), folder


def test_nothing_is_worse_than_its_baseline(measured):
    done, report, _ = measured
    failed = [
        f"{one.baseline.run} {one.baseline.measure}: {one.value}, expected "
        f"{one.baseline.expected} within {one.baseline.tolerance}"
        for one in report.verdicts
        if not one.passed
    ]
    assert failed == []
    assert len(report.verdicts) > 20
    assert done.exit_code == 0


def test_the_page_tells_what_is_measured(measured):
    """`advisor-eval all --quick --doc docs/evaluation.md` writes its table anew."""
    _, report, _ = measured
    assert outdated(DOCUMENT, report.runs) == ()


def test_no_case_crashed_and_every_run_is_kept(measured):
    _, report, folder = measured
    kinds = [one.header.kind for one in report.runs]
    assert kinds == ["retrieval", "citations", "redaction", "advice"]
    assert [one.crashed for one in report.runs] == [0, 0, 0, 0]
    for kind, summary in zip(kinds, report.runs, strict=True):
        assert len(read_run(folder / f"{kind}.jsonl").rows) == summary.cases
