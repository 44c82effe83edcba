"""``advisor feedback`` on the command line."""

import json
from datetime import UTC, datetime

import openpyxl
import pytest

from advisor.bootstrap import open_recorder
from advisor.ports import AuditEntry, StoredAdvice
from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk
from api.cli.root import DONE, REFUSED, USAGE
from corpus.knowledge import Knowledge
from corpus.library import Library

AT = datetime(2025, 6, 1, 4, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, sample_advice):
    recorder = open_recorder(Settings(home=tmp_path))
    payload = sample_advice(id="ours").model_dump_json()
    recorder.store.save(
        StoredAdvice("ours", AT, None, "h", "浙江省", "dogs", "extractive", "complete", payload),
        AuditEntry("advice.created", "ours"),
    )
    recorder.store.close()
    return tmp_path


@pytest.fixture
def advisor(home, capsys):
    desk = Desk(Settings(home=home), library_of=lambda _: Library(None, Knowledge()))

    def run(*arguments: str):
        code = main.run(["feedback", *arguments], obj=desk)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_a_verdict_its_correction_an_outcome_and_the_trail(advisor, tmp_path):
    edited = tmp_path / "plan.txt"
    edited.write_text("全部另写了一份方案。", encoding="utf-8")
    code, out, _ = advisor("record", "ours", "--by", "张三", "--verdict", "采纳", "--json")
    assert (code, json.loads(out)["verdict"]) == (DONE, "adopted")
    code, out, _ = advisor(
        *("record", "ours", "--by", "张三", "--verdict", "修改后采纳"),
        *("--edited", str(edited), "--section", "清账方案"),
    )
    assert code == DONE
    assert "修改后采纳；修改幅度 9" in out
    code, out, _ = advisor(
        "outcome", "ours", "--by", "张三", "--closed-on", "2025-06-13", "--not-reopened"
    )
    assert "2025-06-13 办结，用时 12 天" in out
    code, out, _ = advisor("review", "ours", "--by", "王五", "--verdict", "未采纳")
    assert out == "复评已登记。\n"
    code, out, _ = advisor("list")
    assert [line.split("\t")[3] for line in out.splitlines()] == [
        "采纳",
        "修改后采纳",
        "办结：2025-06-13",
        "复评：未采纳",
    ]
    code, out, _ = advisor("list", "ours", "--json")
    assert [one["kind"] for one in json.loads(out)] == ["feedback", "feedback", "outcome", "review"]
    assert advisor("sample", "--reviewer", "王五")[1] == "ours\n"


def test_what_is_refused_says_why(advisor):
    code, _, err = advisor("record", "ours", "--by", "张三", "--verdict", "未采纳")
    assert (code, err) == (REFUSED, "错误：未采纳的，请选择原因。\n")
    code, _, err = advisor("record", "theirs", "--by", "张三", "--verdict", "采纳")
    assert (code, err) == (REFUSED, "错误：没有找到编号为 theirs 的建议。\n")
    assert advisor("record", "ours", "--by", "张三")[0] == USAGE


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_past_is_imported_once(advisor, tmp_path, ending):
    rows = [
        ["编号", "日期", "事项", "采纳情况", "未采纳原因", "办结日期"],
        ["1", "2025-03-01", "小区停车", "采纳", "", "2025-03-08"],
        ["2", "2025-03-02", "小区停车", "未采纳", "不合本地实际", ""],
        ["3", "2025-03-02", "小区停车", "不知道", "", ""],
    ]
    path = tmp_path / f"past{ending}"
    if ending == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    code, out, _ = advisor("import", str(path), "--json")
    assert code == DONE
    assert {**json.loads(out), "skipped": 1} == {
        "rows": 3,
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "skipped": 1,
    }
    code, out, _ = advisor("import", str(path))
    assert "新增 0，更新 0，原已收入 2，未收 1" in out
    assert "看不懂的采纳情况“不知道”" in out


def test_a_table_without_adoption_is_refused(advisor, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("编号,日期\n1,2025-03-01\n", encoding="utf-8")
    code, _, err = advisor("import", str(path))
    assert code == REFUSED
    assert "没有“采纳情况”列" in err
