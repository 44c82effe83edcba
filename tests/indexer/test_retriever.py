"""Retrieval: the right articles for the day and the place, the right cases, never an error."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from corpus.model import Status
from indexer.build import build
from indexer.memory import MemorySource
from indexer.retriever import Retriever

TODAY = date(2024, 6, 1)
XIUZHOU = ("浙江省", "嘉兴市", "秀洲区")


@pytest.fixture
def retriever(tmp_path, source):
    return Retriever(build(source, tmp_path), source)


def ids(hits):
    return [hit.article.statute.id for hit in hits]


def search(retriever, query, *, as_of=TODAY, region=XIUZHOU, k=10):
    return retriever.search(query, kind="statute", k=k, as_of=as_of, region=region)


def test_a_lay_complaint_finds_the_article_through_our_phrasings(retriever):
    best = search(retriever, "隔壁把地垫高，水出不去")[0]
    assert best.article.text == "相邻各方应当保证水沟自然流水通畅。"
    assert best.validity.status is Status.IN_FORCE
    assert best.score > 0


def test_only_what_is_in_force_on_the_day(retriever):
    assert set(ids(search(retriever, "水沟"))) == {"drains-2020", "zhejiang"}
    assert set(ids(search(retriever, "水沟", as_of=date(2015, 1, 1)))) == {
        "drains-2010",
        "zhejiang",
    }
    assert "future" in ids(search(retriever, "水沟", as_of=date(2031, 1, 1)))
    assert search(retriever, "水沟", as_of=date(1990, 1, 1)) == ()


@pytest.mark.parametrize(
    ("region", "local"),
    [
        ((), set()),
        (("浙江省",), {"zhejiang"}),
        (XIUZHOU, {"zhejiang"}),
        (("山东省",), {"shandong"}),
        (("河南省", "郑州市"), set()),
    ],
)
def test_national_rules_and_those_of_the_own_ladder_only(retriever, region, local):
    found = set(ids(search(retriever, "水沟", region=region)))
    assert found == {"drains-2020"} | local


def test_a_text_revised_since_is_found_and_says_so(tmp_path, source):
    known = MemorySource(source.views, source.resolved, frozenset({"parking"}))
    hit = search(Retriever(build(known, tmp_path), known), "消防通道")[0]
    assert hit.validity.status is Status.REVISED_SINCE


def test_an_article_with_a_sub_number_comes_back_as_itself(retriever):
    hit = search(retriever, "充电车位")[0]
    assert (hit.article.number.main, hit.article.number.sub) == (2, 1)


def test_cases_have_a_pool_of_their_own(retriever):
    hits = retriever.search("垫高挡水", kind="case", as_of=TODAY, region=XIUZHOU)
    assert hits[0].case.id == "fill"
    assert {hit.case.id for hit in hits} <= {"fill", "toilet"}


@pytest.mark.parametrize("kind", ["statute", "case"])
@pytest.mark.parametrize("query", ["", " \n", "？？", "\x00\ud800", "🙂", "xqzw", "龘靐"])
def test_nonsense_finds_nothing(retriever, kind, query):
    assert retriever.search(query, kind=kind, as_of=TODAY, region=XIUZHOU) == ()
    assert retriever.search_many([query, ""], kind=kind, as_of=TODAY, region=XIUZHOU) == ()


def test_a_very_long_complaint_is_searched_too(retriever):
    assert search(retriever, "小区消防通道被占，" * 3000)


def test_at_most_k_hits(retriever):
    assert len(search(retriever, "水沟车位", k=2)) == 2
    assert search(retriever, "水沟", k=0) == ()


def test_several_queries_are_fused(retriever):
    queries = ["消防通道", "水沟流水", "消防通道停放"]
    hits = retriever.search_many(queries, kind="statute", k=5, as_of=TODAY, region=XIUZHOU)
    assert {hit.article.text[:4] for hit in hits[:2]} == {"占用消防", "相邻各方"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    cases = retriever.search_many(queries, kind="case", k=1, as_of=TODAY, region=XIUZHOU)
    assert len(cases) <= 1


def test_no_query_finds_nothing(retriever):
    assert retriever.search_many([], kind="statute", as_of=TODAY, region=XIUZHOU) == ()


def test_what_the_corpus_no_longer_holds_is_not_shown(tmp_path, source):
    shrunk = MemorySource(source.views[:1], source.resolved[:1])
    retriever = Retriever(build(source, tmp_path), shrunk)
    assert search(retriever, "消防通道") == ()
    assert all(
        hit.case.id == "toilet"
        for hit in retriever.search("垫高挡水", kind="case", as_of=TODAY, region=XIUZHOU)
    )


def test_threads_share_a_retriever(retriever):
    queries = ["水沟", "消防通道", "充电车位"] * 20
    days = [date(2012 + place % 15, 1, 1) for place in range(len(queries))]
    alone = [search(retriever, q, as_of=day) for q, day in zip(queries, days, strict=True)]
    with ThreadPoolExecutor(8) as threads:
        together = threads.map(lambda q, day: search(retriever, q, as_of=day), queries, days)
        assert list(together) == alone
