"""The evaluation set: what a row must have; the shipped one is ours, wide, lawful, not leaked."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from corpus.collection import open_collection
from corpus.knowledge import load_knowledge
from corpus.model import Status
from corpus.numerals import parse_article
from corpus.region import covers
from eval.cases_match import shows
from eval.cases_set import TELLINGS, TRAP_KINDS, as_stories, read_cases
from eval.dataset import load_dataset
from eval.errors import DatasetInvalid
from eval.matters import message_rows
from eval.stories import (
    DEFAULT_STORIES,
    DEFAULT_UNANSWERABLE,
    acceptable_keys,
    core_keys,
    read_stories,
    read_unanswerable,
)

ROOT = Path(__file__).resolve().parents[2]
REAL_MESSAGES = ROOT.parent / "shared" / "data" / "messages"
REAL_QUESTIONS = ROOT.parent / "shared" / "data" / "consultations" / "train.jsonl"
MESSAGE_FILES = ("backlog.xlsx", "resolved_messages.xlsx", "labelled_messages.xlsx")
SHARED = 12
"""A run of so many characters in common is a leak."""

ARTICLES = [
    {"law": "中华人民共和国示例停车法", "article": "第三条"},
    {"law": "中华人民共和国示例停车法", "article": "第四条"},
]
POINT = {"part": "plan", "point": "先叫人挪车", "any_of": [["挪车"], ["移", "车"]]}
TRAP = {"kind": "criminal", "forbidden": ["私了"], "required": ["公安"]}
ROW = {
    "id": "a",
    "text": "门口的车天天堵着。",
    "ways": ["short"],
    "region": ["浙江省", "嘉兴市"],
    "as_of": "2026-06-01",
    "matters": ["parking_shortage"],
    "may_abstain": False,
    "track": ["即办"],
    "urgency": ["一般"],
    "departments": ["物业服务企业"],
    "core": ARTICLES,
    "acceptable": [],
    "key_points": [POINT, POINT, POINT],
    "traps": [TRAP],
}


def test_a_case_is_a_story_too(tmp_path):
    given = read_cases(
        write(tmp_path, ROW | {"acceptable": [{**ARTICLES[0], "article": "第九条"}]})
    )
    (case,), told = given.cases, as_stories(given)
    (story,) = told.stories
    assert told.sha256 == given.sha256
    assert (story.id, story.text, story.as_of) == (case.id, case.text, case.as_of)
    assert story.region == ("浙江省", "嘉兴市")
    assert core_keys(story) == case.core_keys
    assert acceptable_keys(story) == case.acceptable_keys != frozenset()


@pytest.fixture(scope="module")
def shipped():
    return read_cases().cases


def write(folder, *rows, name="a.jsonl"):
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def runs(text: str) -> Iterator[str]:
    return (text[at : at + SHARED] for at in range(len(text) - SHARED + 1))


def leaking(shipped, texts: Iterable[str], besides: Iterable[str] = ()) -> set[str]:
    """The ids of the rows that share a run with one of the texts, names of laws ``besides``."""
    named = {run for name in besides for run in runs(name)}
    ours = {run: case.id for case in shipped for run in runs(bare(case.text))}
    return {
        ours[run] for text in texts for run in runs(bare(text)) if run in ours and run not in named
    }


def bare(text: str) -> str:
    """The text without the names of laws in brackets."""
    return re.sub("《[^》]*》", "\n", text)


def test_a_leak_is_told_by_its_row(tmp_path):
    cases = read_cases(write(tmp_path, {**ROW, "text": "门口的车天天堵着我家大门口。"})).cases
    assert leaking(cases, ["听说门口的车天天堵着我家大门"]) == {"a"}
    assert leaking(cases, ["门口的车天天堵着我家"]) == set()


def test_a_row_is_read_with_its_points_and_traps(tmp_path):
    write(tmp_path, ROW, name="b.jsonl")
    found = read_cases(write(tmp_path, {**ROW, "id": "b"}))
    assert [case.id for case in found.cases] == ["b", "a"]
    assert found.cases[0].key_points[0].any_of == (("挪车",), ("移", "车"))
    assert found.cases[0].has_trap("criminal")
    assert not found.cases[0].has_trap("informant")
    assert len(found.cases[0].core_keys) == 2
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{", "不是JSON"),
        ({key: value for key, value in ROW.items() if key != "core"}, "core缺少"),
        ({**ROW, "more": 1}, "more不是字段"),
        ({**ROW, "text": ""}, "text的值不合要求"),
        ({**ROW, "may_abstain": "yes"}, "may_abstain的值不合要求"),
        ({**ROW, "ways": ["sung"]}, "的值不合要求"),
        ({**ROW, "track": ["快办"]}, "的值不合要求"),
        ({**ROW, "key_points": [POINT, POINT]}, "key_points的值不合要求"),
        ({**ROW, "matters": []}, "没有事项的一行应当允许不认定"),
        ({**ROW, "core": ARTICLES[:1]}, "core少于2条"),
        ({**ROW, "core": ARTICLES * 3}, "core多于5条"),
        ({**ROW, "acceptable": ARTICLES[:1]}, "core和acceptable有相同的条文"),
        ({**ROW, "traps": [{"kind": "criminal"}]}, "陷阱既没有forbidden也没有required"),
        ({**ROW, "key_points": [POINT, POINT, {**POINT, "any_of": [[]]}]}, "空的一组"),
        ({**ROW, "private": ["示例姓名"]}, "private里有原文没有的内容"),
    ],
)
def test_a_row_that_is_no_case_is_told_by_its_place_in_chinese(tmp_path, row, told):
    with pytest.raises(DatasetInvalid, match=f"第 2 行.*{told}"):
        read_cases(write(tmp_path, ROW, row))


def test_a_row_without_a_law_says_so_by_its_trap(tmp_path):
    trap = {"kind": "no_applicable_law", "required": ["没有"]}
    row = {**ROW, "core": [], "matters": [], "may_abstain": True, "traps": [trap]}
    assert read_cases(write(tmp_path, row)).cases[0].core_keys == frozenset()


def test_an_empty_folder_a_broken_file_and_an_id_given_twice_are_refused(tmp_path):
    with pytest.raises(DatasetInvalid, match="没有jsonl文件"):
        read_cases(tmp_path)
    write(tmp_path, ROW)
    with pytest.raises(DatasetInvalid, match="编号 a 出现不止一次"):
        read_cases(write(tmp_path, ROW, name="b.jsonl"))
    (tmp_path / "b.jsonl").write_bytes(b"\xff")
    with pytest.raises(DatasetInvalid, match="不是 UTF-8"):
        read_cases(tmp_path)


def test_the_shipped_set_is_as_wide_as_its_card_says(shipped):
    matters = {matter for case in shipped for matter in case.matters}
    assert len(shipped) >= 200
    assert len(matters) >= 85
    assert len({case.text for case in shipped}) == len(shipped)
    assert len({case.core_keys for case in shipped if case.core}) >= 190
    assert len({key[0] for case in shipped for key in case.core_keys}) >= 100
    assert sum(not case.matters for case in shipped) >= 5
    assert sum(case.region[:2] != ("浙江省", "嘉兴市") for case in shipped) >= 20
    assert sum(case.as_of.isoformat() >= "2026-08-15" for case in shipped) >= 6
    assert sum(case.as_of.year < 2026 for case in shipped) >= 4


def test_every_kind_of_trap_and_every_way_of_telling_is_there(shipped):
    traps = Counter(kind for case in shipped for kind in {trap.kind for trap in case.traps})
    ways = Counter(way for case in shipped for way in set(case.ways))
    assert {kind: traps[kind] for kind in TRAP_KINDS if traps[kind] < 8} == {}
    assert {way: ways[way] for way in TELLINGS if ways[way] < 6} == {}
    assert sum(not case.traps for case in shipped) >= 100


def test_short_is_short_and_long_is_long(shipped):
    assert [case.id for case in shipped if "short" in case.ways and len(case.text) >= 25] == []
    assert [case.id for case in shipped if "rambling" in case.ways and len(case.text) < 50] == []
    assert sum(len(case.text) >= 100 for case in shipped) >= 30


def test_matters_and_departments_are_those_we_ship(shipped):
    knowledge = load_knowledge()
    matters = {book.id for book in knowledge.playbooks}
    departments = {duty.department for duty in knowledge.duties}
    assert {name for case in shipped for name in case.matters} <= matters
    assert {name for case in shipped for name in case.departments} <= departments


def test_every_article_exists_and_holds_where_and_when_the_case_plays(shipped, real_laws, tmp_path):
    knowledge = load_knowledge()
    named = {ref.law for case in shipped for ref in (*case.core, *case.acceptable)}
    wanted = replace(knowledge, aliases={**knowledge.aliases, **{law: law for law in named}})
    library = open_collection(real_laws, wanted, tmp_path / "corpus.db")
    wrong = []
    for case in shipped:
        for ref in (*case.core, *case.acceptable):
            view = library.article(ref.law, parse_article(ref.article), on=case.as_of)
            if (
                view is None
                or library.validity(view.statute, case.as_of).status is not Status.IN_FORCE
                or not covers(view.statute.region, case.region)
            ):
                wrong.append(f"{case.id} {ref.law}{ref.article}")
    assert wrong == []


def test_nothing_is_shared_with_what_recognition_and_search_live_on(shipped):
    knowledge = load_knowledge()
    books = (text for book in knowledge.playbooks for text in book.phrasings)
    gists = (text for law in knowledge.statutes for gist in law.articles for text in gist.phrasings)
    assert leaking(shipped, chain(books, gists)) == set()


def test_nothing_is_shared_with_anything_else_we_know(shipped):
    """Recognition learns from every word of a playbook, a case, a gist; redaction from its own."""
    knowledge = load_knowledge()
    records = chain(
        knowledge.playbooks,
        knowledge.cases,
        knowledge.statutes,
        knowledge.lexicon,
        knowledge.tellings,
        knowledge.duties,
        knowledge.signals,
    )
    titles = [law.title for law in knowledge.statutes]
    assert leaking(shipped, (one.model_dump_json() for one in records), titles) == set()
    training = [path for path in (ROOT / "eval" / "redaction").rglob("*.yaml")]
    assert training
    assert leaking(shipped, (path.read_text(encoding="utf-8") for path in training)) == set()


def test_nothing_is_shared_with_the_questions_that_models_learn_from(shipped):
    assert leaking(shipped, (one.text for one in read_unanswerable(DEFAULT_UNANSWERABLE))) == set()
    if not REAL_QUESTIONS.is_file():
        pytest.skip("../shared/data/consultations is not here: the real questions are needed")
    asked = load_dataset(REAL_QUESTIONS).questions
    assert leaking(shipped, (one.question for one in asked)) == set()


def test_nothing_is_shared_with_the_stories(shipped):
    stories = (one.text for one in read_stories(DEFAULT_STORIES).stories if one.text)
    told = (ROOT / "tests" / "advisor" / "stories").glob("*.yaml")
    files = (path.read_text(encoding="utf-8") for path in told)
    assert leaking(shipped, chain(stories, files)) == set()


def test_nothing_is_copied_from_the_messages(shipped):
    if not REAL_MESSAGES.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    told = chain.from_iterable(message_rows(REAL_MESSAGES / name) for name in MESSAGE_FILES)
    assert leaking(shipped, (one.text for one in told)) == set()


def test_no_trap_is_sprung_by_repeating_the_complaint(shipped):
    """An answer tells the facts again; only a name may not go on into the plan."""
    echoed = [
        f"{case.id} {phrase}"
        for case in shipped
        for trap in case.traps
        for phrase in trap.forbidden
        if phrase in case.text and trap.within != ("plan",)
    ]
    assert echoed == []


def test_no_point_of_the_analysis_is_shown_by_repeating_the_complaint(shipped):
    echoed = [
        f"{case.id} {point.point}"
        for case in shipped
        for point in case.key_points
        if point.part == "analysis" and shows(point, {"analysis": case.text})
    ]
    assert echoed == []


def test_particulars_are_labelled_where_a_case_is_told_with_them(shipped):
    told = [case.id for case in shipped if "personal" in case.ways and not case.private]
    numbers = re.compile(r"\d{7,}")
    unlabelled = [
        case.id for case in shipped if not set(numbers.findall(case.text)) <= set(case.private)
    ]
    assert told == []
    assert unlabelled == []
    assert sum(bool(case.private) for case in shipped) >= 12


def test_a_file_alone_is_a_set_too(tmp_path):
    write(tmp_path, ROW, name="b.jsonl")
    write(tmp_path, {**ROW, "id": "c"}, name="c.jsonl")
    assert [case.id for case in read_cases(tmp_path / "c.jsonl").cases] == ["c"]


def test_personal_numbers_are_of_forms_nobody_holds(shipped):
    """No mobile number begins with 10 to 12, no identity number with 99, no bank card with 0000."""
    everywhere = [case.model_dump_json() for case in shipped]
    long_ones = [found for text in everywhere for found in re.findall(r"\d{7,}", text)]
    allowed = re.compile(r"1[0-2]\d{9}|99\d{16}|0000\d{15}")
    assert [number for number in long_ones if not allowed.fullmatch(number)] == []
    assert len(long_ones) >= 5
