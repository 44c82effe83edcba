"""Stories: what a row must have; the shipped ones are ours, cite real law, and are not leaked."""

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.collection import open_collection
from corpus.knowledge import load_knowledge
from corpus.model import Status
from corpus.numerals import parse_article
from corpus.region import covers
from eval.errors import DatasetInvalid
from eval.matters import message_rows
from eval.stories import (
    DEFAULT_STORIES,
    DEFAULT_UNANSWERABLE,
    OWN,
    core_keys,
    read_stories,
    read_unanswerable,
    tell,
)

REAL_MESSAGES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "messages"
LONGEST_SHARED = 12
ARTICLE = {"law": "中华人民共和国示例停车法", "article": "第三条"}
ROW = {
    "id": "a",
    "text": "门口的车天天堵着。",
    "region": [],
    "as_of": "2026-06-01",
    "core": [ARTICLE],
    "acceptable": [],
    "note": "堵门",
}
IN_BRACKETS = {**ROW, "id": "b", "text": None, "file": "m.xlsx", "number": "7"}


@pytest.fixture(scope="module")
def shipped():
    return read_stories(DEFAULT_STORIES).stories


def write(folder, *rows):
    path = folder / "s.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def messages(folder):
    book = Workbook()
    assert book.active is not None
    book.active.append(["留言编号", "留言主题", "留言详情"])
    book.active.append(["7", "堵门", "车堵在我家门口。"])
    book.save(folder / "m.xlsx")
    return folder


def runs(texts: Iterable[str], length: int) -> set[str]:
    return {text[at : at + length] for text in texts for at in range(len(text) - length + 1)}


def test_a_story_tells_itself_or_is_read_from_its_message(tmp_path):
    found = read_stories(write(tmp_path, ROW, IN_BRACKETS))
    told = tell(found.stories, messages(tmp_path))
    assert [one.text for one in told] == ["门口的车天天堵着。", "堵门。车堵在我家门口。"]
    assert [one.story.source for one in told] == [OWN, "m.xlsx"]
    assert len(found.sha256) == 64


def test_without_the_messages_only_what_is_ours_is_told(tmp_path):
    found = read_stories(write(tmp_path, ROW, IN_BRACKETS))
    assert [one.story.id for one in tell(found.stories, None)] == ["a"]


def test_a_number_that_no_message_has_is_refused(tmp_path):
    found = read_stories(write(tmp_path, {**IN_BRACKETS, "number": "8"}))
    with pytest.raises(DatasetInvalid, match="没有编号 8"):
        tell(found.stories, messages(tmp_path))


@pytest.mark.parametrize(
    "row",
    [
        "{",
        {key: value for key, value in ROW.items() if key != "core"},
        {**ROW, "text": None},
        {**ROW, "file": "m.xlsx", "number": "7"},
        {**ROW, "file": "m.xlsx"},
        {**ROW, "core": [{**ARTICLE, "article": "没有编号"}]},
        {**ROW, "acceptable": [{**ARTICLE, "law": "示例停车法"}]},
        {**ROW, "more": 1},
    ],
)
def test_a_row_that_is_no_story_is_told_by_its_place(tmp_path, row):
    with pytest.raises(DatasetInvalid, match="第 2 行"):
        read_stories(write(tmp_path, ROW, row))


def test_an_empty_file_a_missing_one_and_a_number_given_twice_are_refused(tmp_path):
    with pytest.raises(DatasetInvalid, match="没有一行"):
        read_stories(write(tmp_path))
    with pytest.raises(DatasetInvalid, match="无法读取"):
        read_stories(tmp_path / "nowhere.jsonl")
    with pytest.raises(DatasetInvalid, match="编号 a 出现不止一次"):
        read_stories(write(tmp_path, ROW, ROW))


def test_a_text_without_an_article_says_what_it_is(tmp_path):
    row = {"id": "u", "text": "今天天气真好。", "kind": "天气"}
    assert read_unanswerable(write(tmp_path, row))[0].kind == "天气"
    with pytest.raises(DatasetInvalid, match="第 1 行"):
        read_unanswerable(write(tmp_path, {"id": "u", "text": "今天天气真好。"}))


def test_the_shipped_stories_are_as_many_and_as_mixed_as_their_card_says(shipped):
    real = [one for one in shipped if one.source != OWN]
    idle = [one for one in shipped if not one.core]
    assert len(real) == 172
    assert len(shipped) - len(real) == 135
    assert len({(one.file, one.number) for one in real}) == len(real)
    assert {one.text for one in real} == {None}
    assert len(idle) == 13
    assert all(len(core_keys(one)) in (0, 1, 2, 3) for one in shipped)
    assert len({key[0] for one in shipped for key in core_keys(one)}) >= 60


def test_the_shipped_texts_without_an_article_are_of_many_kinds():
    texts = read_unanswerable(DEFAULT_UNANSWERABLE)
    kinds = [one.kind for one in texts]
    assert len(texts) == 150
    assert kinds.count("近似法律") >= 50
    assert sum(len(one.text) >= 55 for one in texts) >= 30
    assert len(set(kinds)) >= 10
    assert len({one.text for one in texts}) == len(texts)


def test_every_article_exists_and_holds_where_and_when_the_story_plays(
    shipped, real_laws, tmp_path
):
    knowledge = load_knowledge()
    named = {ref.law for one in shipped for ref in (*one.core, *one.acceptable)}
    wanted = replace(knowledge, aliases={**knowledge.aliases, **{law: law for law in named}})
    library = open_collection(real_laws, wanted, tmp_path / "corpus.db")
    wrong = []
    for one in shipped:
        for ref in (*one.core, *one.acceptable):
            view = library.article(ref.law, parse_article(ref.article), on=one.as_of)
            if (
                view is None
                or library.validity(view.statute, one.as_of).status is not Status.IN_FORCE
                or not covers(view.statute.region, one.region)
            ):
                wrong.append(f"{one.id} {ref.law}{ref.article}")
    assert wrong == []


def test_no_text_of_a_message_stands_in_the_datasets(shipped):
    if not REAL_MESSAGES.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    written = [one.text or one.note for one in shipped]
    written += [one.text for one in read_unanswerable(DEFAULT_UNANSWERABLE)]
    ours = runs(written, LONGEST_SHARED + 1)
    files = ("backlog.xlsx", "resolved_messages.xlsx", "labelled_messages.xlsx")
    told = chain.from_iterable(message_rows(REAL_MESSAGES / name) for name in files)
    assert [run for one in told for run in runs([one.text], LONGEST_SHARED + 1) & ours] == []


def test_every_message_is_there(shipped):
    if not REAL_MESSAGES.is_dir():
        pytest.skip("../shared/data/messages is not here: the real messages are needed")
    assert len(tell(shipped, REAL_MESSAGES)) == len(shipped)


def test_stories_and_playbooks_were_written_apart(shipped):
    told = runs((one.text for one in shipped if one.text), LONGEST_SHARED)
    phrasings = (text for book in load_knowledge().playbooks for text in book.phrasings)
    assert told & runs(phrasings, LONGEST_SHARED) == set()
