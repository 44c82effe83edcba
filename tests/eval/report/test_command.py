"""``advisor-eval report``: run files in, one page out."""

from datetime import UTC, datetime

from click.testing import CliRunner

from eval.cli import main
from eval.judge.grading import Grade, GradeRow
from eval.judge.rubric import KEYS
from eval.run_file import CodeState, Material, RunHeader, RunRow, write_run

HEADER = RunHeader(
    kind="advice",
    created=datetime(2026, 6, 1, tzinfo=UTC),
    command="advisor-eval advice",
    code=CodeState(version="1"),
    material=Material(name="own", sha256="0" * 64, cases=1),
    corpus="c",
    index="i",
    measures={"matter": 1},
)


def test_runs_comparison_and_grades_come_on_one_page(tmp_path):
    now, before, out = (tmp_path / name for name in ("now.jsonl", "before.jsonl", "report.html"))
    write_run(now, HEADER, [RunRow(case="a", measures={"matter": 1.0})])
    write_run(before, HEADER, [RunRow(case="a", measures={"matter": 0.0})])
    grades = tmp_path / "grades.jsonl"
    row = GradeRow(judge="某模型", case="a", repeat=0, grades={k: Grade(score=4) for k in KEYS})
    grades.write_text(row.model_dump_json(), encoding="utf-8")
    done = CliRunner().invoke(
        main,
        ["report", str(now), "--out", str(out), "--against", str(before), "--grades", str(grades)],
    )
    assert done.exit_code == 0, done.output
    page = out.read_text(encoding="utf-8")
    assert "+1.000（+1.000 至 +1.000）" in page
    assert "某模型" in page


def test_a_file_that_is_no_run_is_refused(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text("{}", encoding="utf-8")
    done = CliRunner().invoke(main, ["report", str(path), "--out", str(tmp_path / "r.html")])
    assert done.exit_code == 1
    assert "运行" in done.stderr
    assert not (tmp_path / "r.html").exists()
