"""Kept vectors: nothing is paid twice, nothing of another model is kept, queries never are."""

from dataclasses import replace

import numpy as np
import pytest

from indexer import kept_vectors
from indexer.build import build
from indexer.embedders import HashingEmbedder
from indexer.errors import EmbeddingFailed
from indexer.kept_vectors import KeepingEmbedder
from indexer.same_model import PROBE

TEXTS = ("水沟被堵", "消防通道停车", "")


class Paid(HashingEmbedder):
    """Notes every passage it had to embed; may fail after some."""

    def __init__(self, dimension=32, *, fails_after=10**9):
        super().__init__(dimension)
        self.bill = []
        self._fails_after = fails_after

    @property
    def name(self):
        return "paid"

    def encode(self, texts):
        if len(self.bill) + len(texts) > self._fails_after:
            raise EmbeddingFailed("连接不上")
        self.bill += texts
        return super().encode(texts)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "vectors.db"


def test_the_second_time_nothing_is_paid_and_the_vectors_are_the_same(path):
    first = KeepingEmbedder(Paid(), path).encode(TEXTS)
    again = Paid()
    assert np.array_equal(KeepingEmbedder(again, path).encode(TEXTS), first)
    assert again.bill == [PROBE]
    assert first == pytest.approx(HashingEmbedder(32).encode(TEXTS), abs=1e-3)
    assert first.dtype == np.float32


def test_only_what_is_new_is_paid(path):
    KeepingEmbedder(Paid(), path).encode(TEXTS)
    more = Paid()
    found = KeepingEmbedder(more, path).encode(("充电车位", *TEXTS))
    assert more.bill == [PROBE, "充电车位"]
    assert found == pytest.approx(HashingEmbedder(32).encode(("充电车位", *TEXTS)), abs=1e-3)


def test_what_was_made_before_a_failure_is_kept(path, monkeypatch):
    monkeypatch.setattr(kept_vectors, "PIECE", 2)
    texts = [f"第{n}段" for n in range(6)]
    with pytest.raises(EmbeddingFailed):
        KeepingEmbedder(Paid(fails_after=5), path).encode(texts)
    rest = Paid()
    told = []
    KeepingEmbedder(rest, path, told.append).encode(texts)
    assert rest.bill == [PROBE, "第4段", "第5段"]
    assert told == []


def test_a_long_run_tells_how_far_it_is(path, monkeypatch):
    monkeypatch.setattr(kept_vectors, "PIECE", 2)
    told = []
    KeepingEmbedder(Paid(), path, told.append).encode(("甲", "乙", "丙"))
    assert told == ["生成向量 2/3……", "生成向量 3/3……"]


@pytest.mark.parametrize("other", [16, 64])
def test_another_model_behind_the_same_name_empties_what_was_kept(path, other):
    KeepingEmbedder(Paid(), path).encode(TEXTS)
    changed = Paid(other)
    found = KeepingEmbedder(changed, path).encode(TEXTS)
    assert changed.bill == [PROBE, *TEXTS]
    assert found.shape == (3, other)


def test_models_of_different_names_do_not_disturb_each_other(path):
    class Second(Paid):
        @property
        def name(self):
            return "second"

    KeepingEmbedder(Paid(), path).encode(TEXTS)
    KeepingEmbedder(Second(16), path).encode(TEXTS)
    back = Paid()
    KeepingEmbedder(back, path).encode(TEXTS)
    assert back.bill == [PROBE]


def test_queries_are_passed_on_and_not_kept(path):
    keeping = KeepingEmbedder(Paid(), path)
    assert np.array_equal(keeping.encode_query("张三"), HashingEmbedder(32).encode(("张三",))[0])
    assert not path.exists()


def test_an_index_built_again_pays_for_what_changed_alone(tmp_path, source, path):
    build(source, tmp_path, embedder=KeepingEmbedder(Paid(), path))
    changed = replace(source.views[0], text="小区车位另行规定。")
    paid = Paid()
    more = replace(source, views=(changed, *source.views[1:]))
    build(more, tmp_path, embedder=KeepingEmbedder(paid, path))
    assert paid.bill == [PROBE, "示例国停车条例\n第一章 总则\n小区车位另行规定。"]
