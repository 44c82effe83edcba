"""The tellings we ship: of our matters and departments, each once, no measured text among them."""

import re
from collections import Counter

import pytest

from corpus.knowledge import load_knowledge
from corpus.lint_records import record_findings
from corpus.model import Telling


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


def test_every_matter_is_told_many_ways(knowledge):
    told = Counter(one.matters[0] for one in knowledge.tellings if one.matters)
    assert {b.id: told[b.id] for b in knowledge.playbooks if told[b.id] < 8} == {}
    assert sum(not one.matters for one in knowledge.tellings) >= 20


def test_they_name_matters_and_departments_that_there_are(knowledge):
    departments = {duty.department for duty in knowledge.duties}
    assert {name for one in knowledge.tellings for name in one.leads} <= departments
    wrong = [f for f in record_findings(knowledge) if f.where.startswith("诉求样例")]
    assert wrong == []


def test_none_is_told_twice(knowledge):
    texts = Counter(re.sub(r"\W", "", one.text) for one in knowledge.tellings)
    assert [text for text, times in texts.items() if times > 1] == []
    assert max(Counter(one.id for one in knowledge.tellings).values()) == 1


def test_an_article_is_of_the_core_or_beside_it_not_both(knowledge):
    for one in knowledge.tellings:
        named = Counter((ref.law, ref.article) for ref, _ in one.articles())
        assert max(named.values(), default=1) == 1, one.id
        assert sum(core for _, core in one.articles()) <= 5, one.id


def test_a_telling_names_its_articles_by_law():
    one = Telling.model_validate(
        {"id": "a", "text": "楼上漏水，没有人来管", "core": {"甲法": ["第一条"]}, "acceptable": {}}
    )
    ((ref, core),) = one.articles()
    assert (ref.law, ref.article, core) == ("甲法", "第一条", True)
