"""The remote embedder against a real server: what is sent, what is repeated, what is refused."""

import json

import numpy as np
import pytest

from indexer.embedders import HashingEmbedder
from indexer.errors import EmbeddingFailed, ModelSettingInvalid
from indexer.remote_embedder import RemoteEmbedder, RemoteModel

SOON = {"retry-after-ms": "1"}
TEXTS = ("水沟被堵", "消防通道停车", "充电车位")


def remote(server, **given):
    return RemoteEmbedder(RemoteModel("示例-embedding", server.url, **given))


def test_vectors_are_those_of_the_server_in_order_and_of_length_one(embeddings):
    vectors = remote(embeddings).encode(TEXTS)
    assert np.allclose(vectors, HashingEmbedder(embeddings.width).encode(TEXTS), atol=1e-6)
    ((path, headers, body),) = embeddings.asked
    assert path == "/v1/embeddings"
    assert (body["model"], body["input"]) == ("示例-embedding", list(TEXTS))
    assert "authorization" not in headers


def test_the_key_goes_into_the_header(embeddings):
    remote(embeddings, api_key=" sk-1 ").encode(TEXTS)
    assert embeddings.asked[0][1]["authorization"] == "Bearer sk-1"


def test_what_stands_before_queries_and_passages(embeddings):
    embedder = remote(embeddings, query="查询：", passage="条文：")
    embedder.encode(TEXTS[:1])
    embedder.encode_query(TEXTS[1])
    assert embeddings.texts == ["条文：水沟被堵", "查询：消防通道停车"]


def test_many_texts_go_in_batches_and_long_ones_are_cut(embeddings):
    vectors = remote(embeddings, batch=2, max_characters=3).encode(("甲乙丙丁", "戊", "己"))
    assert [body["input"] for _, _, body in embeddings.asked] == [["甲乙丙", "戊"], ["己"]]
    assert vectors.shape == (3, embeddings.width)


def test_blank_texts_are_not_sent(embeddings):
    embedder = remote(embeddings)
    vectors = embedder.encode(("", "水沟", " \n"))
    assert embeddings.texts == ["水沟"]
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([0, 1, 0])
    assert not embedder.encode_query("  ").any()


def test_the_dimension_is_asked_once(embeddings):
    embedder = remote(embeddings)
    assert embedder.encode(()).shape == (0, embeddings.width)
    assert embedder.dimension == embedder.dimension == embeddings.width
    assert len(embeddings.asked) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_server_is_asked_again(embeddings, status):
    embeddings.faults = [(status, SOON)] * 5
    assert remote(embeddings).encode(TEXTS).shape == (3, embeddings.width)
    assert len(embeddings.asked) == 6


def test_but_not_for_ever_and_a_query_only_once(embeddings):
    embeddings.faults = [(503, SOON)] * 20
    with pytest.raises(EmbeddingFailed, match="503"):
        remote(embeddings, batch=1).encode(TEXTS)
    assert len(embeddings.asked) == 6
    with pytest.raises(EmbeddingFailed):
        remote(embeddings).encode_query("水沟")
    assert len(embeddings.asked) == 8


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (400, "ADVISOR_EMBEDDER_MAX_CHARACTERS"),
        (401, "ADVISOR_EMBEDDER_API_KEY"),
        (402, "余额"),
        (403, "权限"),
        (404, "ADVISOR_EMBEDDER"),
        (413, "ADVISOR_EMBEDDER_BATCH"),
        (302, "别的地址"),
    ],
)
def test_a_refusal_is_told_at_once_and_without_the_servers_words(embeddings, status, told):
    embeddings.faults = [(status, {"Location": "http://127.0.0.1:1/"})]
    with pytest.raises(EmbeddingFailed, match=told) as caught:
        remote(embeddings).encode(TEXTS)
    assert "sk-secret" not in str(caught.value)
    assert len(embeddings.asked) == 1


def rows(*vectors):
    found = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors)]
    return json.dumps({"data": found}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"{}",
        b"[]",
        b'{"data": null}',
        b'{"data": []}',
        b'{"data": [{"index": 0}]}',
        rows([1.0, 0.0]),
        rows([1.0, 0.0], [1.0]),
        rows(1.0, 1.0),
        rows([], []),
        rows(["x"], ["y"]),
        rows([1.0, 0.0], [0.0, 0.0]),
        rows([1.0, 0.0], [float("nan"), 0.0]),
        rows([1.0, 0.0], [float("inf"), 0.0]),
    ],
)
def test_what_is_no_vector_is_refused(embeddings, body):
    embeddings.faults = [body]
    with pytest.raises(EmbeddingFailed, match="返回的"):
        remote(embeddings).encode(TEXTS[:2])


def test_batches_of_different_width_are_refused(embeddings):
    embeddings.faults = [rows([1.0, 0.0])]
    with pytest.raises(EmbeddingFailed, match="维数不一致"):
        remote(embeddings, batch=1).encode(TEXTS)


def test_nobody_there_and_nobody_in_time(embeddings):
    gone = RemoteModel("m", "http://127.0.0.1:9/v1")
    with pytest.raises(EmbeddingFailed, match="连接不上"):
        RemoteEmbedder(gone).encode_query("水沟")
    embeddings.silence = 0.4
    with pytest.raises(EmbeddingFailed, match="ADVISOR_EMBEDDER_TIMEOUT"):
        remote(embeddings, timeout=0.05).encode_query("水沟")


def test_the_name_tells_models_addresses_and_passages_apart_but_not_queries_or_keys():
    def name(model="m", url="http://a.example/v1", **given):
        return RemoteEmbedder(RemoteModel(model, url, **given)).name

    names = {name(), name("n"), name(url="http://b.example/v1"), name(passage="文：")}
    assert len({*names, name(max_characters=9)}) == 5
    assert name() == name(query="问：", api_key="k", batch=3, timeout=1)
    assert "example" not in name()


def test_a_key_that_cannot_stand_in_a_header_is_refused():
    with pytest.raises(ModelSettingInvalid, match="ADVISOR_EMBEDDER_API_KEY"):
        RemoteEmbedder(RemoteModel("m", "http://a.example/v1", api_key="密钥"))
