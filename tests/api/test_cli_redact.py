"""``advisor redact``: text, JSON, rows, and refusals in Chinese."""

import json

import pytest
from click.testing import CliRunner

from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk


@pytest.fixture
def advisor(tmp_path):
    desk = Desk(Settings(home=tmp_path / "home"))
    return lambda *args, **options: CliRunner().invoke(main, args, obj=desk, **options)


def test_a_text_comes_back_masked(advisor):
    result = advisor("redact", "-", input="我叫王建国，电话13812345678")

    assert result.exit_code == 0
    assert result.stdout == "我叫[姓名1]，电话[电话1]\n"


def test_json_names_tokens_and_never_originals(advisor):
    result = advisor("redact", "-", "--json", input="我叫王建国")

    assert json.loads(result.stdout) == {
        "masked": "我叫[姓名1]",
        "tokens": [{"token": "[姓名1]", "class": "姓名"}],
    }


def test_rows_from_file_to_file(advisor, tmp_path):
    rows, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows.write_text(
        '{"id": "a", "text": "我叫王建国\\u2028"}\n\n{"id": 2, "text": "没有"}\n', "utf-8"
    )

    result = advisor("redact", "--rows", str(rows), "--out", str(out))

    assert result.exit_code == 0
    written = [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]
    assert written == [{"id": "a", "masked": "我叫[姓名1]\u2028"}, {"id": 2, "masked": "没有"}]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": "x"}', '{"id": 1, "text": 3}'])
def test_a_bad_row_is_refused_by_its_number(advisor, tmp_path, line):
    rows, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows.write_text('{"id": 1, "text": "x"}\n' + line, "utf-8")

    result = advisor("redact", "--rows", str(rows), "--out", str(out))

    assert result.exit_code == 1
    assert "第 2 行" in result.stderr
    assert not out.exists()


def test_rows_and_out_go_together(advisor, tmp_path):
    rows = tmp_path / "in.jsonl"
    rows.write_text("", "utf-8")

    result = advisor("redact", "--rows", str(rows))

    assert result.exit_code == 2
    assert "--out" in result.stderr
