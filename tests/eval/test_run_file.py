"""A run as a file: written row by row, read back as it was, refused where it is broken."""

import json
from datetime import UTC, datetime

import pytest

from eval.errors import RunInvalid
from eval.run_file import (
    CodeState,
    Material,
    RunHeader,
    RunRow,
    comparable,
    read_run,
    write_run,
)

HEADER = RunHeader(
    kind="advice",
    created=datetime(2026, 6, 1, tzinfo=UTC),
    command="advisor-eval advice",
    mode="extractive",
    code=CodeState(version="0.1.0", commit="abc"),
    material=Material(name="cases", sha256="0" * 64, cases=2),
    corpus="c",
    index="i",
    prompts={"advise/v1": "f" * 64},
    settings={"region": "浙江省", "llm_queries": False},
    measures={"matter": 1, "lead": 1},
)
ROWS = (
    RunRow(case="a", measures={"matter": 1.0, "lead": None}, detail={"复": ["x"]}, seconds=0.5),
    RunRow(case="b", measures={"matter": 0.0, "lead": 0.0}, error="ValueError: 坏了"),
)


def test_a_run_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "deep" / "run.jsonl"
    written = write_run(path, HEADER, iter(ROWS))
    assert read_run(path) == written
    assert written.crashed == (ROWS[1],)
    assert written.values("matter") == {"a": 1.0, "b": 0.0}
    assert written.values("lead") == {"b": 0.0}


def test_the_lines_are_those_that_other_programs_read(tmp_path):
    path = tmp_path / "run.jsonl"
    write_run(path, HEADER, ROWS)
    first, good, bad = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert first["run"]["code"] == {"version": "0.1.0", "commit": "abc", "changed": False}
    assert list(good) == ["case", "measures", "detail", "seconds"]
    assert good["measures"]["lead"] is None
    assert bad["error"] == "ValueError: 坏了"
    assert "坏了" in path.read_text(encoding="utf-8")


def test_rows_written_before_a_breakdown_stay(tmp_path):
    path = tmp_path / "run.jsonl"

    def rows():
        yield ROWS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_run(path, HEADER, rows())
    assert [row.case for row in read_run(path).rows] == ["a"]


def test_two_rows_that_differ_in_time_only_are_the_same():
    later = ROWS[0].model_copy(update={"seconds": 9.0})
    other = ROWS[0].model_copy(update={"measures": {"matter": 0.5}})
    assert comparable(later) == comparable(ROWS[0])
    assert comparable(other) != comparable(ROWS[0])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "是空的"),
        (["{}"], "第 1 行不是运行信息"),
        (["nothing"], "第 1 行不是运行信息"),
        (["[1]"], "第 1 行不是运行信息"),
        (["HEADER", "{}"], "第 2 行不是一个案例"),
        (["HEADER", "ROW", "ROW"], "不止一次"),
    ],
)
def test_what_is_no_run_is_refused_by_its_line(tmp_path, lines, told):
    stand_ins = {
        "HEADER": json.dumps({"run": HEADER.model_dump(mode="json")}),
        "ROW": ROWS[0].model_dump_json(exclude={"error"}),
    }
    path = tmp_path / "run.jsonl"
    path.write_text("\n".join(stand_ins.get(line, line) for line in lines), encoding="utf-8")
    with pytest.raises(RunInvalid, match=told):
        read_run(path)


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path):
    with pytest.raises(RunInvalid, match="无法读取"):
        read_run(tmp_path / "none.jsonl")
    with pytest.raises(RunInvalid, match="无法写入"):
        write_run(tmp_path, HEADER, ROWS)
