"""Building: only when something changed, from any corpus, even none."""

from dataclasses import replace
from datetime import date

import pytest

from indexer.build import build
from indexer.memory import MemorySource
from indexer.retriever import Retriever
from indexer.snapshot import open_current


def test_an_unchanged_corpus_is_not_built_again(tmp_path, source):
    first = build(source, tmp_path)
    again = build(MemorySource(source.views, source.resolved), tmp_path)
    assert again.generation == first.generation


def test_force_builds_all_the_same(tmp_path, source):
    first = build(source, tmp_path)
    assert build(source, tmp_path, force=True).generation != first.generation


def changed_text(source):
    return replace(source.views[0], text="小区车位另行规定。"), *source.views[1:]


def changed_statute(source):
    moved = replace(source.views[0].statute, effective_from=date(2011, 1, 1))
    return tuple(
        replace(view, statute=moved) if view.statute.id == moved.id else view
        for view in source.views
    )


def fewer(source):
    return source.views[:-1]


def other_order(source):
    return source.views[::-1]


@pytest.mark.parametrize("change", [changed_text, changed_statute, fewer, other_order])
def test_any_change_of_an_article_or_its_statute_asks_for_a_new_build(tmp_path, source, change):
    first = build(source, tmp_path)
    second = build(MemorySource(change(source), source.resolved), tmp_path)
    assert second.manifest.corpus != first.manifest.corpus
    assert open_current(tmp_path).generation == second.generation


def test_a_changed_case_asks_for_a_new_build(tmp_path, source):
    first = build(source, tmp_path)
    case = source.resolved[0].model_copy(update={"outcome": "另行选址重建。"})
    second = build(MemorySource(source.views, (case,)), tmp_path)
    assert second.generation != first.generation


def test_words_moved_from_one_field_to_the_next_are_a_change(tmp_path, source):
    view = source.views[0]
    first = build(MemorySource((replace(view, path=("车",), text="位"),)), tmp_path)
    second = build(MemorySource((replace(view, path=("车位",), text=""),)), tmp_path)
    assert first.manifest.corpus != second.manifest.corpus


def test_an_empty_corpus_gives_an_index_that_finds_nothing(tmp_path):
    snapshot = build(MemorySource(), tmp_path)
    assert snapshot.manifest.counts == {"statute": 0, "case": 0}
    retriever = Retriever(open_current(tmp_path), MemorySource())
    day = date(2024, 1, 1)
    assert retriever.search("水沟", kind="statute", as_of=day, region=()) == ()
    assert retriever.search("水沟", kind="case", as_of=day, region=()) == ()
