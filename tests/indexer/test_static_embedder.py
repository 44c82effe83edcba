"""The static embedder: sums of stored rows, the same vectors for whoever reads the folder."""

import json
from datetime import date

import numpy as np
import pytest

from indexer.errors import ModelDamaged
from indexer.static_embedder import StaticEmbedder, presplit, shipped_model
from indexer.static_format import TENSORS, TOKENIZER, StaticTable, read_card, write_model
from indexer.static_format import Card as ModelCard
from indexer.tokenizer import token_text, tokenize, tokens_of

WORDS = ("水", "沟", "水沟", "车", "位", "车位", "b", "𠮷")


def card():
    return ModelCard(
        seed=1,
        recipe={"steps": 2},
        pairs={"gist": 1},
        texts=2,
        tokens=len(WORDS),
        corpus="示例",
        questions=None,
        as_of=date(2024, 1, 1),
        region=(),
        versions={},
    )


def table(dimension=16):
    tokens = np.sort(tokens_of(WORDS))
    random = np.random.default_rng(5)
    vectors = random.standard_normal((len(tokens), dimension)).astype(np.float32)
    return StaticTable.quantized(tokens, vectors)


@pytest.fixture
def folder(tmp_path):
    write_model(tmp_path / "model", table(), card())
    return tmp_path / "model"


def unit(vector):
    return vector / np.linalg.norm(vector)


def test_a_vector_is_the_sum_of_its_tokens_rows(folder):
    stored = table()
    vectors = stored.rows * stored.weights[:, None]
    places = np.searchsorted(stored.tokens, tokens_of(("水", "沟", "水沟")))
    found = StaticEmbedder.read(folder).encode(("水沟",))[0]
    assert found == pytest.approx(unit(vectors[places].sum(axis=0)), abs=1e-6)


def test_a_token_that_stands_often_counts_more_but_not_as_often(folder):
    stored = table()
    place = np.searchsorted(stored.tokens, tokens_of(("水", "车")))
    water, car = (stored.rows[place] * stored.weights[place, None]).astype(np.float32)
    found = StaticEmbedder.read(folder).encode(("水。水。水。水。水。车",))[0]
    assert found == pytest.approx(unit(3 * water + car), abs=1e-6)


def test_rounding_to_one_byte_moves_a_number_by_half_a_step_at_most():
    vectors = np.random.default_rng(2).standard_normal((8, 32)).astype(np.float32)
    stored = StaticTable.quantized(np.arange(8, dtype=np.uint64), vectors)
    error = np.abs(stored.rows * stored.weights[:, None] - vectors)
    assert (error <= np.abs(vectors).max(axis=1, keepdims=True) / 127 / 2 + 1e-6).all()


def test_no_known_token_gives_no_direction(folder):
    assert not StaticEmbedder.read(folder).encode(("", "龘靐", "？")).any()


def test_more_texts_than_one_piece(folder):
    embedder = StaticEmbedder.read(folder)
    vectors = embedder.encode(["水沟", "车位"] * 1500)
    assert np.array_equal(vectors[2998:], embedder.encode(["水沟", "车位"]))


def test_the_name_changes_with_the_model(folder, tmp_path):
    write_model(tmp_path / "other", table(8), card())
    names = {StaticEmbedder.read(one).name for one in (folder, tmp_path / "other")}
    assert len(names) == 2
    write_model(tmp_path / "again", table(), card())
    assert StaticEmbedder.read(tmp_path / "again").name in names


def test_the_card_tells_what_it_saw(folder):
    assert StaticEmbedder.read(folder).card.pairs == {"gist": 1}
    assert read_card(folder).files.keys() >= {TENSORS, TOKENIZER}


@pytest.mark.parametrize("name", [TENSORS, TOKENIZER, "card.json"])
@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_damaged_model_is_refused(folder, name, damage):
    path = folder / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 if name != "card.json" else 0] ^= 1
    path.unlink() if damage == "gone" else path.write_bytes(raw)
    with pytest.raises(ModelDamaged, match="无法使用"):
        StaticEmbedder.read(folder)


class AsModel2VecDoes:
    """How model2vec reads the folder: white space, rows, weights, mean, length one."""

    def __init__(self, folder):
        raw = (folder / TENSORS).read_bytes()
        length = int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8 : 8 + length])
        body = raw[8 + length :]
        kinds = {"I8": np.int8, "F32": np.float32}
        self._tensors = {
            name: np.frombuffer(body[slice(*one["data_offsets"])], kinds[one["dtype"]]).reshape(
                one["shape"]
            )
            for name, one in header.items()
        }
        self._vocabulary = json.loads((folder / TOKENIZER).read_text())["model"]["vocab"]

    def encode(self, text):
        rows = [self._vocabulary[word] for word in text.split() if word in self._vocabulary]
        weighted = self._tensors["embeddings"][rows] * self._tensors["weights"][rows][:, None]
        return unit(weighted.mean(axis=0))


@pytest.mark.parametrize("text", ["水沟", "车位，水沟水沟水沟被占", "Ｂ𠮷𠮷"])
def test_who_averages_rows_of_presplit_text_gets_the_same_vector(folder, text):
    expected = AsModel2VecDoes(folder).encode(presplit(text))
    assert StaticEmbedder.read(folder).encode((text,))[0] == pytest.approx(expected, abs=1e-6)


def test_presplit_text_holds_every_token():
    assert set(presplit("车位水").split()) == {"车", "位", "水", "车位", "位水"}


def test_words_and_tokens_turn_into_each_other():
    tokens = tokenize("车位𠮷b")
    assert np.array_equal(tokens_of([token_text(int(token)) for token in tokens]), tokens)


def test_the_shipped_model_is_whole():
    folder = shipped_model()
    if folder is None:
        pytest.skip("this checkout has no shipped model")
    embedder = StaticEmbedder.read(folder)
    asked, near, far = embedder.encode(
        ("楼上漏水泡坏了我家天花板", "相邻渗漏水造成他人房屋损坏的应当赔偿", "渔船出海应当办理登记")
    )
    assert asked @ near > asked @ far
    assert sum(path.stat().st_size for path in folder.iterdir()) < 30_000_000
