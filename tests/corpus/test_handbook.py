"""docs/knowledge.md is what the handbook says today: counts, schema, example."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import KnowledgeError
from corpus.handbook import handbook, schema
from corpus.knowledge import load_knowledge
from corpus.model import Record

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "knowledge.md"
RENEW = "advisor corpus describe --out docs/knowledge.md"


def test_the_document_is_current() -> None:
    shown = DOCUMENT.read_text(encoding="utf-8").splitlines()
    now = handbook(load_knowledge()).splitlines()
    other = [line for line in now if line not in set(shown)][:10]
    assert shown == now, f"docs/knowledge.md is not current; renew it: {RENEW}\n" + "\n".join(other)


def test_every_matter_stands_under_its_group_with_its_counts() -> None:
    knowledge = load_knowledge()
    book = knowledge.playbooks[0]
    cases = sum(book.id in case.matters for case in knowledge.cases)
    told = handbook(knowledge)
    row = f"| {book.name} | `{book.id}` | {len(book.phrasings)} | {len(book.articles)} | {cases} |"
    assert row in told
    assert told.count("| `") > 60


def test_a_matter_more_changes_the_counts() -> None:
    knowledge = load_knowledge()
    more = replace(knowledge, playbooks=knowledge.playbooks[:-1])
    assert handbook(more) != handbook(knowledge)


def test_a_field_without_a_meaning_is_named() -> None:
    class Unknown(Record):
        colour: str

    with pytest.raises(KnowledgeError, match=r"Unknown\.colour"):
        list(schema([("新的", Unknown)]))
