"""The learned index: what is offered, its features, and the order the judge gives."""

from datetime import date

import numpy as np
import pytest

from corpus.model import ArticleNumber
from indexer.build import build
from indexer.embedders import HashingEmbedder
from indexer.learned.features import FEATURES
from indexer.learned.index import LearnedRanking
from indexer.learned.prior import FAR, NO_PLACE, KnownArticle, Leaning, NoPrior
from indexer.retriever import Retriever

TODAY = date(2024, 6, 1)
XIUZHOU = ("浙江省", "嘉兴市", "秀洲区")
DITCH = ("示例国排水条例", ArticleNumber(3))
FIRE = ("示例国停车条例", ArticleNumber(2))


class Judge:
    """Trusts one feature."""

    def __init__(self, feature="whole_mixed", asked=None):
        self.asked = asked or {}
        self._column = FEATURES.index(feature)

    def fits(self, embedder):
        return embedder != "foreign"

    def probability(self, rows):
        return np.clip(rows[:, self._column], 0, 1).astype(np.float32)


class Prior:
    """Knows two articles; a text on cars turns on the second, and on nothing else."""

    def known(self):
        return (
            KnownArticle(*DITCH, matters=3, cases=1, gist=True),
            KnownArticle(*FIRE, matters=1),
            KnownArticle("示例国不存在的条例", ArticleNumber(1), matters=1),
        )

    def leaning(self, text):
        cars = "车" in text
        column = lambda none, value: np.array(  # noqa: E731
            [none, value if cars else none, none], dtype=np.float32
        )
        return Leaning(
            mass=column(0, 0.9),
            rank=column(FAR, 0),
            place=column(NO_PLACE, 2),
            fit=column(-1, 2),
            sure=column(0, 0.8),
            laws={FIRE[0]: 0.5} if cars else {},
            issues=(text,),
        )


@pytest.fixture
def searching(tmp_path, source):
    embedder = HashingEmbedder()
    snapshot = build(source, tmp_path, embedder=embedder)

    def over(judge, prior=None):
        ranking = LearnedRanking(prior or Prior(), judge)
        return Retriever(snapshot, source, embedder, ranking=ranking)

    return over


def offered(retriever, query, region=XIUZHOU):
    found = retriever.offered(query, as_of=TODAY, region=region)
    rows = [dict(zip(FEATURES, row.tolist(), strict=True)) for row in found.rows]
    return dict(zip(found.articles, rows, strict=True))


def test_every_feature_has_its_column(searching):
    rows = offered(searching(Judge()), "水沟被堵")
    assert all(len(row) == len(FEATURES) for row in rows.values())
    assert all(np.isfinite(list(row.values())).all() for row in rows.values())


def test_articles_of_the_likely_matters_are_offered_though_no_word_leads_there(searching):
    query = "车把我家水沟压坏了"
    with_prior = offered(searching(Judge()), query)
    assert FIRE in with_prior
    fire = with_prior[FIRE]
    assert (fire["matter_mass"], fire["matter_rank"], fire["matter_place"]) == (
        pytest.approx(0.9),
        0,
        2,
    )
    assert (fire["matter_fit"], fire["matter_sure"]) == (2, pytest.approx(0.8))
    assert fire["law_mass"] == pytest.approx(0.5)
    ditch = with_prior[DITCH]
    assert (ditch["matter_mass"], ditch["matter_rank"], ditch["matter_place"]) == (0, FAR, NO_PLACE)
    assert ditch["matter_fit"] == -1
    assert (ditch["cited_by_matters"], ditch["has_gist"]) == (pytest.approx(np.log1p(3)), 1)


def test_nothing_beyond_the_place_or_the_day_is_offered(searching):
    assert all(title != "示例山东省水沟条例" for title, _ in offered(searching(Judge()), "水沟"))
    titles = {title for title, _ in offered(searching(Judge()), "水沟", region=())}
    assert "示例浙江省水沟条例" not in titles
    assert "示例国噪声条例" not in titles


def test_the_judge_decides_the_order_and_its_score_is_the_likelihood(searching):
    hits = searching(Judge("matter_mass")).search(
        "车把我家水沟压坏了", kind="statute", as_of=TODAY, region=XIUZHOU
    )
    assert (hits[0].article.statute.title, hits[0].article.number) == FIRE
    assert hits[0].applies == pytest.approx(0.9)
    assert all(hit.applies == 0 for hit in hits[1:])


def test_questions_learnt_from_speak_for_their_articles_and_laws(searching):
    asked = {DITCH[0]: {DITCH[1]: 4, ArticleNumber(9): 1}, "别的法": {ArticleNumber(1): 7}}
    rows = offered(searching(Judge(asked=asked)), "水沟被堵，车停满了")
    assert rows[DITCH]["asked"] == pytest.approx(np.log1p(4))
    assert rows[DITCH]["law_asked"] == pytest.approx(np.log1p(5))
    assert rows[FIRE]["asked"] == rows[FIRE]["law_asked"] == 0


def test_a_text_without_a_known_word_finds_nothing(searching):
    retriever = searching(Judge())
    assert retriever.search("xyz", kind="statute", as_of=TODAY, region=XIUZHOU) == ()
    assert offered(retriever, "xyz") == {}
    assert retriever.search("水沟", kind="statute", k=0, as_of=TODAY, region=XIUZHOU) == ()


def test_without_knowledge_it_still_ranks(searching):
    hits = searching(Judge(), NoPrior()).search(
        "水沟被堵", kind="statute", as_of=TODAY, region=XIUZHOU
    )
    assert hits
    assert hits[0].article.number == DITCH[1]


def test_another_embedder_or_none_leaves_the_hybrid_order(tmp_path, source):
    class Foreign(HashingEmbedder):
        name = "foreign"

    foreign = Foreign()
    snapshot = build(source, tmp_path, embedder=foreign)
    ranking = LearnedRanking(Prior(), Judge())
    for embedder in (foreign, None):
        retriever = Retriever(snapshot, source, embedder, ranking=ranking)
        assert not retriever.learned
        (first, *_) = retriever.search("水沟", kind="statute", as_of=TODAY, region=XIUZHOU)
        assert first.applies is None
        assert offered(retriever, "水沟") == {}


def test_a_ranking_can_be_taken_away_and_put_back(searching):
    learned = searching(Judge())
    plain = learned.with_ranking(None)
    assert learned.learned
    assert not plain.learned
    assert plain.with_ranking(LearnedRanking(Prior(), Judge())).learned


def test_a_short_text_is_learnt_from_at_its_length_and_judged_as_a_longer_one(searching):
    seen = []

    class Watching(Judge):
        def probability(self, rows):
            seen.append(np.expm1(rows[0, FEATURES.index("length")]))
            return super().probability(rows)

    retriever = searching(Watching())
    (row, *_) = offered(retriever, "水沟被堵").values()
    assert np.expm1(row["length"]) == pytest.approx(4)
    for query in ("水沟被堵", "水沟被堵" * 30):
        retriever.search(query, kind="statute", as_of=TODAY, region=XIUZHOU)
    assert seen == pytest.approx([80, 120], rel=1e-4)
