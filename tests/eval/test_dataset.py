"""Datasets: what a row must have, and what decides a hit."""

import json

import pytest

from corpus.model import ArticleNumber
from eval.dataset import article_key, gold_keys, load_dataset
from eval.errors import DatasetInvalid

ROW = {
    "id": "a1",
    "question": "邻居堵了水沟怎么办？",
    "gold": [
        {"law": "中华人民共和国示例法", "part": None, "article": "第三条之一", "file": "x.md"}
    ],
    "as_of": "2023-12-31",
}


def write(tmp_path, *rows):
    path = tmp_path / "set.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_rows_are_read_and_the_file_is_known_by_its_hash(tmp_path):
    dataset = load_dataset(write(tmp_path, ROW, ""))
    assert [question.id for question in dataset.questions] == ["a1"]
    assert gold_keys(dataset.questions[0]) == {("示例法", ArticleNumber(3, 1))}
    assert len(dataset.sha256) == 64


def test_full_and_short_title_are_the_same_law():
    number = ArticleNumber(3)
    assert article_key("中华人民共和国示例法", number) == article_key("《示例法》", number)
    assert article_key("示例法", number) != article_key("示例法", ArticleNumber(3, 1))


@pytest.mark.parametrize(
    "row",
    [
        "{",
        {**ROW, "gold": []},
        {**ROW, "gold": [{"law": "示例法", "article": "没有编号"}]},
        {key: value for key, value in ROW.items() if key != "as_of"},
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_place(tmp_path, row):
    with pytest.raises(DatasetInvalid, match="第 2 行"):
        load_dataset(write(tmp_path, ROW, row))


def test_an_empty_or_missing_file_is_told(tmp_path):
    with pytest.raises(DatasetInvalid, match="没有一行"):
        load_dataset(write(tmp_path))
    with pytest.raises(DatasetInvalid, match="无法读取"):
        load_dataset(tmp_path / "nowhere.jsonl")
