"""Building: only when something changed, from any corpus, even none."""

from dataclasses import replace
from datetime import date

import pytest

from indexer.build import build, ensure
from indexer.errors import SnapshotMissing
from indexer.memory import MemorySource
from indexer.publish import build_lock, drafting
from indexer.retriever import Retriever
from indexer.snapshot import index_folder, open_current


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


class NoArticles(MemorySource):
    def articles(self):
        raise AssertionError


def with_another_case(source):
    case = source.resolved[0].model_copy(update={"id": "another", "facts": "晾谷场被车占满。"})
    return (*source.resolved, case)


def search_cases(snapshot, source, query):
    retriever = Retriever(snapshot, source)
    hits = retriever.search(query, kind="case", as_of=date(2024, 1, 1), region=())
    return [hit.case.id for hit in hits]


def test_a_case_more_leaves_the_statutes_as_they_are(tmp_path, source):
    first = build(source, tmp_path)
    more = NoArticles(source.views, with_another_case(source))
    second = build(more, tmp_path)
    assert second.generation != first.generation
    assert second.manifest.counts["statute"] == len(source.views)
    assert search_cases(second, more, "晾谷场")[0] == "another"
    same = [one for one in second.manifest.files if one.name.startswith("statute/")]
    assert same
    assert all(first.manifest.record(one.name) == one for one in same)


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_statutes_that_are_damaged_are_built_anew(tmp_path, source, damage):
    first = build(source, tmp_path)
    victim = first.folder / "statute" / "docs.uint32"
    victim.unlink() if damage == "gone" else victim.write_bytes(b"x")
    second = build(MemorySource(source.views, with_another_case(source)), tmp_path)
    assert not second.refused
    assert open_current(tmp_path).generation == second.generation
    assert second.manifest.counts["statute"] == len(source.views)


def test_the_earlier_generation_stays_whole_when_its_files_cannot_be_taken(tmp_path, source):
    first = build(source, tmp_path)
    with build_lock(tmp_path) as folder, drafting(folder) as draft:
        hidden = first.folder / "statute" / "sub.uint32"
        hidden.rename(hidden.with_suffix(".aside"))
        assert not draft.adopt(first, "statute/")
        assert not (draft.folder / "statute").exists()
        hidden.with_suffix(".aside").rename(hidden)
    assert open_current(tmp_path) == first


def test_nothing_is_read_of_a_corpus_whose_fingerprint_is_unchanged(tmp_path, source):
    class Unreadable(MemorySource):
        def articles(self):
            raise AssertionError

    first = build(source, tmp_path)
    assert build(Unreadable(source.views, source.resolved), tmp_path) == first


def test_while_another_builds_the_index_at_hand_is_served_and_says_why(tmp_path, source):
    first = build(MemorySource(source.views[1:], source.resolved), tmp_path)
    with build_lock(tmp_path):
        served = ensure(source, tmp_path)
    assert served.generation == first.generation
    assert "另一个进程" in served.refused[-1]
    assert ensure(source, tmp_path).manifest.counts["statute"] == len(source.views)


def test_an_unchanged_corpus_is_served_while_another_builds(tmp_path, source):
    build(source, tmp_path)
    with build_lock(tmp_path):
        assert ensure(source, tmp_path).refused == ()


def test_with_nothing_at_hand_it_says_so(tmp_path, source):
    with build_lock(tmp_path), pytest.raises(SnapshotMissing):
        ensure(source, tmp_path)


def test_when_the_index_cannot_be_written_the_one_at_hand_is_served(tmp_path, source):
    build(MemorySource(source.views[1:], source.resolved), tmp_path)
    draft = index_folder(tmp_path) / ".draft"

    class FullDisk(MemorySource):
        def articles(self):
            raise OSError(28, "No space left on device")

    served = ensure(FullDisk(source.views, source.resolved), tmp_path)
    assert "索引无法写入" in served.refused[-1]
    assert not draft.exists()


def test_an_empty_corpus_gives_an_index_that_finds_nothing(tmp_path):
    snapshot = build(MemorySource(), tmp_path)
    assert snapshot.manifest.counts == {"statute": 0, "case": 0}
    retriever = Retriever(open_current(tmp_path), MemorySource())
    day = date(2024, 1, 1)
    assert retriever.search("水沟", kind="statute", as_of=day, region=()) == ()
    assert retriever.search("水沟", kind="case", as_of=day, region=()) == ()
