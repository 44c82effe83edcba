"""``advisor corpus lint`` and ``describe`` as a person uses them."""

import json

import pytest
from click.testing import CliRunner

from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk

LAW = """# 中华人民共和国民法典

# 物权编

2020年5月28日 示例

<!-- INFO END -->

第二百九十条 这是一部示例文本，只有这一条，讲的是别的事情。
"""


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def advisor(home):
    desk = Desk(Settings(home=home))
    return lambda *args: CliRunner().invoke(main, list(map(str, args)), obj=desk)


def test_the_shipped_knowledge_has_nothing_grave(advisor):
    result = advisor("corpus", "lint", "--json")

    told = json.loads(result.stdout)
    wrong = [one for one in told["findings"] if one["severity"] == "error"]
    assert (result.exit_code, wrong) == (0, [])
    assert told["versions"][0].keys() == {"law", "gists_of", "in_force", "status"}


def test_against_other_texts_what_does_not_hold_is_grave(advisor, tmp_path):
    path = tmp_path / "laws" / "物权编.md"
    path.parent.mkdir()
    path.write_text(LAW, encoding="utf-8")

    result = advisor("corpus", "lint", "--against", path.parent)

    assert result.exit_code == 1
    assert "错误\t要旨《中华人民共和国民法典》" in result.stdout
    assert "必须改正" in result.stderr


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_folder_without_laws_is_refused(advisor, tmp_path, folder):
    (tmp_path / "empty").mkdir()

    result = advisor("corpus", "lint", "--against", tmp_path / folder)

    assert result.exit_code != 0
    assert "错误" in result.stderr


def test_a_broken_file_of_the_towns_is_grave(advisor, home):
    path = home / "knowledge" / "duties" / "own.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("- {id: [", encoding="utf-8")

    result = advisor("corpus", "lint")
    status = advisor("corpus", "status", "--json")

    assert result.exit_code == 1
    assert "knowledge/duties/own.yaml" in result.stdout
    assert "knowledge/duties/own.yaml" in json.loads(status.stdout)["knowledge"]["faults"][0]


def test_the_handbook_is_written(advisor, tmp_path):
    out = tmp_path / "knowledge.md"

    assert advisor("corpus", "describe", "--out", out).exit_code == 0
    assert out.read_text(encoding="utf-8") == advisor("corpus", "describe").stdout
