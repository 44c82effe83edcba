import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.ingest import add
from corpus.knowledge import load_knowledge
from corpus.library import Library
from corpus.store import CorpusStore
from eval.citations import measure_citations
from eval.cli import main
from eval.mutants import KINDS

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "laws"
FOLDERS = ("民法典", "民法商法", "刑法", "社会法", "行政法", "DLC/浙江地方法规", "DLC/广东地方法规")
FILES_EACH = 40
REGION = ("浙江省", "嘉兴市", "秀洲区")

needs_the_collection = pytest.mark.skipif(
    not REAL.is_dir(),
    reason="../shared/data/laws is absent: no real articles to cut citations from",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with part of the real collection, gone when the tests end."""
    root = tmp_path_factory.mktemp("citations")
    laws = root / "laws"
    for folder in FOLDERS:
        for path in sorted((REAL / folder).rglob("*.md"))[:FILES_EACH]:
            target = laws / path.relative_to(REAL)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    shutil.copyfile(REAL / "db.sqlite3", laws / "db.sqlite3")
    store = CorpusStore(root / "corpus.db")
    add(store, [laws])
    store.close()
    return root


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    store = CorpusStore(home / "corpus.db")
    yield Library(store, load_knowledge())
    store.close()


@needs_the_collection
def test_no_false_citation_of_real_articles_passes(library: Library) -> None:
    report = measure_citations(
        library, region=REGION, mutant_count=6_000, genuine_count=2_000, seed=99
    )
    kinds = {row.kind for row in report.kinds if not row.genuine and row.trials > 20}
    assert len(kinds) >= len(KINDS) - 2, set(KINDS) - kinds
    wrong = [row for row in report.kinds if row.wrong]
    assert report.false_accepts == 0, wrong
    assert report.false_reject_rate <= 0.001, wrong


@needs_the_collection
def test_the_command_prints_the_table_and_json(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(home))
    size = ["--mutants", "120", "--genuine", "60"]
    shown = CliRunner().invoke(main, ["citations", *size])
    assert shown.exit_code == 0, shown.output
    assert "误放 0 条" in shown.output
    rows = CliRunner().invoke(main, ["citations", *size, "--json"])
    assert '"false_accepts":0' in rows.output


def test_without_a_collection_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    refused = CliRunner().invoke(main, ["citations"])
    assert refused.exit_code == 1
    assert "请先导入法规" in refused.output
