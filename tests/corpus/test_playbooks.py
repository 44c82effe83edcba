"""The playbooks and duties we ship: valid, consistent, and resting on articles that exist."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import yaml

from corpus.knowledge import Knowledge, load_knowledge
from corpus.model import ArticleRef, Competence, Duty, Playbook

DATA = Path(__file__).parents[2] / "corpus" / "data"
REAL_LAWS = Path(__file__).parents[2].parent / "shared" / "data" / "laws"

SNAPSHOT = date(2025, 4, 19)
"""Day of the collection; later texts are known by the gists we verified."""
ARTICLE_START = re.compile(
    r"^[#\s*]*(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?=[\s　])",
    re.MULTILINE,
)
SITUATIONS: Mapping[str, tuple[str, ...]] = {
    "neighbour_drainage_fill": ("第二百八十八条", "第二百九十条", "第二百九十六条"),
    "blocked_sewer_estate": ("第二百七十三条", "第二百八十三条"),
    "shopfront_sewer": ("第二十一条",),
    "upstairs_leak": ("第二百九十六条", "第一千一百六十五条"),
    "outer_wall_warranty": ("第四十条", "第四十一条"),
    "parking_shortage": ("第二百七十五条", "第二百七十六条"),
    "public_water_fee": ("第九百八十五条",),
    "public_toilet_environment": ("第四十一条",),
    "fire_safety_corridor": ("第二十八条",),
    "picking_fall": ("第一千一百九十二条", "第五条"),
    "nut_picking_dispute": ("第三百二十一条", "第二十二条"),
}


TOLD: Mapping[str, tuple[str, str, str]] = {
    "a dance is no building site": (
        "noise_disturbance",
        "小区门口天天跳广场舞，音响开得很大",
        "夜间施工",
    ),
    "a bus driver works on no building site": (
        "wage_arrears",
        "我开公交车，公司四个月没发工资",
        "总承包",
    ),
    "a flat not finished is no school place": (
        "late_delivery_certificate",
        "合同写去年六月交房，到现在还是个框架",
        "虚假宣传",
    ),
    "a barking dog has bitten nobody": ("dog_keeping", "隔壁的狗整夜叫，全楼睡不着", "疫苗"),
    "a lift out of order is not a new one": (
        "elevator_retrofit",
        "电梯三天两头坏，昨天又停在半空",
        "图纸",
    ),
}
"""Complaint in our words, the playbook, and what its steps must say nothing of."""


@cache
def playbooks() -> tuple[Playbook, ...]:
    files = sorted((DATA / "playbooks").glob("*.yaml"))
    return tuple(Playbook.model_validate(yaml.safe_load(f.read_text("utf-8"))) for f in files)


@cache
def duties() -> Mapping[str, Duty]:
    rows = chain.from_iterable(
        yaml.safe_load(f.read_text("utf-8")) for f in sorted((DATA / "duties").glob("*.yaml"))
    )
    listed = [Duty.model_validate(row) for row in rows]
    assert len({d.id for d in listed}) == len(listed)
    return {d.id: d for d in listed}


def competences(book: Playbook) -> tuple[Competence, ...]:
    return (*book.lead, *book.support)


def cited(book: Playbook) -> tuple[ArticleRef, ...]:
    return (*book.articles, *chain.from_iterable(step.basis for step in book.steps))


def repeated(items: Iterable[str]) -> list[str]:
    return [item for item, times in Counter(items).items() if times > 1]


def everything_cited() -> tuple[ArticleRef, ...]:
    of_books = chain.from_iterable(cited(p) for p in playbooks())
    return (*of_books, *chain.from_iterable(d.basis for d in duties().values()))


@cache
def shipped() -> Knowledge:
    return load_knowledge()


def gist_numbers(law: str, *, not_before: date) -> frozenset[str]:
    fresh = [g for g in shipped().statutes if g.title == law and g.version >= not_before]
    return frozenset(a.article for g in fresh for a in g.articles)


@cache
def real_articles() -> Mapping[str, frozenset[str]]:
    """Title to the article numbers of all its parts and versions in the real collection."""
    numbers: dict[str, set[str]] = {}
    for file in REAL_LAWS.rglob("*.md"):
        text = file.read_text("utf-8", errors="replace")
        title = re.sub(r"\s", "", text.partition("\n")[0].lstrip("#"))
        numbers.setdefault(title, set()).update(ARTICLE_START.findall(text))
    return {title: frozenset(found) for title, found in numbers.items()}


@pytest.fixture(scope="module")
def collection() -> Mapping[str, frozenset[str]]:
    if not REAL_LAWS.is_dir():
        pytest.skip("the real collection ../shared/data/laws is not here")
    return real_articles()


def test_ids_are_unique_and_name_their_files() -> None:
    files = [f.stem for f in sorted((DATA / "playbooks").glob("*.yaml"))]
    assert [p.id for p in playbooks()] == files
    assert not repeated(p.name for p in playbooks())


def test_every_reported_situation_has_its_playbook() -> None:
    known = {p.id: {a.article for a in p.articles} for p in playbooks()}
    missing = {
        matter: articles
        for matter, articles in SITUATIONS.items()
        if not known.get(matter, set()) >= set(articles)
    }
    assert not missing


def test_no_way_of_telling_belongs_to_two_matters() -> None:
    assert not repeated(phrasing for p in playbooks() for phrasing in p.phrasings)


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_a_playbook_is_told_in_many_ways_and_stays_short(book: Playbook) -> None:
    assert len(book.phrasings) >= 20
    assert len(book.steps) <= 7
    assert all(6 <= len(p) <= 80 for p in book.phrasings)
    assert not set(book.cues) & set(book.anti_cues)


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_a_fact_counts_as_known_only_by_telling_words(book: Playbook) -> None:
    vague = [word for q in book.questions for word in q.known_if if len(word) < 2]
    assert not vague


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_departments_rest_on_duties(book: Playbook) -> None:
    for competence in competences(book):
        duty = duties()[competence.duty]
        assert competence.department == duty.department
        assert competence.role


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_related_matters_exist(book: Playbook) -> None:
    assert set(book.related) <= {p.id for p in playbooks()} - {book.id}


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_no_article_is_listed_twice(book: Playbook) -> None:
    assert not repeated(f"{ref.law}{ref.article}" for ref in book.articles)


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_a_law_that_ended_stands_only_beside_its_successor(book: Playbook) -> None:
    """Facts of before the change are judged by the old law; the selection admits by the day."""
    successors = {row.old: set(row.successors) for row in shipped().successions}
    laws = {ref.law for ref in cited(book)}
    alone = {law for law in laws if law in successors and not laws & successors[law]}
    assert successors
    assert not alone


def test_no_department_rests_on_a_law_that_ended() -> None:
    ended = {succession.old for succession in shipped().successions}
    assert not {ref.law for duty in duties().values() for ref in duty.basis} & ended


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_what_always_counts_is_enough_for_an_answer(book: Playbook) -> None:
    assert sum(not step.only_if for step in book.steps) >= 3
    assert sum(not ref.only_if for ref in book.articles) >= 2
    assert sum(not competence.only_if for competence in book.support) <= 5
    for lines in (book.parties, book.disputes, book.routes, book.escalation, book.script):
        assert not all(line.only_if for line in lines)


def taken(book: Playbook, complaint: str) -> tuple[str, ...]:
    fitting = (s for s in book.steps if not s.only_if or any(w in complaint for w in s.only_if))
    return tuple(step.action for step in fitting)


@pytest.mark.parametrize("case", TOLD)
def test_steps_speak_only_of_the_situation_told(case: str) -> None:
    matter, complaint, foreign = TOLD[case]
    book = next(p for p in playbooks() if p.id == matter)
    steps = taken(book, complaint)
    assert 3 <= len(steps) <= 6
    assert not [action for action in steps if foreign in action]
    assert [action for action in taken(book, " ".join(book.phrasings)) if foreign in action]


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_an_official_reads_in_a_few_words_why_a_step_rests_on_an_article(book: Playbook) -> None:
    refs = tuple(chain.from_iterable(step.basis for step in book.steps))
    assert all(ref.why and len(ref.why) <= 25 for ref in refs)


def test_a_revised_law_is_cited_by_an_article_of_its_new_text() -> None:
    revised = {revision.law: revision.revised_on for revision in shipped().revisions}
    stale = {
        f"{ref.law}{ref.article}"
        for ref in everything_cited()
        if ref.law in revised
        and ref.article not in gist_numbers(ref.law, not_before=revised[ref.law])
    }
    assert revised
    assert not stale


@pytest.mark.parametrize("book", playbooks(), ids=lambda p: p.id)
def test_the_resident_hears_of_the_right_to_go_elsewhere(book: Playbook) -> None:
    always = "".join(line.text for line in book.script if not line.only_if)
    assert any(word in always for word in ("法院", "起诉", "投诉", "复议", "110", "119", "拍"))
    assert "您" in always


def test_every_duty_is_used_or_general() -> None:
    used = {c.duty for p in playbooks() for c in competences(p)}
    general = {"county_enforcement", "petition_office"}
    assert set(duties()) - used <= general


def test_every_cited_article_exists(collection: Mapping[str, frozenset[str]]) -> None:
    unknown = {
        f"{ref.law}{ref.article}"
        for ref in everything_cited()
        if ref.article not in collection.get(ref.law, frozenset())
        and ref.article not in gist_numbers(ref.law, not_before=SNAPSHOT)
    }
    assert not unknown


def test_an_invented_article_would_be_found_out(collection: Mapping[str, frozenset[str]]) -> None:
    assert "第一千二百六十条" in collection["中华人民共和国民法典"]
    assert "第一千二百六十一条" not in collection["中华人民共和国民法典"]
