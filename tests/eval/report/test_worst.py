"""The worst cases: whichever way is better, with a crash among the first."""

from datetime import UTC, datetime

from eval.report.worst import worst
from eval.run_file import CodeState, Material, Run, RunHeader, RunRow


def run(*rows):
    header = RunHeader(
        kind="advice",
        created=datetime(2026, 6, 1, tzinfo=UTC),
        command="advisor-eval advice",
        code=CodeState(version="1"),
        material=Material(name="own", sha256="0" * 64, cases=len(rows)),
        corpus="c",
        index="i",
    )
    return Run(header, rows)


def test_the_worst_case_is_first_whichever_way_is_better():
    cases = worst(
        run(
            RunRow(case="good", measures={"matter": 1.0, "traps": 0.0, "length": 900.0}),
            RunRow(case="crashed", measures={"matter": 0.0, "traps": 1.0}, error="ValueError: x"),
            RunRow(case="half", measures={"matter": 1.0, "traps": 1.0, "tokens": None}),
        )
    )
    assert [(one.case, one.loss) for one in cases] == [("crashed", 1.0), ("half", 0.5)]
    assert cases[1].short == (("落入陷阱", 1.0),)


def test_what_is_missing_is_told_in_words():
    detail = {
        "complaint": "停水三天",
        "missed_points": ["plan：送水"],
        "sprung_traps": [{"kind": "criminal", "forbidden": ["各让一步", "算了"], "required": []}],
    }
    (one,) = worst(run(RunRow(case="a", measures={"matter": 0.0}, detail=detail)))
    assert one.missed == (
        ("没有写到的要点", ("plan：送水",)),
        ("落入的陷阱", ("种类 criminal；不该说 各让一步、算了",)),
    )
    assert one.answer == ""


def test_only_so_many_are_shown():
    rows = [RunRow(case=f"{n:02}", measures={"matter": 0.0}) for n in range(30)]
    assert [one.case for one in worst(run(*rows), count=3)] == ["00", "01", "02"]
