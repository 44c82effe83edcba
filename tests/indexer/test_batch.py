"""Batch search: rows in, rows out, and clear words for a row that cannot be read."""

from datetime import date

import pytest

from indexer.batch import QueryRow, answer_rows, read_rows
from indexer.build import build
from indexer.errors import BatchRowInvalid
from indexer.retriever import Retriever

TODAY = date(2024, 6, 1)


@pytest.fixture
def retriever(tmp_path, source):
    return Retriever(build(source, tmp_path), source)


def answers(retriever, rows, region=()):
    return list(answer_rows(rows, retriever, k=5, as_of=TODAY, region=region))


def test_a_row_names_law_part_article_and_file(retriever):
    (result,) = answers(retriever, [QueryRow(id="a", question="充电车位")])
    best = result.model_dump()["hits"][0]
    assert result.id == "a"
    assert best.pop("score") > 0
    assert best == {
        "law": "示例国停车条例",
        "part": None,
        "article": "第二条之一",
        "file": "parking.md",
    }


def test_day_and_place_of_a_row_override_those_of_the_run(retriever):
    rows = [
        QueryRow(id="old", question="水沟", as_of=date(2015, 1, 1)),
        QueryRow(id="east", question="水沟", region="山东省"),
        QueryRow(id="plain", question="水沟"),
    ]
    old, east, plain = ({hit.file for hit in result.hits} for result in answers(retriever, rows))
    assert old == {"drains-2010.md"}
    assert east == {"drains-2020.md", "shandong.md"}
    assert plain == {"drains-2020.md"}


def test_a_question_that_finds_nothing_keeps_its_row(retriever):
    results = answers(retriever, [QueryRow(id="n", question="？"), QueryRow(id="m", question="")])
    assert [(result.id, result.hits) for result in results] == [("n", ()), ("m", ())]


def test_an_unknown_place_is_told_with_its_row(retriever):
    rows = [QueryRow(id="a", question="水沟"), QueryRow(id="b", question="水沟", region="无此地")]
    with pytest.raises(BatchRowInvalid, match=r"第 2 行.*无此地"):
        answers(retriever, rows)


def test_rows_are_read_with_their_extras_ignored_and_blanks_passed_over():
    lines = ['{"id": 7, "question": "水", "gold": [], "as_of": "2023-12-31"}\n', "\n"]
    assert list(read_rows(lines)) == [QueryRow(id="7", question="水", as_of=date(2023, 12, 31))]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSON"),
        ("[1]", "整行"),
        ('{"id": "a"}', "question"),
        ('{"id": "a", "question": "b", "as_of": "昨天"}', "as_of"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_place(line, reason):
    with pytest.raises(BatchRowInvalid, match=f"第 2 行.*{reason}"):
        list(read_rows(["", line]))
