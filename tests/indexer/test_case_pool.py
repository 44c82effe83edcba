"""The pool of cases: found as soon as they are held, nearer ones first, each event once."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from corpus.model import Case, CaseSource
from indexer.build import build, ensure
from indexer.case_pool import MOST_LOOSE, CasePool
from indexer.case_score import CaseTraits, CaseWeights, Situation, day_of
from indexer.case_twins import twins_together
from indexer.embedders import HashingEmbedder
from indexer.memory import MemorySource
from indexer.publish import build_lock
from indexer.retriever import Retriever
from indexer.snapshot import open_current

DAY = date(2024, 6, 1)
SITUATION = Situation(DAY)
FACTS = "晾谷场的路灯坏了半个月，晚上看不见路，老人在坡上摔了一跤，村里说没有钱修"
ROAD = frozenset({"road"})
PLACE = ("浙江省", "嘉兴市", "秀洲区")


def case(id_, facts=FACTS, **fields):
    given = {
        "id": id_,
        "title": "路灯坏了",
        "place": "示例村",
        "facts": facts,
        "measures": ["更换电缆"],
        "outcome": "当天修好。",
        "source": CaseSource(kind="ledger"),
    }
    return Case(**given | fields)


def ids(found):
    return [one.case.id for one in found]


def told(number):
    """Facts of another event each time, about a lamp all the same."""
    return f"{chr(0x4E00 + number)}路灯{chr(0x5E00 + number)}"


def more(source, *cases):
    return replace(source, resolved=(*source.resolved, *cases))


@pytest.fixture(params=[None, HashingEmbedder(64)], ids=["words", "words and meaning"])
def embedder(request):
    return request.param


def test_a_case_that_came_after_the_build_is_found_without_another(tmp_path, source, embedder):
    snapshot = build(source, tmp_path, embedder=embedder)
    retriever = Retriever(snapshot, more(source, case("new")), embedder)
    hits = retriever.search("晾谷场路灯", kind="case", as_of=DAY, region=())
    assert ids(hits)[0] == "new"
    assert retriever.loose == 1
    assert retriever.version.startswith(f"{snapshot.generation}+cases.")


def test_a_case_beside_the_index_scores_as_one_inside(tmp_path, source, embedder):
    both = more(source, case("new", closed_on=date(2020, 1, 1)))
    beside = Retriever(build(source, tmp_path / "a", embedder=embedder), both, embedder)
    inside = Retriever(build(both, tmp_path / "b", embedder=embedder), both, embedder)
    for query in ("晾谷场路灯", "污水无法排出", "公厕异味"):
        one = beside.search(query, kind="case", as_of=DAY, region=())
        other = inside.search(query, kind="case", as_of=DAY, region=())
        assert ids(one) == ids(other)
        assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=0.05)


def test_what_changed_or_went_is_shown_as_it_is_now(tmp_path, source, embedder):
    snapshot = build(source, tmp_path, embedder=embedder)
    changed = source.resolved[0].model_copy(update={"facts": "晾谷场被车占满。"})
    now = replace(source, resolved=(changed,))
    retriever = Retriever(snapshot, now, embedder)
    (hit,) = retriever.search("晾谷场", kind="case", as_of=DAY, region=())
    assert hit.case == changed
    assert "fill" not in ids(retriever.search("垫高挡水", kind="case", as_of=DAY, region=()))


def test_the_pool_is_renewed_and_the_one_before_stays_as_it_was(tmp_path, source):
    corpus = Growing(source.views, source.resolved)
    before = Retriever(build(source, tmp_path), corpus)
    corpus.later.append(case("new"))
    after = before.with_cases()
    query = {"kind": "case", "as_of": DAY, "region": ()}
    assert before.search("晾谷场路灯", **query) == ()
    assert ids(after.search("晾谷场路灯", **query)) == ["new"]
    assert after.version != before.version == before.snapshot.generation
    assert after.with_cases().version == after.version


class Growing(MemorySource):
    """A corpus to which cases are added."""

    def __init__(self, *given):
        super().__init__(*given)
        object.__setattr__(self, "later", [])

    def cases(self):
        return (*self.resolved, *self.later)


class NoArticles(MemorySource):
    def articles(self):
        raise AssertionError


def test_a_service_keeps_its_generation_until_many_cases_are_new(tmp_path, source):
    first = build(source, tmp_path)
    few = [case(f"new{n}", told(n)) for n in range(MOST_LOOSE)]
    assert ensure(more(source, *few), tmp_path) == first
    many = NoArticles(source.views, (*source.resolved, *few, case("last")))
    taken_in = ensure(many, tmp_path)
    assert taken_in.generation != first.generation
    assert Retriever(taken_in, many).loose == 0


def test_an_explicit_build_takes_every_case_in(tmp_path, source):
    first = build(source, tmp_path)
    assert build(more(source, case("new")), tmp_path).generation != first.generation


def test_a_new_case_is_found_in_an_older_generation_when_the_newest_is_damaged(tmp_path, source):
    build(source, tmp_path)
    held = more(source, case("new"))
    victim = build(held, tmp_path).folder / "case" / "docs.uint32"
    victim.write_bytes(b"x")
    served = open_current(tmp_path)
    assert served.refused
    assert "new" in ids(Retriever(served, held).search("晾谷场", kind="case", as_of=DAY, region=()))


def test_while_another_builds_new_cases_are_found_all_the_same(tmp_path, source):
    build(source, tmp_path)
    held = more(source, case("new"))
    with build_lock(tmp_path):
        served = ensure(held, tmp_path)
        hits = Retriever(served, held).search("晾谷场", kind="case", as_of=DAY, region=())
    assert served.refused == ()
    assert ids(hits) == ["new"]


KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.build import build
from indexer.memory import MemorySource
import indexer.build
indexer.build.store_cases = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
build(MemorySource(), Path(sys.argv[1]), force=True)
"""


def test_a_build_that_was_killed_over_the_cases_changes_nothing(tmp_path, source):
    before = build(source, tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], check=False, cwd=os.getcwd()
    )
    assert run.returncode == -9
    assert open_current(tmp_path) == before
    held = more(source, case("new"))
    assert "new" in ids(
        Retriever(open_current(tmp_path), held).search("晾谷场", kind="case", as_of=DAY, region=())
    )


@pytest.mark.parametrize(
    ("near", "far", "situation"),
    [
        ({"matters": ["lamp"]}, {"matters": ["drain"]}, Situation(DAY, matter="lamp")),
        ({"matters": ["road"]}, {"matters": []}, Situation(DAY, (), "lamp", ROAD)),
        (
            {"matters": ["lamp"]},
            {"matters": ["road"]},
            Situation(DAY, (), "lamp", ROAD),
        ),
        ({"region": PLACE}, {"region": PLACE[:2]}, Situation(DAY, PLACE)),
        ({"region": PLACE[:2]}, {"region": PLACE[:1]}, Situation(DAY, PLACE)),
        ({"region": PLACE[:1]}, {"region": ("山东省",)}, Situation(DAY, PLACE)),
        ({"closed_on": date(2024, 1, 1)}, {"closed_on": date(2010, 1, 1)}, SITUATION),
        ({"closed_on": date(2024, 1, 1)}, {}, SITUATION),
        ({}, {"outcome": "更换电缆"}, SITUATION),
    ],
)
def test_of_two_told_alike_the_nearer_one_stands_first(near, far, situation):
    # The same characters, none of them in the same pairs: two events, told as well by the words.
    pool = CasePool.of([case("far", "路灯坏了甲乙", **far), case("near", "路灯坏了丙丁", **near)])
    assert ids(pool.search(["路灯坏了"], 5, situation)) == ["near", "far"]


def test_what_no_word_reaches_is_not_shown_however_near_it_is():
    pool = CasePool.of([case("near", "毫不相干", title="别的事", matters=["lamp"], region=PLACE)])
    assert pool.search(["小狗乱叫"], 5, Situation(DAY, PLACE, "lamp")) == ()


def test_weights_of_nothing_find_nothing():
    none = CaseWeights(*[0.0] * 7)
    assert CasePool.of([case("a")]).search(["路灯"], 5, SITUATION, none) == ()


def test_one_event_told_twice_is_shown_once_with_the_other_behind_it():
    pool = CasePool.of([case("first"), case("again", f"{FACTS}。请处理"), case("other", told(1))])
    found = pool.search([FACTS], 5, SITUATION)
    assert ids(found) == ["first", "other"]
    assert found[0].twins == ("again",)


def test_twins_leave_no_gap():
    again = [case(f"again{n}") for n in range(4)]
    pool = CasePool.of([*again, case("other", told(1)), case("third", told(2))])
    assert len(pool.search([FACTS], 3, SITUATION)) == 3


def test_short_accounts_are_one_event_only_when_they_are_the_same():
    short = [
        case(id_, facts, title="")
        for id_, facts in (("a", "路灯坏"), ("b", "路灯坏"), ("c", "路灯"))
    ]
    assert twins_together(short) == ((0, 1), (2,))


def test_a_complaint_is_not_its_own_precedent():
    pool = CasePool.of([case("own"), case("other", told(1))])
    found = pool.search(["路灯"], 5, replace(SITUATION, own=frozenset({"own", "unknown"})))
    assert ids(found) == ["other"]


def test_several_queries_reach_a_case_by_their_mean():
    pool = CasePool.of([case("lamp", "路灯坏了"), case("ditch", "水沟堵了", title="水沟")])
    assert ids(pool.search(["水沟堵了", "水沟", "路灯"], 2, SITUATION))[0] == "ditch"
    assert pool.search(["", "龘靐"], 2, SITUATION) == ()


@pytest.mark.parametrize(
    ("closed", "reported", "day"),
    [
        (date(2020, 2, 3), "2021-01-01", date(2020, 2, 3)),
        (None, "2021-05-06", date(2021, 5, 6)),
        (None, "2021-05", date(2021, 5, 1)),
        (None, "2021", date(2021, 1, 1)),
        (None, "2021-13", None),
        (None, "去年", None),
        (None, None, None),
    ],
)
def test_the_day_of_a_case_is_its_closing_or_what_its_report_says(closed, reported, day):
    one = case("a", closed_on=closed, source=CaseSource(kind="public", date=reported))
    assert day_of(one) == day


def test_traits_of_no_case_are_empty():
    assert len(CaseTraits.of(())) == 0
    assert CasePool.of(()).search(["路灯"], 5, SITUATION) == ()
