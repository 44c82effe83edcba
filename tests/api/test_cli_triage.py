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
