"""Where our knowledge leads before any search."""

import pytest

from advisor.article_prior import PlaybookPrior
from advisor.matter import MatterRecognizer
from corpus.knowledge import load_knowledge
from corpus.library import Library
from indexer.learned.prior import FAR, NO_PLACE

LEAK = "楼上卫生间漏水，我家天花板都泡坏了，叫他修他不肯修。"


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="module")
def prior(knowledge):
    return PlaybookPrior(knowledge, Library(None, knowledge), MatterRecognizer.of(knowledge))


def _at(prior, title, main):
    return next(
        n for n, one in enumerate(prior.known()) if one.title == title and one.number.main == main
    )


def test_every_gist_and_every_article_of_a_guide_is_known_once(prior, knowledge) -> None:
    known = [(one.title, one.number) for one in prior.known()]
    assert len(known) == len(set(known))
    assert sum(one.gist for one in prior.known()) == len(
        {(s.title, g.article) for s in knowledge.statutes for g in s.articles}
    )


def test_the_likely_matters_articles_stand_out(prior) -> None:
    leaning = prior.leaning(LEAK)
    leak = _at(prior, "中华人民共和国民法典", 296)
    assert leaning.mass[leak] > 0.3
    assert leaning.rank[leak] == 0
    assert leaning.fit[leak] >= 1
    assert leaning.laws["中华人民共和国民法典"] > 0.3
    wages = next(n for n, one in enumerate(prior.known()) if one.title == "保障农民工工资支付条例")
    assert leaning.rank[wages] == FAR
    assert leaning.place[wages] == NO_PLACE
    assert leaning.fit[wages] == -1


def test_the_columns_fit_the_known_articles(prior) -> None:
    leaning = prior.leaning("")
    sizes = {len(c) for c in (leaning.mass, leaning.rank, leaning.place, leaning.fit, leaning.sure)}
    assert sizes == {len(prior.known())}


def test_the_issues_are_the_telling_sentences_the_longest_first(prior) -> None:
    text = "领导您好！\n楼上漏水三个月了，天花板发霉。\n物业不管。\n谢谢"
    assert prior.leaning(text).issues[0] == "楼上漏水三个月了，天花板发霉。"
    assert "领导您好！" not in prior.leaning(text).issues
