"""The report: FAIL and 未测 rows stand beside the others, and no name of a machine or a path."""

import io
import json
import re
from datetime import date

import pytest
from click.testing import CliRunner
from rich.console import Console

from eval.bench.catalogue import PROBES
from eval.bench.command import bench
from eval.bench.figure import Absence, Measured, Outcome
from eval.bench.machine import Machine, this_machine
from eval.bench.report import Report, markdown, part_of, tally, terminal
from eval.bench.runner import Section

MACHINE = Machine(
    cores=2,
    memory_gb=23.5,
    system="Linux x86_64",
    python="3.11.9",
    processor="Example CPU",
    load=0.4,
)
COLLECTION = {spec.key: 3.0 for spec in PROBES["collection"].figures}


@pytest.fixture
def report():
    sections = (
        Section(
            "collection",
            PROBES["collection"],
            Measured(
                values=COLLECTION | {"seconds": 61.0, "articles": 147400},
                remarks={"法规文本收录至": "2025-04-01"},
            ),
        ),
        Section(
            "search",
            PROBES["search"],
            Absence(reason="没有群众提问集（--questions）", broken=False),
        ),
        Section("index", PROBES["index"], Absence(reason="测量出错（KeyError）", broken=True)),
    )
    return Report(
        measured_on=date(2026, 1, 2),
        code="0.1.0",
        machine=MACHINE,
        parts=tuple(part_of(section) for section in sections),
    )


def test_the_page_holds_every_figure_with_its_outcome(report):
    page = markdown(report)
    assert "| 解析并存储 | 61.0 秒 | ≤ 60 秒 | FAIL |" in page
    assert "| 条文 | 147,400 条 | ≥ 147,000 条 | OK |" in page
    assert "| p95 | 未测 | ≤ 30 毫秒 | 未测 |" in page
    assert "原因：没有群众提问集（--questions）。" in page
    assert "| 建立并发布 | 未测 | ≤ 180 秒 | FAIL |" in page
    assert "原因：测量出错（KeyError）。" in page
    assert "`advisor-eval bench --only search`" in page
    rows = [line for line in page.splitlines() if re.match(r"\| .* \| (OK|FAIL|—|未测) \|$", line)]
    assert len(rows) == len(report.outcomes())


def test_the_page_tells_day_machine_and_collection(report):
    page = markdown(report)
    assert "2026-01-02" in page
    assert "2 核，Example CPU，内存 24 GB，Linux x86_64，Python 3.11.9" in page
    assert "条文 147,400 条" in page
    assert "法规文本收录至 2025-04-01" in page


def test_without_a_collection_the_page_says_so(report):
    assert "- 语料：未测" in markdown(report.model_copy(update={"parts": ()}))


def test_the_terminal_shows_the_same(report):
    out = io.StringIO()
    terminal(report, Console(file=out, width=140))
    shown = out.getvalue()
    for word in ("FAIL", "OK", "未测", "61.0 秒", "≤ 60 秒", "没有群众提问集", "--only collection"):
        assert word in shown
    assert tally(report) in shown


def test_a_missed_target_fails_the_report_and_missing_material_does_not(report):
    assert report.failed
    unmeasured = report.model_copy(update={"parts": report.parts[1:2]})
    assert set(unmeasured.outcomes()) == {Outcome.UNMEASURED}
    assert not unmeasured.failed


def test_the_machine_is_described_but_not_named():
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory_gb > 0
    assert not re.search(r"/(home|work|tmp|root)\b", machine.model_dump_json())


def test_the_command_measures_writes_and_exits_by_the_outcome(tmp_path):
    page = tmp_path / "page.md"
    absent = [f"--{name}={tmp_path / 'absent'}" for name in ("laws", "questions", "messages")]
    options = ["--only", "install", "--only", "search", "--json", "--out", str(page)]
    done = CliRunner().invoke(bench, [*absent, *options])
    assert done.exit_code == 0, done.output
    found = Report.model_validate(json.loads(done.stdout))
    assert [part.name for part in found.parts] == ["install", "search"]
    assert {row.outcome for row in found.parts[1].rows} == {Outcome.UNMEASURED}
    text = page.read_text(encoding="utf-8")
    assert "核心安装" in text
    assert str(tmp_path) not in text


def test_an_unknown_probe_is_a_usage_error():
    assert CliRunner().invoke(bench, ["--only", "speed"]).exit_code == 2
