"""``advisor triage``: a backlog in, a worked list out, whatever happens on the way."""

import json
import sys

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from advisor.jobs.books import open_books
from advisor.jobs.office import stop
from advisor.jobs.scripted import DIE, EMPTY, FAIL, REFUSE, write_rows
from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk

SCRIPTED = (sys.executable, "-m", "advisor.jobs.scripted")


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def advisor(home):
    desk = Desk(Settings(home=home, batch_workers=1), worker=SCRIPTED)
    return lambda *args: CliRunner().invoke(main, list(map(str, args)), obj=desk)


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.jsonl"
    texts = ["灯不亮", EMPTY, f"灯{REFUSE}", f"灯{FAIL}", f"灯{DIE}", *["灯"] * 40]
    write_rows(path, texts)
    return path


def test_every_row_comes_out_also_where_a_row_ends_its_worker(advisor, ledger, tmp_path):
    out = tmp_path / "清单.xlsx"
    result = advisor("triage", ledger, "--out", out, "--json")

    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["rows"], told["worked"], told["unworked"], told["state"]) == (45, 41, 4, "done")
    assert told["clusters"] == 1
    book = load_workbook(out, read_only=True)
    assert {"清单", "一类事", "热点与预警", "未处理行", "说明"} <= set(book.sheetnames)


def test_lines_of_json_tell_the_same(advisor, tmp_path):
    source, out = tmp_path / "台账.jsonl", tmp_path / "清单.jsonl"
    write_rows(source, ["灯", EMPTY, "灯"])
    papers = tmp_path / "文书"
    assert advisor("triage", source, "--out", out, "--docx", papers).exit_code == 0
    assert [one.name for one in sorted(papers.iterdir())] == [
        "会商单-001.docx",
        "处置建议单-00001.docx",
        "处置建议单-00003.docx",
    ]
    kinds = [json.loads(line)["kind"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert kinds == ["summary", "item", "item", "unworked", "cluster"]


def test_a_stopped_batch_is_resumed_and_not_begun_anew(advisor, home, tmp_path):
    source, out = tmp_path / "台账.jsonl", tmp_path / "清单.jsonl"
    write_rows(source, ["灯"] * 5)
    assert advisor("triage", source, "--out", out).exit_code == 0
    books = open_books(Settings(home=home).store_url)
    (batch,) = books.batches.in_state("done")
    books.batches.move(batch.id, "working", ("done",))
    assert stop(books, batch.id).state == "paused"

    again = advisor("triage", source, "--out", out, "--resume", "--json")
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["id"] == batch.id


@pytest.mark.parametrize(
    ("name", "options", "code", "told"),
    [
        ("没有.xlsx", (), 1, "文件不存在"),
        ("台账.jsonl", ("--out", "清单.pdf"), 2, ".xlsx"),
        ("台账.jsonl", ("--mode", "llm"), 1, "没有配置大模型"),
        ("台账.jsonl", ("--max-cost", "很多"), 2, "金额"),
    ],
)
def test_what_cannot_be_done_is_refused_before_work(advisor, ledger, name, options, code, told):
    source = ledger.with_name(name)
    result = advisor("triage", source, "--out", ledger.with_name("清单.xlsx"), *options)
    assert result.exit_code == code
    assert told in result.output


@pytest.fixture
def categorised(tmp_path):
    path = tmp_path / "已分类.jsonl"
    kinds = {"道路": "路灯坏了，路面不平，第{}处", "劳动": "老板拖欠工资，第{}个月"}
    lines = (
        json.dumps({"详情": text.format(n), "类别": name}, ensure_ascii=False)
        for n in range(6)
        for name, text in kinds.items()
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_categories_are_learnt_from_another_ledger(advisor, categorised, tmp_path):
    source, out = tmp_path / "台账.jsonl", tmp_path / "清单.jsonl"
    write_rows(source, ["路灯和路面都坏了", "拖欠工资"])
    scheme = tmp_path / "体系.csv"
    scheme.write_text("道路,路灯\n劳动,工资\n", encoding="utf-8")
    options = ("--categories-from", categorised, "--category-scheme", scheme)
    assert advisor("triage", source, "--out", out, *options).exit_code == 0
    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    given = {o["row"]["number"]: o["category"]["name"] for o in told if o["kind"] == "item"}
    assert given == {1: "道路", 2: "劳动"}
    assert any("已分类.jsonl" in note for note in told[0]["notes"])

    book = tmp_path / "清单.xlsx"
    result = advisor("triage", source, "--out", book, *options, "--json")
    assert any("已分类.jsonl" in note for note in json.loads(result.stdout)["notes"])
    rows = list(load_workbook(book, read_only=True)["清单"].iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if "序号" in row)
    at = rows[head].index("类别")
    assert rows[head][at + 1] == "类别把握"
    assert {row[at] for row in rows[head + 1 :]} == {"道路", "劳动"}


def test_without_being_asked_no_category_is_shown(advisor, tmp_path):
    source, out = tmp_path / "台账.jsonl", tmp_path / "清单.xlsx"
    write_rows(source, ["灯"])
    assert advisor("triage", source, "--out", out).exit_code == 0
    rows = load_workbook(out, read_only=True)["清单"].iter_rows(values_only=True)
    assert not any("类别" in row for row in rows)


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--categories-from", "没有.xlsx"), 1, "文件不存在"),
        (("--categories-from", "台账.jsonl"), 1, "没有已分类的诉求"),
        (("--category-scheme", "台账.jsonl"), 2, "--categories-from"),
    ],
)
def test_what_cannot_teach_categories_is_refused_before_work(
    advisor, ledger, home, options, code, told
):
    given = (options[0], ledger.with_name(options[1]))
    result = advisor("triage", ledger, "--out", ledger.with_name("清单.xlsx"), *given)
    assert result.exit_code == code
    assert told in result.output
    books = open_books(Settings(home=home).store_url)
    assert not books.batches.in_state("taken", "done")
