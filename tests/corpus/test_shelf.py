from datetime import date

from corpus.knowledge import Knowledge
from corpus.model import Gist, GistStatute, Level, Revision, Statute, TextKind
from corpus.shelf import Shelf, build_shelf
from corpus.store_rows import StoredStatute

TITLE = "中华人民共和国示例法"


def text(
    version: date | None,
    effective: date | None = None,
    *,
    part: str | None = None,
    sha: str = "",
    title: str = TITLE,
) -> StoredStatute:
    statute = Statute(
        id=f"law_{title}_{version}_{effective}_{part}_{sha}",
        title=title,
        level=Level.LAW,
        region=(),
        text_kind=TextKind.VERBATIM,
        part=part,
        version=version,
        effective_from=effective or version,
    )
    return StoredStatute(statute, 3, sha or statute.id)


def gists(version: date, effective: date, article: str = "第一条") -> GistStatute:
    gist = Gist(article=article, gist="示例要旨一句话。", phrasings=["甲", "乙"], topics=["丙"])
    return GistStatute(
        title=TITLE,
        level=Level.LAW,
        version=version,
        effective_from=effective,
        source="示例",
        articles=[gist],
    )


def versions(shelf: Shelf) -> list[tuple[date | None, str, int]]:
    return [
        (one.statute.version, one.statute.text_kind.value, len(one.gists))
        for one in shelf.volumes["示例法"]
    ]


def test_versions_stand_in_order_and_know_what_follows() -> None:
    shelf = build_shelf([text(date(2020, 1, 1)), text(date(2010, 1, 1))], Knowledge())
    old, new = shelf.volumes["示例法"]
    assert old.around.following == new.statute
    assert new.around.following is None


def test_writings_of_one_title_are_one_rule() -> None:
    stored = [text(date(2020, 1, 1)), text(date(2010, 1, 1), title="示例法")]
    shelf = build_shelf(stored, Knowledge())
    assert {one.statute.title for one in shelf.volumes["示例法"]} == {TITLE}


def test_the_same_text_in_two_files_counts_once() -> None:
    stored = [text(date(2020, 1, 1), sha="a"), text(None, date(2020, 1, 1), sha="a")]
    shelf = build_shelf(stored, Knowledge())
    assert versions(shelf) == [(date(2020, 1, 1), "verbatim", 0)]
    assert [one.version for one in shelf.twins] == [None]


def test_two_printings_of_one_version_count_once() -> None:
    begin = date(2022, 4, 10)
    shelf = build_shelf([text(date(2022, 4, 1), begin), text(date(2022, 4, 2), begin)], Knowledge())
    assert versions(shelf) == [(date(2022, 4, 2), "verbatim", 0)]


def test_parts_of_a_code_do_not_follow_on_each_other() -> None:
    stored = [text(date(2020, 1, 1), part="总则"), text(date(2020, 1, 1), part="物权编")]
    shelf = build_shelf(stored, Knowledge())
    assert [one.around.following for one in shelf.volumes["示例法"]] == [None, None]
    assert shelf.names.find("示例法物权编") == TITLE


def test_a_gist_of_the_same_version_joins_the_text() -> None:
    pack = Knowledge(statutes=(gists(date(2020, 1, 20), date(2020, 3, 1)),))
    shelf = build_shelf([text(date(2020, 1, 1)), text(date(2010, 1, 1))], pack)
    assert versions(shelf) == [(date(2010, 1, 1), "verbatim", 0), (date(2020, 1, 1), "verbatim", 1)]


def test_gists_of_a_newer_version_stand_alone_and_tell_of_the_revision() -> None:
    pack = Knowledge(statutes=(gists(date(2025, 6, 27), date(2026, 1, 1)),))
    shelf = build_shelf([text(date(2012, 1, 1))], pack)
    assert versions(shelf) == [(date(2012, 1, 1), "verbatim", 0), (date(2025, 6, 27), "gist", 1)]
    old, new = shelf.volumes["示例法"]
    assert old.around.following is None
    assert old.around.revision is not None
    assert old.around.revision.in_force_from == date(2026, 1, 1)
    assert new.around.revision is None


def test_gists_of_a_replaced_version_are_set_aside() -> None:
    pack = Knowledge(statutes=(gists(date(2015, 6, 27), date(2016, 1, 1)),))
    shelf = build_shelf([text(date(2020, 1, 1))], pack)
    assert versions(shelf) == [(date(2020, 1, 1), "verbatim", 0)]
    assert shelf.unused == pack.statutes


def test_gists_of_one_version_in_two_files_become_one() -> None:
    day = date(2020, 1, 1)
    pack = Knowledge(statutes=(gists(day, day), gists(day, day, "第二条")))
    assert versions(build_shelf([], pack)) == [(day, "gist", 2)]


def test_a_revision_at_hand_is_not_lacking() -> None:
    revision = Revision(
        law=TITLE, revised_on=date(2020, 1, 1), in_force_from=date(2020, 3, 1), source="公报"
    )
    pack = Knowledge(revisions=(revision,))
    (held,) = build_shelf([text(date(2020, 1, 1))], pack).volumes["示例法"]
    (older,) = build_shelf([text(date(2010, 1, 1))], pack).volumes["示例法"]
    assert held.around.revision is None
    assert older.around.revision == revision


def test_the_table_gives_the_day_an_amended_text_begins() -> None:
    revision = Revision(
        law=TITLE, revised_on=date(2023, 9, 1), in_force_from=date(2024, 1, 1), source="公报"
    )
    stored = [text(date(2023, 9, 1)), text(date(2021, 1, 1))]
    old, new = build_shelf(stored, Knowledge(revisions=(revision,))).volumes["示例法"]
    assert new.statute.effective_from == date(2024, 1, 1)
    assert old.around.following == new.statute


def test_a_day_the_text_tells_is_kept() -> None:
    revision = Revision(
        law=TITLE, revised_on=date(2023, 9, 1), in_force_from=date(2024, 1, 1), source="公报"
    )
    stored = [text(date(2023, 9, 1), date(2023, 10, 1))]
    (held,) = build_shelf(stored, Knowledge(revisions=(revision,))).volumes["示例法"]
    assert held.statute.effective_from == date(2023, 10, 1)


def test_all_parts_of_one_version_begin_together() -> None:
    stored = [
        text(date(2020, 5, 28), date(2021, 1, 1), part="总则"),
        text(date(2020, 5, 28), part="婚姻家庭编"),
    ]
    volumes = build_shelf(stored, Knowledge()).volumes["示例法"]
    assert {one.statute.effective_from for one in volumes} == {date(2021, 1, 1)}


def test_of_copies_that_know_different_beginnings_the_later_is_kept() -> None:
    day = date(2011, 10, 29)
    shelf = build_shelf([text(day, sha="a"), text(day, date(2012, 1, 1), sha="a")], Knowledge())
    (held,) = shelf.volumes["示例法"]
    assert held.statute.effective_from == date(2012, 1, 1)


def test_a_copy_that_leaves_out_the_court_joins_the_full_title() -> None:
    full = "最高人民法院关于审理示例案件适用法律若干问题的规定"
    begin = date(2021, 8, 1)
    stored = [
        text(date(2021, 7, 27), begin, sha="a", title=full),
        text(date(2021, 6, 8), begin, sha="a", title=full.removeprefix("最高人民法院")),
    ]
    shelf = build_shelf(stored, Knowledge())
    assert [one.statute.title for group in shelf.volumes.values() for one in group] == [full]
    assert shelf.names.find(full.removeprefix("最高人民法院")) == full
