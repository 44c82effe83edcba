"""Bootstrap: a bare home becomes a working service, and what is wrong is said."""

from datetime import date

import numpy as np
import pytest

from advisor.bootstrap import (
    code_version,
    corpus_version,
    open_library,
    open_services,
)
from advisor.errors import StoreUnavailable
from advisor.model import AdviceRequest
from advisor.retrieval_models import open_embedder
from advisor.settings import Settings
from corpus.errors import UnknownRegion
from corpus.knowledge import Knowledge
from corpus.library import Library
from indexer.errors import ModelDamaged
from indexer.static_format import Card, StaticTable, write_model
from indexer.tokenizer import tokens_of


def test_a_bare_home_serves_an_advice_that_outlives_the_service(services):
    advice = services.advise(AdviceRequest(text="楼上漏水，天花板坏了，叫他修他不修。"))
    again = open_services(services.settings)
    assert again.store.get(advice.id).payload == advice.model_dump_json()


def test_what_is_done_is_told_in_chinese(services):
    told = []
    open_services(services.settings, on_progress=told.append)
    assert told == ["检查检索索引……"]


def test_an_unchanged_corpus_keeps_its_index(services):
    again = open_services(services.settings)
    assert again.retriever.snapshot.generation == services.retriever.snapshot.generation


def test_provenance_names_the_index_in_use(services):
    assert services.adviser.versions.index == services.retriever.snapshot.generation


def test_an_unknown_default_region_is_refused_before_anything_is_written(tmp_path):
    home = tmp_path / "home"
    with pytest.raises(UnknownRegion):
        open_services(Settings(home=home, region="火星市"))
    assert not home.exists()


def test_a_short_default_region_is_completed(services):
    settings = services.settings.model_copy(update={"region": "秀洲"})
    assert open_services(settings).adviser.default_region == "浙江省嘉兴市秀洲区"


def test_a_file_that_is_no_store_of_ours_is_said_to_be_none(tmp_path, services):
    settings = services.settings.model_copy(
        update={"database_url": f"sqlite:///{tmp_path / 'advisor.db'}"}
    )
    (tmp_path / "advisor.db").write_bytes(b"no database" * 100)
    with pytest.raises(StoreUnavailable):
        open_services(settings)


def test_the_home_is_made_when_it_is_not_there(tmp_path):
    library = open_library(Settings(home=tmp_path / "deep" / "home"))
    assert (tmp_path / "deep" / "home").is_dir()
    assert library.knowledge.playbooks


def test_the_version_of_the_corpus_changes_with_its_statutes(library, knowledge):
    fewer = Library(None, Knowledge(statutes=knowledge.statutes[:1], as_of=knowledge.as_of))
    assert corpus_version(library) != corpus_version(fewer)
    assert corpus_version(library) == corpus_version(Library(None, knowledge))


def test_the_version_of_the_corpus_names_its_day(library):
    assert corpus_version(library).startswith(f"{library.as_of}+")


def test_the_version_of_the_code_is_known():
    assert code_version() not in ("", "unknown")


def small_model(folder):
    """A model of two characters, enough to be read."""
    table = StaticTable.quantized(tokens_of(("楼", "水")), np.eye(2, 4, dtype=np.float32))
    card = Card(
        seed=1,
        recipe={},
        pairs={},
        texts=0,
        tokens=2,
        corpus="",
        questions=None,
        as_of=date(2024, 1, 1),
        region=(),
        versions={},
    )
    write_model(folder, table, card)
    return folder


def test_the_embedder_is_chosen_by_setting(tmp_path):
    home = tmp_path / "home"
    assert open_embedder(Settings(home=home, embedder="none")) is None
    folder = small_model(tmp_path / "model")
    chosen = open_embedder(Settings(home=home, embedder=str(folder)))
    assert chosen is not None
    assert chosen.dimension == 4
    assert chosen is open_embedder(Settings(home=home, embedder=str(folder)))


def test_the_index_follows_the_embedder(services, tmp_path):
    folder = small_model(tmp_path / "model")
    settings = services.settings.model_copy(update={"embedder": str(folder)})
    changed = open_services(settings)
    assert changed.retriever.snapshot.manifest.embedder == open_embedder(settings).name
    back = open_services(settings.model_copy(update={"embedder": "none"}))
    assert back.retriever.snapshot.manifest.embedder is None


def test_a_model_that_is_not_there_is_refused(services, tmp_path):
    settings = services.settings.model_copy(update={"embedder": str(tmp_path / "nowhere")})
    with pytest.raises(ModelDamaged, match="nowhere"):
        open_services(settings)
