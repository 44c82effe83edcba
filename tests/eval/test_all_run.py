"""Everything in one go: which runs there are, on what, and what the command makes of them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.bootstrap import Services, open_services
from advisor.settings import Settings
from corpus.ingest import add
from corpus.store import CorpusStore
from eval import all_command
from eval.all_run import QUICK, Everything, Extent, pack_services
from eval.baseline import Baselines
from eval.cases_set import CaseSet, read_cases
from eval.cli import main
from eval.run_document import BEGIN, END, figures_in
from eval.run_file import read_run

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT.parent / "shared" / "data" / "messages"
SMALL = Extent(redactions=5, mutants=120, genuine=60, mode="extractive")


@pytest.fixture(scope="module")
def few():
    whole = read_cases()
    return CaseSet(whole.sha256, whole.cases[:3])


def everything(services, cases, folder, extent=SMALL):
    return Everything(services, cases, extent, folder, "advisor-eval all")


def test_the_runs_come_in_order_and_lie_in_the_folder(services: Services, few, tmp_path):
    told: list[str] = []
    runs = list(everything(services, few, tmp_path).runs(told.append))
    assert [run.header.kind for run in runs] == ["retrieval", "citations", "redaction", "advice"]
    assert told == ["检索", "引用核验", "脱敏", "建议"]
    for run in runs:
        assert read_run(tmp_path / f"{run.header.kind}.jsonl") == run
        assert run.header.command == "advisor-eval all"
    assert len(runs[2].rows) == 5
    assert runs[1].header.material.name == "pack"


def test_material_made_on_the_spot_is_known_by_what_it_is_made_from(
    services: Services, few, tmp_path
):
    def sha(extent):
        runs = everything(services, few, tmp_path, extent).runs(lambda _: None)
        return {run.header.kind: run.header.material.sha256 for run in runs}

    one, again, other = sha(SMALL), sha(SMALL), sha(replace(SMALL, redactions=6))
    assert one == again
    assert one["redaction"] != other["redaction"]
    assert one["advice"] == other["advice"]


def test_a_collection_is_cut_into_citations_where_there_is_one(real_laws: Path, few, tmp_path):
    laws = tmp_path / "laws"
    for folder in ("民法典", "社会法", "DLC/浙江地方法规", "DLC/广东地方法规"):
        for path in sorted((real_laws / folder).rglob("*.md"))[:15]:
            (laws / folder).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, laws / folder / path.name)
    store = CorpusStore(tmp_path / "home" / "corpus.db")
    add(store, [laws])
    store.close()
    services = open_services(Settings(home=tmp_path / "home"))
    runs = {
        run.header.kind: run
        for run in everything(services, few, tmp_path / "runs").runs(lambda _: None)
    }
    rows = runs["citations"].rows
    assert runs["citations"].header.material.name == "collection"
    assert sum(row.detail["trials"] for row in rows) == 180
    assert {row.measures["right"] for row in rows if not row.detail["genuine"]} == {1.0}


def test_labelled_messages_are_measured_where_they_are(services: Services, few, tmp_path):
    if not MESSAGES.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    runs = list(everything(services, few, tmp_path, replace(SMALL, messages=MESSAGES)).runs(print))
    triage = next(run for run in runs if run.header.kind == "triage")
    assert triage.header.material.cases == len(triage.rows) > 300
    assert all(row.measures["matter@3"] >= row.measures["matter"] for row in triage.rows)


def test_the_pack_is_opened_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ADVISOR_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ADVISOR_LLM_MODEL", "m")
    monkeypatch.setenv("ADVISOR_EMBEDDER", "none")
    monkeypatch.setenv("ADVISOR_REGION", "广东省")
    with pack_services() as services:
        assert services.adviser.writer is None
        assert services.settings.embedder == "shipped"
        assert services.adviser.default_region == "浙江省嘉兴市秀洲区"
        home = services.settings.home
    assert QUICK.mode == "extractive"
    assert not (home / "corpus.db").exists()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, services: Services, few):
    """The command over three cases and the services of the tests."""
    monkeypatch.setattr(all_command, "open_services", lambda _: services)
    monkeypatch.setattr(all_command, "read_cases", lambda: few)
    monkeypatch.setattr(all_command, "Extent", lambda: SMALL)
    return ["all"]


def written(folder, expected):
    path = folder / "b.yaml"
    row = {
        "run": "advice",
        "measure": "answered",
        "expected": expected,
        "tolerance": 0.0,
        "direction": "up",
    }
    baselines = Baselines.model_validate({"command": "x", "rows": [row]})
    path.write_text(baselines.model_dump_json(), encoding="utf-8")
    return str(path)


def test_a_figure_below_its_baseline_is_exit_code_1(small, tmp_path):
    good = CliRunner().invoke(main, [*small, "--baseline", written(tmp_path, 1.0)])
    assert good.exit_code == 0, good.output
    assert "OK   advice answered：1.000" in good.stdout
    assert "低于基线 0 项" in good.stdout
    bad = CliRunner().invoke(main, [*small, "--baseline", written(tmp_path, 1.5)])
    assert bad.exit_code == 1
    assert "FAIL advice answered：1.000，期望 1.500" in bad.stdout


def test_the_page_is_written_anew(small, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}", encoding="utf-8")
    done = CliRunner().invoke(main, [*small, "--doc", str(page), "--json"])
    report = json.loads(done.stdout)
    assert figures_in(page)["advice", "answered"] == 1.0
    assert report["verdicts"] == []
    assert {one["header"]["kind"] for one in report["runs"]} >= {"advice", "retrieval"}
