"""Training: what is learnt from what, the same every time, and a clear word where it cannot be."""

import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from corpus.knowledge import Knowledge
from corpus.model import ArticleNumber
from corpus.records import LexiconEntry
from indexer.errors import TrainingRefused
from indexer.hard_negatives import mine
from indexer.memory import MemorySource
from indexer.recipe import Recipe, Stage
from indexer.static_embedder import StaticEmbedder
from indexer.static_format import StaticTable, write_model
from indexer.tokenizer import tokenize
from indexer.training import Seen, train
from indexer.training_material import LabelledQuestion, Material, TrainingScope, gather
from indexer.training_questions import read_questions

TODAY = date(2024, 6, 1)
SCOPE = TrainingScope(TODAY, ("浙江省",))
SEEN = Seen("示例", None, SCOPE)


def knowledge():
    entry = LexiconEntry(term="阴沟", official=["排水", "水沟"])
    return Knowledge(lexicon=(entry,))


def question(text, law, number, as_of=TODAY):
    return LabelledQuestion(text, ((law, ArticleNumber(number, 0)),), as_of)


@pytest.fixture
def material(source):
    asked = (question("车停在救火的路上怎么办", "示例国停车条例", 2),)
    return gather(source, knowledge(), asked, SCOPE, seed=1)


def pairs(material, kind):
    return [(material.texts[a], material.texts[b]) for a, b in material.pairs[kind]]


def test_a_question_is_paired_with_its_article(material):
    [(asked, answer)] = pairs(material, "question")
    assert asked == "车停在救火的路上怎么办"
    assert answer.endswith("占用消防通道停放车辆的，责令改正。")


def test_phrasings_and_gists_are_paired_with_their_article(material):
    told = {asked for asked, _ in pairs(material, "gist")}
    assert told == {
        "邻居垫高地面挡住排水的，应当恢复。",
        "隔壁把地填高了，我家水出不去",
        "邻居堵了水沟",
    }


def test_the_lexicon_is_learnt(material):
    assert pairs(material, "word") == [("阴沟", "排水 水沟")]


def test_only_what_holds_here_and_now_takes_part(material):
    told = "\n".join(material.texts)
    assert "本省水沟" in told
    assert "山东" not in told
    assert "夜间噪声" not in told
    assert "水沟清理可以收费" not in told


def test_on_the_day_of_a_question_older_versions_take_part(source):
    asked = (question("水沟能堵吗", "示例国排水条例", 3, date(2015, 1, 1)),)
    material = gather(source, knowledge(), asked, SCOPE, seed=1)
    assert pairs(material, "question")[0][1].endswith("相邻各方不得堵塞水沟。")


def test_a_question_whose_article_is_not_held_teaches_nothing(source):
    asked = (question("月亮归谁", "示例国月亮条例", 1),)
    assert not gather(source, knowledge(), asked, SCOPE, seed=1).pairs["question"]


def test_sentences_and_citations(source):
    text = "堵塞水沟造成他人损失的应当赔偿。违反本条例第一条规定的，由村民委员会责令恢复原状。"
    view = replace(source.views[1], text=text)
    more = MemorySource((source.views[0], view))
    material = gather(more, knowledge(), (), SCOPE, seed=1)
    assert len(material.pairs["sentence"]) == 2
    for sentence, rest in pairs(material, "sentence"):
        assert sentence in text
        assert sentence not in rest
    [(citing, cited)] = pairs(material, "citation")
    assert "第一条" in citing
    assert "小区车位" in cited


def test_the_same_seed_gathers_the_same(source):
    one, two = (gather(source, knowledge(), (), SCOPE, seed=4) for _ in range(2))
    assert (one.texts, one.pairs) == (two.texts, two.pairs)


def test_the_digest_of_the_material_changes_with_any_text_or_pair(source):
    digest = gather(source, knowledge(), (), SCOPE, seed=1).digest()
    assert gather(source, knowledge(), (), SCOPE, seed=1).digest() == digest
    assert gather(source, Knowledge(), (), SCOPE, seed=1).digest() != digest
    paired = gather(source, knowledge(), (), SCOPE, seed=1)
    paired.pairs["word"].append((0, 1))
    assert paired.digest() != digest


def test_hard_negatives_are_near_and_never_the_answer():
    material = Material()
    texts = [f"水沟{letter}" for letter in "甲乙丙丁戊己"]
    material.articles = [material.place(text) for text in texts]
    material.known = {place: place for place in material.articles}
    material.add("question", "水沟", material.articles[0])
    tokens = np.unique(tokenize("".join(texts)))
    table = StaticTable.quantized(tokens, np.ones((len(tokens), 4), dtype=np.float32))
    mined = mine(table, material, seed=1)
    wrong = mined[material.place("水沟")]
    assert 0 < len(wrong) < len(texts) - 1
    assert material.articles[0] not in wrong


def tiny():
    stages = (Stage(30, 0.05, {"gist": 1, "question": 1, "heading": 1}),) * 2
    return Recipe(dimension=8, batch=8, threads=1, first=stages[0], second=stages[1])


def test_without_torch_it_says_what_to_install(material, monkeypatch):
    monkeypatch.setitem(sys.modules, "indexer.learner", None)
    with pytest.raises(TrainingRefused, match=r"torch.*\[models\]"):
        train(material, tiny(), seen=SEEN, tell=lambda _: None)


def test_nothing_to_learn_from_is_refused():
    with pytest.raises(TrainingRefused, match="没有可供学习的语料"):
        train(Material(), tiny(), seen=SEEN, tell=lambda _: None)


class TestWithTorch:
    @pytest.fixture(autouse=True)
    def needs_torch(self):
        pytest.importorskip("torch", reason="torch is not installed: the [models] extra")

    def test_a_model_is_learnt_and_says_what_it_saw(self, material, tmp_path):
        told = []
        table, card = train(material, tiny(), seen=SEEN, tell=told.append)
        assert card.pairs == dict(material.counts())
        assert card.tokens == len(table.tokens) > 0
        assert card.as_of == TODAY
        assert any("难例" in line for line in told)
        write_model(tmp_path / "model", table, card)
        embedder = StaticEmbedder.read(tmp_path / "model")
        right, wrong = "占用消防通道停放车辆的，责令改正。", "相邻各方不得堵塞水沟。"
        asked, near, far = embedder.encode(("车停在救火的路上怎么办", right, wrong))
        assert asked @ near > asked @ far

    def test_the_same_seed_gives_the_same_model(self, material):
        one, two = (train(material, tiny(), seen=SEEN, tell=lambda _: None)[0] for _ in range(2))
        assert np.array_equal(one.rows, two.rows)
        assert np.array_equal(one.weights, two.weights)


ROW = (
    '{"question": "水沟", "gold": [{"law": "示例国排水条例", "article": "第三条"}], '
    '"as_of": "2024-01-01"}'
)


def test_questions_are_read_and_one_in_five_left_out(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join([ROW] * 10 + [""]), encoding="utf-8")
    assert len(read_questions(path).questions) == 10
    left = read_questions(path, leave_out=3)
    assert len(left.questions) == 8
    assert "8 of 10 rows" in left.told
    assert left.questions[0].gold == (("示例国排水条例", ArticleNumber(3, 0)),)


@pytest.mark.parametrize("line", ["{", "{}", ROW.replace("第三条", "某条"), "[1]"])
def test_a_row_that_cannot_be_read_is_named(tmp_path, line):
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{ROW}\n{line}\n", encoding="utf-8")
    with pytest.raises(TrainingRefused, match="第 2 行"):
        read_questions(path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TrainingRefused, match="无法读取"):
        read_questions(path)
