"""``advisor cases add`` with ledgers: stored without a person, searchable, told row by row."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk
from corpus.store import CorpusStore

HEAD = ("编号", "主题", "详情", "受理时间", "答复意见", "办结时间", "联系人")
DONE = "经核实，线路老化，供电所已更换电缆，现场试灯正常。"
ROWS = (
    (
        "1",
        "晾谷场路灯坏了",
        "晾谷场的路灯坏了，我叫张建国，电话13912345678。",
        "2025/3/1",
        DONE,
        "2025-3-4",
        "",
    ),
    ("2", "楼上漏水", "楼上漏水泡了天花板。", "2025/3/1", "已转有关部门办理。", "2025-3-4", ""),
    ("3", "占道经营", "菜场门口天天有人摆摊占道。", "2025/3/1", "", "", ""),
)
REAL = Path(__file__).resolve().parents[2].parent / "shared/data/messages/resolved_messages.xlsx"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def advisor(home):
    desk = Desk(Settings(home=home))
    return lambda *args: CliRunner().invoke(main, list(map(str, args)), obj=desk)


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "三月.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows((HEAD, *ROWS))
    return path


def test_a_ledger_is_stored_and_searchable_at_once(advisor, home, sheet):
    result = advisor("cases", "add", sheet, "--json")

    assert result.exit_code == 0, result.output
    (told,) = json.loads(result.stdout)["ledgers"]
    assert (told["rows"], told["added"], told["unchanged"]) == (3, 1, 0)
    assert [one["place"] for one in told["skipped"]] == ["表第3行（编号2）", "表第4行（编号3）"]
    assert told["reasons"]["没有答复"] == 1
    (case,) = CorpusStore(home / "corpus.db").cases()
    assert "张建国" not in case.facts
    found = json.loads(advisor("search", "晾谷场路灯", "--kind", "case", "--json").stdout)
    assert found["hits"][0]["case_id"] == case.id


def test_a_report_for_people_names_the_reasons(advisor, sheet):
    result = advisor("cases", "add", sheet, "--no-index")

    assert "共 3 行，新增 1" in result.stdout
    assert "未收 1 行：没有答复" in result.stdout


def test_files_of_both_kinds_in_one_run(advisor, home, sheet, tmp_path):
    own = {
        "id": "own-1",
        "title": "示例",
        "place": "示例镇",
        "facts": "路口太暗。",
        "measures": ["装灯"],
        "outcome": "亮了。",
        "source": {"kind": "ledger"},
    }
    record, ledger = tmp_path / "own.json", tmp_path / "rows.json"
    record.write_text(json.dumps([own], ensure_ascii=False), encoding="utf-8")
    rows = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    ledger.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    result = advisor("cases", "add", record, ledger, sheet, "--no-index", "--json")

    out = json.loads(result.stdout)
    assert out["cases"][0] == "own-1"
    assert [one["added"] for one in out["ledgers"]] == [1, 0]
    assert len(CorpusStore(home / "corpus.db").cases()) == 2


def test_columns_of_other_names_need_a_map(advisor, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        f"经过,结局\n晾谷场的路灯坏了很久,{DONE}\n".replace("，", "。"), encoding="utf-8"
    )
    (tmp_path / "map.yaml").write_text("详情: 经过\n答复: 结局\n", encoding="utf-8")

    refused = advisor("cases", "add", path, "--no-index")
    done = advisor("cases", "add", path, "--map", tmp_path / "map.yaml", "--no-index", "--json")

    assert refused.exit_code == 1
    assert "--map" in refused.stderr
    assert json.loads(done.stdout)["ledgers"][0]["added"] == 1


def test_one_file_that_cannot_be_read_stores_none(advisor, home, sheet, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")

    result = advisor("cases", "add", sheet, tmp_path / "empty.xlsx", "--no-index")

    assert result.exit_code == 1
    assert "0 字节" in result.stderr
    assert CorpusStore(home / "corpus.db").cases() == ()


def test_the_resolved_messages_of_a_city_are_imported(advisor, home):
    if not REAL.is_file():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")

    result = advisor("cases", "add", REAL, "--json")

    (told,) = json.loads(result.stdout)["ledgers"]
    assert told["rows"] == 1408
    assert told["added"] + len(told["skipped"]) == 1408
    assert told["added"] >= 1000
    assert all(one["reason"] for one in told["skipped"])
    stored = CorpusStore(home / "corpus.db").cases()
    assert len(stored) == told["added"]
    assert all(case.outcome and case.measures for case in stored)
