"""Families of law from titles: every question has one, procedure comes before its subject."""

import pytest

from eval.dataset import GoldArticle, load_dataset
from eval.families import FAMILIES, OTHER, family_of, family_of_question


@pytest.mark.parametrize(
    ("law", "part", "family"),
    [
        ("中华人民共和国民法典", "合同编", "民法典合同编"),
        ("民法典", "总则", "民法典总则"),
        ("中华人民共和国民法典", None, OTHER),
        ("中华人民共和国刑法", None, "刑法"),
        ("中华人民共和国刑事诉讼法", None, "程序"),
        ("中华人民共和国行政诉讼法", None, "程序"),
        ("中华人民共和国行政许可法", None, "行政"),
        ("中华人民共和国劳动合同法", None, "劳动"),
        ("中华人民共和国社会保险法", None, "劳动"),
        ("中华人民共和国保险法", None, "商事"),
        ("最高人民法院关于审理民间借贷案件适用法律若干问题的规定", None, "民事司法解释"),
        ("最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定", None, "民事司法解释"),
        ("最高人民法院关于审理劳动争议案件适用法律问题的解释（一）", None, "劳动"),
        ("物业管理条例", None, OTHER),
    ],
)
def test_a_title_tells_the_family(law, part, family):
    assert family_of(law, part) == family
    assert family in FAMILIES


def gold(law, article="第一条"):
    return GoldArticle(law=law, article=article)


def test_a_question_stands_with_most_of_its_articles_and_of_equals_with_the_first():
    assert family_of_question((gold("物业管理条例"), gold("刑法"), gold("刑法"))) == "刑法"
    assert family_of_question((gold("物业管理条例"), gold("刑法"))) == OTHER
    assert family_of_question(()) == OTHER


def test_most_real_questions_have_a_family_of_their_own(real_laws):
    path = real_laws.parent / "consultations" / "train.jsonl"
    if not path.is_file():
        pytest.skip("../shared/data/consultations is not here: the real questions are needed")
    questions = load_dataset(path).questions
    found = [family_of_question(question.gold) for question in questions]
    assert set(found) == set(FAMILIES)
    assert found.count(OTHER) < len(found) / 10
