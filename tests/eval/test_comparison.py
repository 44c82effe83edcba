"""Two runs compared case by case: what changed, what is chance, what cannot be compared."""

import json

import pytest
from click.testing import CliRunner

from eval.cli import main
from eval.comparison import compare
from eval.errors import RunsApart
from eval.run_file import CodeState, Material, Run, RunHeader, RunRow, write_run

MEASURES = ("matter", "emptiness", "length", "track")


def header(**changes):
    row = {
        "kind": "advice",
        "created": "2026-06-01T00:00:00Z",
        "command": "advisor-eval advice",
        "code": CodeState(version="0.1.0"),
        "material": Material(name="cases", sha256="0" * 64, cases=1),
        "corpus": "c",
        "index": "i",
        "measures": dict.fromkeys(MEASURES, 1),
    }
    return RunHeader.model_validate(row | changes)


def run(count=40, *, better=0, **changes):
    rows = [
        RunRow(
            case=f"c{n}",
            measures={
                "matter": float(n < 10 + better),
                "emptiness": 0.5 if n < 10 + better else 0.1,
                "length": 100.0 + better,
                "track": 1.0 if n % 2 else None,
            },
        )
        for n in range(count)
    ]
    return Run(header(**changes), tuple(rows))


def judged(first, second):
    return {one.measure: one for one in compare(first, second).differences}


def test_what_changed_beyond_chance_is_judged_by_its_direction():
    found = judged(run(), run(better=15))
    assert found["matter"].judgement == "better"
    assert found["matter"].difference == pytest.approx(15 / 40)
    assert found["matter"].low > 0
    assert found["matter"].changed == 15
    assert found["emptiness"].judgement == "worse"
    assert found["length"].judgement == "different"
    assert found["track"].judgement == "same"
    assert found["track"].cases == 20


def test_backwards_is_the_opposite():
    there, back = judged(run(), run(better=15)), judged(run(better=15), run())
    assert back["matter"].judgement == "worse"
    assert back["matter"].difference == -there["matter"].difference


def test_a_single_case_is_chance():
    assert judged(run(), run(better=1))["matter"].judgement == "unclear"


def test_the_same_seed_gives_the_same_interval():
    one, two = (judged(run(), run(better=5))["matter"] for _ in range(2))
    assert one == two


def test_pairs_are_by_case_and_what_has_no_pair_is_told():
    longer = run(count=42)
    found = compare(run(), longer)
    assert found.only_second == ("c40", "c41")
    assert {one.judgement for one in found.differences} == {"same"}


def test_another_definition_is_not_compared():
    found = compare(run(), run(measures={**dict.fromkeys(MEASURES, 1), "matter": 2}))
    assert found.not_compared == ("matter",)
    assert "matter" not in {one.measure for one in found.differences}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "retrieval"}, "同一类"),
        ({"material": Material(name="cases", sha256="1" * 64, cases=1)}, "材料不同"),
    ],
)
def test_runs_of_different_things_are_not_compared(changes, told):
    with pytest.raises(RunsApart, match=told):
        compare(run(), run(**changes))


def test_runs_without_a_common_case_are_not_compared():
    other = Run(header(), (RunRow(case="x", measures={"matter": 1.0}),))
    with pytest.raises(RunsApart, match="没有共同的案例"):
        compare(run(), other)


def test_the_command_tells_both_means_and_the_interval(tmp_path):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for path, one in ((first, run()), (second, run(better=15))):
        write_run(path, one.header, one.rows)
    shown = CliRunner().invoke(main, ["compare", str(first), str(second)])
    assert shown.exit_code == 0, shown.output
    assert "更好  0.250 → 0.625  差 +0.375" in shown.output
    assert "15/40 例变化  事项正确（matter）" in shown.output
    as_json = CliRunner().invoke(main, ["compare", str(first), str(second), "--json"])
    assert json.loads(as_json.stdout)["differences"][0]["judgement"] == "better"
