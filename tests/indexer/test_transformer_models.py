"""Models of sentence-transformers: tiny ones of our own making, in a folder, without a network."""

import threading

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="needs the extra: pip install .[models]")

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Normalize,
    Pooling,
    StaticEmbedding,
    Transformer,
)
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

from indexer.build import build
from indexer.errors import ModelNotLoaded
from indexer.retriever import Retriever
from indexer.transformer_models import CrossEncoderReranker, TransformerEmbedder

TEXTS = ("水沟被堵", "消防通道停车", "")
CHARACTERS = "水沟被堵消防通道停车问文：邻居垫高"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
TINY = {
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 16,
    "max_position_embeddings": 64,
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def bert_files(folder, kind, **given):
    """A random BERT over a handful of characters."""
    folder.mkdir(parents=True)
    words = [*SPECIAL, *dict.fromkeys(CHARACTERS)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(given.pop("seed", 1))
    kind(BertConfig(vocab_size=len(words), **TINY, **given)).save_pretrained(folder)
    return folder


def bert(folder, *, prompts=None, seed=1):
    parts = bert_files(folder.with_name(f"{folder.name}-parts"), BertModel, seed=seed)
    transformer = Transformer(str(parts))
    model = SentenceTransformer(
        modules=[transformer, Pooling(16), Normalize()], prompts=prompts, device="cpu"
    )
    model.save(str(folder))
    return folder


def static(folder):
    words = {word: place for place, word in enumerate(("[UNK]", *dict.fromkeys(CHARACTERS)))}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    torch.manual_seed(1)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu").save(
        str(folder)
    )
    return folder


def cross_encoder(folder, *, labels=1):
    return bert_files(folder, BertForSequenceClassification, num_labels=labels)


@pytest.fixture(params=[bert, static], ids=["bert", "static"])
def folder(request, tmp_path):
    return request.param(tmp_path / "model")


class TestEmbedderContract:
    """As in tests/contracts, over models that only this extra can read."""

    def test_shape_type_and_length(self, folder):
        embedder = TransformerEmbedder(str(folder))
        vectors = embedder.encode(TEXTS)
        assert vectors.shape == (3, embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)
        assert embedder.encode(()).shape == (0, embedder.dimension)

    def test_the_same_text_gives_the_same_vector_whatever_stands_beside_it(self, folder):
        embedder = TransformerEmbedder(str(folder))
        alone = embedder.encode(TEXTS[:1])[0]
        assert embedder.encode(TEXTS)[0] == pytest.approx(alone, abs=1e-5)

    def test_a_query_is_nearest_to_the_passage_of_its_words(self, folder):
        embedder = TransformerEmbedder(str(folder))
        vector = embedder.encode_query(TEXTS[1])
        assert vector.shape == (embedder.dimension,)
        assert np.argmax(embedder.encode(TEXTS) @ vector) == 1
        assert not embedder.encode_query(" ").any()


def test_the_settings_words_stand_before_queries_and_passages(tmp_path):
    model = str(bert(tmp_path / "model"))
    plain, led = (
        TransformerEmbedder(model),
        TransformerEmbedder(model, query="问：", passage="文："),
    )
    assert led.encode_query("水沟") == pytest.approx(plain.encode_query("问：水沟"), abs=1e-5)
    assert led.encode(("水沟",)) == pytest.approx(plain.encode(("文：水沟",)), abs=1e-5)


def test_without_a_setting_the_models_own_prompts_are_used(tmp_path):
    prompts = {"query": "问：", "document": "文："}
    own = TransformerEmbedder(str(bert(tmp_path / "own", prompts=prompts)))
    plain = TransformerEmbedder(str(bert(tmp_path / "plain")))
    assert own.encode_query("水沟") == pytest.approx(plain.encode_query("问：水沟"), abs=1e-5)
    assert own.encode(("水沟",)) == pytest.approx(plain.encode(("文：水沟",)), abs=1e-5)
    silenced = TransformerEmbedder(str(tmp_path / "own"), query="", passage="")
    assert silenced.encode_query("水沟") == pytest.approx(plain.encode_query("水沟"), abs=1e-5)
    assert silenced.encode(("水沟",)) == pytest.approx(plain.encode(("水沟",)), abs=1e-5)


def test_the_name_tells_weights_and_passages_apart_but_not_queries(tmp_path):
    first = str(bert(tmp_path / "a" / "model"))
    other = str(bert(tmp_path / "b" / "model", seed=2))
    name = TransformerEmbedder(first).name
    assert name.startswith("st:model#")
    assert name == TransformerEmbedder(first, query="问：").name
    assert (
        len(
            {name, TransformerEmbedder(other).name, TransformerEmbedder(first, passage="文：").name}
        )
        == 3
    )


def test_threads_may_share_one(tmp_path):
    embedder = TransformerEmbedder(str(bert(tmp_path / "model")))
    expected = embedder.encode_query(TEXTS[0])
    found = []

    def ask():
        found.extend(embedder.encode_query(TEXTS[0]) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert all(one == pytest.approx(expected, abs=1e-5) for one in found)


def test_an_index_of_such_a_model_is_searched_and_reranked(tmp_path, source):
    embedder = TransformerEmbedder(str(bert(tmp_path / "model")))
    reranker = CrossEncoderReranker(str(cross_encoder(tmp_path / "reranker")))
    snapshot = build(source, tmp_path / "home", embedder=embedder)
    assert snapshot.manifest.embedder == embedder.name
    retriever = Retriever(snapshot, source, embedder, reranker=reranker)
    hits = retriever.search(
        "邻居垫高水沟", kind="case", as_of=source.views[0].statute.effective_from, region=()
    )
    assert [hit.case.id for hit in hits]
    texts = [hit.text for hit in hits]
    assert [hit.score for hit in hits] == pytest.approx(
        reranker.score("邻居垫高水沟", texts).tolist(), abs=1e-5
    )


class TestCrossEncoder:
    def test_it_gives_a_share_for_each_pair_as_the_library_does(self, tmp_path):
        folder = str(cross_encoder(tmp_path / "reranker"))
        scores = CrossEncoderReranker(folder).score("水沟", TEXTS)
        theirs = CrossEncoder(folder).predict([("水沟", text) for text in TEXTS])
        assert scores == pytest.approx(theirs, abs=1e-5)
        assert scores.dtype == np.float32
        assert ((scores > 0) & (scores < 1)).all()

    def test_nothing_to_judge(self, tmp_path):
        reranker = CrossEncoderReranker(str(cross_encoder(tmp_path / "reranker")))
        assert reranker.score("水沟", ()).shape == (0,)
        assert reranker.name.startswith("st:reranker#")

    def test_a_classifier_is_no_reranker(self, tmp_path):
        folder = cross_encoder(tmp_path / "classifier", labels=3)
        with pytest.raises(ModelNotLoaded, match="不是对每对文本给出一个分数"):
            CrossEncoderReranker(str(folder))


def test_what_cannot_be_loaded_is_told(tmp_path):
    with pytest.raises(ModelNotLoaded, match="没有这个文件夹"):
        TransformerEmbedder(str(tmp_path / "nowhere"))
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "modules.json").write_text("no json", encoding="utf-8")
    with pytest.raises(ModelNotLoaded, match=r"模型 .*broken 无法加载"):
        TransformerEmbedder(str(broken))
