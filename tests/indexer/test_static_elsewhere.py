"""The shipped model read by other libraries: the same directions as our own reading of it."""

import importlib

import numpy as np
import pytest

from indexer.static_embedder import StaticEmbedder, presplit, shipped_model

TEXTS = (
    "楼上漏水泡坏了我家天花板，楼上的人不管",
    "物业不修电梯电梯电梯",
    "Ｗｉ－Ｆｉ 多少钱",
    "龘靐齉，邻居把水沟堵了",
)


@pytest.fixture(scope="module")
def folder():
    folder = shipped_model()
    if folder is None:
        pytest.skip("this checkout has no shipped model")
    return folder


@pytest.fixture(scope="module")
def ours(folder):
    return StaticEmbedder.read(folder).encode(TEXTS)


def installed(name):
    """A library, loaded here and not at the top, because torch takes seconds."""
    try:
        return importlib.import_module(name)
    except ImportError:
        pytest.skip(f"{name} is not installed: what it makes of the folder was not tried here")


@pytest.mark.filterwarnings("ignore")
def test_model2vec_reads_the_folder(folder, ours):
    model = installed("model2vec").StaticModel.from_pretrained(str(folder))
    found = model.encode([presplit(text) for text in TEXTS])
    assert np.abs(found - ours).max() < 1e-5


@pytest.mark.filterwarnings("ignore")
def test_sentence_transformers_reads_the_folder_as_a_static_embedding(folder, ours):
    library = installed("sentence_transformers")
    modules = installed("sentence_transformers.sentence_transformer.modules")
    model = library.SentenceTransformer(
        modules=[modules.StaticEmbedding.load(str(folder))], device="cpu"
    )
    found = model.encode([presplit(text) for text in TEXTS], normalize_embeddings=True)
    assert np.abs(found - ours).max() < 1e-5
