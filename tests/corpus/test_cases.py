"""The resolved cases we ship: sourced, told in our own words, pointing at things that exist."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from corpus.knowledge import DATA, load_knowledge
from corpus.model import Case
from corpus.region import parse_region

LAWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "laws"
MESSAGES = LAWS.parent / "messages" / "resolved_messages.xlsx"
RUN = 13  # characters; a longer run shared with a source would be its sentence, not our own
CODE = "中华人民共和国民法典"
# Words that stand in complaints of every kind and so show nothing about likeness.
VAGUE = {
    "小区",
    "业主",
    "居民",
    "公司",
    "要求",
    "安全",
    "投诉",
    "多次",
    "一直",
    "反映",
    "物业",
    "社区",
}


def shipped() -> tuple[Case, ...]:
    return load_knowledge(DATA).cases


def told(case: Case) -> Iterator[str]:
    """What we wrote; the title of the publication and the names of laws are not ours to change."""
    yield from (case.title, case.facts, case.dispute, case.outcome, *case.measures, *case.lessons)
    yield from (point.point for point in case.points)
    yield from (reference.why for reference in case.articles)


def runs(text: str) -> set[str]:
    packed = re.sub(r"\s+", "", text)
    return {packed[at : at + RUN] for at in range(len(packed) - RUN + 1)}


def message_rows() -> list[list[object]]:
    if not MESSAGES.is_file():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    rows: list[list[object]] = (
        CalamineWorkbook.from_path(MESSAGES).get_sheet_by_index(0).to_python()
    )
    return rows[1:]


def day(cell: object) -> date:
    year, month, number = (int(part) for part in str(cell).split()[0].split("/"))
    return date(year, month, number)


def test_enough_cases_and_no_id_twice() -> None:
    ids = [case.id for case in shipped()]
    assert len(ids) >= 40
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", one) for one in ids)


def test_every_case_names_its_source_and_what_decides_likeness() -> None:
    for case in shipped():
        assert case.source.kind == "public", case.id
        assert case.source.publisher, case.id
        assert case.source.title, case.id
        assert 3 <= len(case.points) <= 6, case.id
        assert case.facts, case.id
        assert case.outcome, case.id


def test_urls_and_dates_are_plausible() -> None:
    for case in shipped():
        assert case.source.url is None or re.match(r"https?://\S+$", case.source.url), case.id
        assert case.source.date is None or re.match(r"20\d\d(-\d\d){0,2}$", case.source.date)
        assert case.days is None or case.days >= 0, case.id
        assert case.closed_on is None or case.closed_on <= date(2026, 1, 1), case.id


def test_cues_are_words_that_a_complaint_could_hold() -> None:
    for case in shipped():
        for point in case.points:
            assert len(set(point.cues)) == len(point.cues) >= 2, (case.id, point.point)
            assert all(2 <= len(cue) <= 10 for cue in point.cues), (case.id, point.point)
            assert not VAGUE & set(point.cues), (case.id, point.point)


def test_every_matter_is_a_playbook_that_exists() -> None:
    knowledge = load_knowledge(DATA)
    playbooks = {playbook.id for playbook in knowledge.playbooks}
    unknown = {matter for case in knowledge.cases for matter in case.matters} - playbooks
    assert not unknown


def test_every_region_is_in_the_region_table() -> None:
    for case in shipped():
        if case.region:
            assert parse_region("".join(case.region)) == tuple(case.region), case.id


def test_every_article_is_in_the_collection(real_laws: Path) -> None:
    missing = [
        (case.id, reference.law, reference.article)
        for case in shipped()
        for reference in case.articles
        if not re.search(
            rf"^{reference.article}[\s　]", law_text(real_laws, reference.law), re.MULTILINE
        )
    ]
    assert not missing


@cache
def law_text(laws: Path, law: str) -> str:
    """The newest text of a law in the collection, found by the name of its file."""
    if law == CODE:
        return "\n".join(part.read_text() for part in sorted((laws / "民法典").glob("*.md")))
    short = law.removeprefix("中华人民共和国")
    named = [path for path in laws.rglob("*.md") if path.name.startswith(f"{short}(")]
    abridged = re.sub(r"中华人民共和国(?=.*法)", "", law)
    named = named or [path for path in laws.rglob("*.md") if path.name.startswith(abridged)]
    return max(named, key=lambda path: path.name).read_text() if named else ""


def test_no_sentence_is_copied_from_the_published_cases(real_laws: Path) -> None:
    texts = [path.read_text() for path in (real_laws / "案例").rglob("*.md")]
    source = set().union(*map(runs, texts))
    copied = {(case.id, run) for case in shipped() for text in told(case) for run in runs(text)}
    assert not {(one, run) for one, run in copied if run in source}


def test_no_sentence_is_copied_from_the_messages() -> None:
    source = {
        run
        for row in message_rows()
        for cell in (row[2], row[4], row[5])
        for run in runs(str(cell))
    }
    assert not {
        (case.id, run)
        for case in shipped()
        for text in told(case)
        for run in runs(text)
        if run in source
    }


def test_days_of_a_message_are_those_between_message_and_reply() -> None:
    rows = {str(row[0]).split(".")[0]: row for row in message_rows()}
    ours = [case for case in shipped() if case.id.startswith("msg_")]
    assert len(ours) >= 15
    for case in ours:
        row = rows[case.id.removeprefix("msg_")]
        assert case.closed_on == day(row[6]), case.id
        assert case.days == (day(row[6]) - day(row[3])).days, case.id
        assert "已匿名" in case.place, case.id


def test_the_copy_check_sees_a_copied_sentence() -> None:
    sentence = "示例市停车条例规定夜间不得占用消防通道停放车辆"
    assert runs(f"据查，{sentence}。") & runs(sentence)
    assert not runs("夜里车子停在消防通道上不行") & runs(sentence)
