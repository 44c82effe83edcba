"""The table of a document: written between two marks, read back, compared with what is measured."""

import pytest

from eval.errors import DatasetInvalid
from eval.run_document import BEGIN, END, figures_in, outdated, rewrite
from eval.run_file import CodeState, Material, Run, RunHeader, RunRow
from eval.run_summary import summarize

PAGE = f"# By hand\n\n{BEGIN}\nold\n{END}\n\n## Also by hand\n"


def summary(matter=0.5, length=2000.0, sha="0" * 64, measures=("matter", "length")):
    header = RunHeader(
        kind="advice",
        created="2026-06-01T00:00:00Z",
        command="advisor-eval all --quick",
        code=CodeState(version="0.1.0"),
        material=Material(name="cases", sha256=sha, cases=100),
        corpus="c",
        index="i",
        measures=dict.fromkeys(measures, 1),
    )
    rows = [
        RunRow(
            case=str(n),
            measures={"matter": float(n < round(matter * 100)), "length": length},
            detail={"confidence": 0.5},
        )
        for n in range(100)
    ]
    return summarize(Run(header, tuple(rows)))


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    rewrite(path, [summary()])
    return path


def test_only_what_stands_between_the_marks_is_written(page):
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# By hand\n\n{BEGIN}\nWritten by `advisor-eval all --quick --doc")
    assert text.endswith(f"{END}\n\n## Also by hand\n")
    assert "old" not in text
    assert figures_in(page) == {("advice", "matter"): 0.5, ("advice", "length"): 2000.0}
    rewrite(page, [summary()])
    assert page.read_text(encoding="utf-8") == text


def test_small_changes_leave_a_page_standing_and_large_ones_do_not(page):
    assert outdated(page, [summary(matter=0.52, length=2050.0)]) == ()
    assert outdated(page, [summary(matter=0.57)]) == ("advice matter: 0.5 is told, 0.57 measured",)
    assert outdated(page, [summary(length=2200.0)]) == (
        "advice length: 2000.0 is told, 2200.0 measured",
    )


def test_other_measures_or_material_make_a_page_outdated(page):
    assert outdated(page, [summary(measures=("matter",))]) == ("advice length: not measured",)
    assert outdated(page, [summary(sha="1" * 64)]) == ("advice: other material",)
    rewrite(page, [summary(measures=("matter",))])
    assert outdated(page, [summary()]) == ("advice length: not told",)


def test_a_page_without_marks_is_refused(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="标记"):
        rewrite(path, [summary()])
    with pytest.raises(DatasetInvalid, match="无法读取"):
        figures_in(tmp_path / "none.md")
