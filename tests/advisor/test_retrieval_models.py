"""What the settings of retrieval models open, and how they are refused."""

import importlib.util

import pytest

from advisor.bootstrap import open_services
from advisor.masking import RedactionMasking
from advisor.model import AdviceRequest
from advisor.retrieval_models import MaskedQueries, is_costly, open_embedder, open_reranker
from advisor.settings import Settings
from indexer.build import build
from indexer.embedders import HashingEmbedder
from indexer.errors import (
    EmbeddingFailed,
    IndexOfOtherModel,
    ModelNotLoaded,
    ModelSettingInvalid,
    SnapshotMissing,
)

WITHOUT_MODELS = importlib.util.find_spec("sentence_transformers") is None


@pytest.fixture
def remote(tmp_path, embeddings):
    """Settings that name a model behind a server."""
    return Settings(
        home=tmp_path / "home",
        embedder=f"openai:示例模型@{embeddings.url}",
        embedder_api_key="sk-own",
        embedder_query="查询：",
        embedder_batch=64,
        llm_api_key="sk-llm",
    )


def build_index(settings):
    settings.home.mkdir(exist_ok=True)
    library = open_services(settings.model_copy(update={"embedder": "none"})).library
    return build(library, settings.home, embedder=open_embedder(settings))


@pytest.mark.parametrize(
    "named",
    [
        "openai:",
        "openai:模型",
        "openai:@http://a/v1",
        "openai:模型@ftp://a",
        "openai:m@a/v1",
        "st:",
    ],
)
def test_a_model_that_is_not_written_as_it_must_be(tmp_path, named):
    with pytest.raises(ModelSettingInvalid, match="ADVISOR_EMBEDDER 的写法无效"):
        open_embedder(Settings(home=tmp_path, embedder=named))


@pytest.mark.parametrize("named", ["st:", "openai:m@http://a/v1", "shipped", ""])
def test_a_reranker_that_is_not_written_as_it_must_be(tmp_path, named):
    with pytest.raises(ModelSettingInvalid, match="ADVISOR_RERANKER 的写法无效"):
        open_reranker(Settings(home=tmp_path, reranker=named))


def test_without_a_setting_nothing_is_reranked(tmp_path):
    assert open_reranker(Settings(home=tmp_path)) is None


@pytest.mark.skipif(not WITHOUT_MODELS, reason="the extra `models` is installed")
@pytest.mark.parametrize("field", ["embedder", "reranker"])
def test_without_the_extra_it_says_what_to_install(tmp_path, field):
    settings = Settings(home=tmp_path, **{field: "st:示例/模型"})
    opened = open_embedder if field == "embedder" else open_reranker
    with pytest.raises(ModelNotLoaded, match=r"pip install 'minqing-advisor\[models\]'"):
        opened(settings)


def test_an_address_may_hold_an_at_sign_and_a_model_a_slash(tmp_path):
    named = "openai:BAAI/bge-m3@http://user:word@models.example:8000/v1"
    embedder = open_embedder(Settings(home=tmp_path, embedder=named))
    assert embedder.name.startswith("openai:BAAI/bge-m3#")


def test_only_ones_own_models_are_costly():
    costly = {
        name: is_costly(Settings(embedder=name)) for name in ("none", "shipped", "/x", "st:m")
    }
    assert costly == {"none": False, "shipped": False, "/x": False, "st:m": True}
    assert is_costly(Settings(embedder="openai:m@http://a/v1"))


class Listening(HashingEmbedder):
    """Notes what it is asked."""

    def __init__(self):
        super().__init__(8)
        self.heard = []

    def encode_query(self, query):
        self.heard.append(query)
        return super().encode_query(query)


def test_what_leaves_the_machine_is_masked():
    inner = Listening()
    outside = MaskedQueries(inner, RedactionMasking())
    outside.encode_query("村民李秀英反映水沟被堵，电话13800138000。")
    (heard,) = inner.heard
    assert "水沟被堵" in heard
    assert "李秀英" not in heard
    assert "13800138000" not in heard
    assert (outside.name, outside.dimension) == (inner.name, 8)
    assert outside.encode(("水沟",)).shape == (1, 8)


def test_a_start_makes_no_index_of_a_costly_model(remote, embeddings):
    with pytest.raises(SnapshotMissing, match="advisor index build"):
        open_services(remote)
    open_services(remote.model_copy(update={"embedder": "none"}))
    with pytest.raises(IndexOfOtherModel, match="advisor index build"):
        open_services(remote)
    assert embeddings.asked == []


def test_a_service_with_a_model_behind_a_server(remote, embeddings):
    made = build_index(remote)
    sent = len(embeddings.texts)
    assert sent > made.manifest.counts["statute"]
    assert {headers["authorization"] for _, headers, _ in embeddings.asked} == {"Bearer sk-own"}
    services = open_services(remote)
    advice = services.advise(AdviceRequest(text="村民李秀英反映水沟被堵，雨水流进家里。"))
    assert advice.provenance.embedder == made.manifest.embedder
    assert advice.provenance.embedder.startswith("openai:示例模型#")
    assert advice.provenance.reranker is None
    asked = [text for text in embeddings.texts[sent:] if text.startswith("查询：")]
    assert any("水沟" in text for text in asked)
    assert not any("李秀英" in text for text in asked)


def test_when_the_server_falls_silent_a_search_fails_and_says_so(remote, embeddings):
    build_index(remote)
    services = open_services(remote)
    embeddings.faults = [(401, {})]
    with pytest.raises(EmbeddingFailed, match="ADVISOR_EMBEDDER_API_KEY"):
        services.advise(AdviceRequest(text="水沟被堵，雨水流进我家。"))


def test_another_model_behind_the_same_address_is_found_out(remote, embeddings):
    build_index(remote)
    services = open_services(remote)
    embeddings.width = 48
    with pytest.raises(IndexOfOtherModel, match="advisor index build --force"):
        services.advise(AdviceRequest(text="水沟被堵，雨水流进我家。"))
