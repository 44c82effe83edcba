"""People's grades beside the judge's."""

import pytest

from eval.errors import DatasetInvalid
from eval.judge.agreement import agreement, read_human
from eval.judge.grading import Grade, GradeRow
from eval.judge.rubric import KEYS


def graded(case, *given):
    return tuple(
        GradeRow(judge="m", case=case, repeat=n, grades={key: Grade(score=one) for key in KEYS})
        for n, one in enumerate(given)
    )


def test_the_mean_of_the_repeats_is_compared(tmp_path):
    path = tmp_path / "human.jsonl"
    path.write_text(
        '{"case": "a", "criterion": "plan", "score": 2, "by": "甲"}\n\n'
        '{"case": "b", "criterion": "plan", "score": 5}\n'
        '{"case": "nowhere", "criterion": "plan", "score": 5}\n',
        encoding="utf-8",
    )
    rows = graded("a", 1, 3) + graded("b", 5, 5)
    found = {one.key: one for one in agreement(rows, read_human(path))}
    assert (found["plan"].pairs, found["plan"].kappa, found["plan"].within_one) == (2, 1, 1)
    assert (found["law"].pairs, found["law"].kappa, found["law"].within_one) == (0, None, None)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"case": "a", "criterion": "plan", "score": 6}',
        '{"case": "a", "criterion": "style", "score": 3}',
        '{"case": "a", "criterion": "plan", "score": 3, "note": "x"}',
    ],
)
def test_a_row_that_is_no_grade_is_named_by_its_line(tmp_path, line):
    path = tmp_path / "human.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="第2行"):
        read_human(path)
