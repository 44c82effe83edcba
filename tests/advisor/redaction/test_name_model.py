"""The name model: what it reads, what a bad file does, how windows and alphabet fit."""

import numpy as np
import pytest

from advisor.redaction.lexicon import FOLDER
from advisor.redaction.name_model import LEFT, WIDTH, name_model, save, windows
from corpus.errors import KnowledgeError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("昨天王建国把门口堵了", "王建国"),
        ("这块地东至陈志强，西至水渠", "陈志强"),
        ("欧阳文斌收了钱不办事", "欧阳文斌"),
        ("张伟把门口堵了", "张伟"),
    ],
)
def test_a_name_is_read_where_no_word_announces_it(text, name):
    readings = name_model().read(text, 0.0)

    assert name in [text[one.start : one.end] for one in readings]


@pytest.mark.parametrize("text", ["", "\n", "水电费太贵", "abc 123", "\U00020000\ud800"])
def test_text_without_people_has_no_readings(text):
    assert name_model().read(text, 0.0) == []


def test_traditional_characters_read_like_simplified_ones():
    letters = name_model().letters

    assert letters.read("陳國華").tolist() == letters.read("陈国华").tolist()


def test_a_window_is_the_surname_and_what_stands_around_it():
    letters = name_model().letters
    ids = letters.read("我找王建国")
    seen = windows(ids, np.array([LEFT + 2]))

    assert seen.shape == (1, WIDTH)
    assert seen[0, LEFT] == letters.table[ord("王")]


def test_a_name_is_likelier_where_a_person_is_meant():
    model, text = name_model(), "如今建国变心，要建国先建军"

    assert model.standing(text, 2, 4, "王建国") > 0
    assert model.standing("二期工程", 0, 2, "王建国") < model.standing(text, 2, 4, "王建国")


def test_what_is_saved_reads_the_same(tmp_path):
    model = name_model()
    path = tmp_path / "names.npz"
    with np.load(FOLDER / "names.npz") as stored:
        characters = str(stored["characters"])
    save(path, characters, model.tables.weights)

    again = name_model(path).read("昨天王建国来过", 0.0)

    assert [(one.start, one.end) for one in again] == [(2, 5)]


def test_a_file_that_is_no_model_is_told(tmp_path):
    path = tmp_path / "names.npz"
    np.savez(path, characters=np.array("王"))

    with pytest.raises(KnowledgeError, match="不是姓名模型"):
        name_model(path)
