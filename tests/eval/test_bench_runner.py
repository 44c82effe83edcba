"""The run: order, what is missing, what breaks, and a child process of its own."""

from eval.bench.catalogue import PROBES
from eval.bench.figure import Absence, Measured, Outcome
from eval.bench.material import Material
from eval.bench.runner import measure_in_child, run


def material(tmp_path, *present):
    paths = {name: tmp_path / name for name in ("laws", "questions", "messages")}
    for name in present:
        paths[name].touch()
    return Material(scratch=tmp_path, **paths)


def everything(name, material):
    return Measured(values={spec.key: 0.0 for spec in PROBES[name].figures})


def test_everything_is_reported_in_order(tmp_path):
    found = run(material(tmp_path, "laws", "questions", "messages"), measure=everything)
    assert [section.name for section in found] == list(PROBES)


def test_nothing_is_dropped_when_material_is_missing(tmp_path):
    measured = []

    def measure(name, material):
        measured.append(name)
        return everything(name, material)

    sections = list(run(material(tmp_path), measure=measure))
    assert [section.name for section in sections] == list(PROBES)
    assert measured == ["install", "redaction", "start-shipped", "stream", "new-cases"]
    rows = {section.name: section.rows() for section in sections}
    assert all(row.outcome is Outcome.UNMEASURED for row in rows["search"])
    assert "法规全集" in rows["search"][0].reason
    assert "群众提问集" in rows["search"][0].reason


def test_what_a_probe_builds_on_is_run_but_not_reported(tmp_path):
    measured = []

    def measure(name, material):
        measured.append(name)
        return everything(name, material)

    there = material(tmp_path, "laws", "questions")
    sections = list(run(there, ["search"], measure=measure))
    assert [section.name for section in sections] == ["search"]
    assert measured == ["collection", "index", "search"]


def test_after_a_broken_probe_what_builds_on_it_fails_and_the_rest_is_measured(tmp_path):
    def measure(name, material):
        if name == "collection":
            return Absence(reason="测量出错", broken=True)
        return everything(name, material)

    there = material(tmp_path, "laws", "questions", "messages")
    sections = {section.name: section for section in run(there, measure=measure)}
    assert all(row.outcome is Outcome.FAIL for row in sections["index"].rows())
    assert "collection" in sections["index"].rows()[0].reason
    assert isinstance(sections["install"].found, Measured)


def test_a_child_measures_in_a_process_of_its_own(tmp_path):
    found = measure_in_child("install", material(tmp_path), lambda told: None)
    assert isinstance(found, Measured)
    assert found.values["torch"] == 0
    assert found.values["distributions"] > 20
    assert found.values["total_mb"] > found.values["ours_mb"] > 0
    assert found.values["peak_mb"] > 1


def test_a_child_that_breaks_says_what_kind_of_fault_and_no_path(tmp_path):
    there = material(tmp_path, "laws", "messages")
    told = []
    found = measure_in_child("search-messages", there, told.append)
    assert isinstance(found, Absence)
    assert found.broken
    assert "DatasetInvalid" in found.reason
    assert str(tmp_path) not in found.reason
    assert "DatasetInvalid" in told[0]


def test_the_users_settings_do_not_reach_a_child(tmp_path, monkeypatch):
    monkeypatch.setenv("ADVISOR_PORT", "no number, which Settings refuses")
    laws = tmp_path / "laws"
    laws.mkdir()
    (laws / "示例市停车条例.md").write_text(
        "# 示例市停车条例\n\n2015年3月1日 示例市人民代表大会通过\n\n<!-- INFO END -->\n\n"
        "第一条 停车应当有序。\n\n第二条 本条例自2015年5月1日起施行。\n",
        encoding="utf-8",
    )
    found = measure_in_child("collection", material(tmp_path), lambda told: None)
    assert isinstance(found, Measured)
    assert (tmp_path / "full" / "corpus.db").is_file()
