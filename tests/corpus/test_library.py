import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.ingest import add
from corpus.knowledge import Knowledge, load_knowledge
from corpus.library import Library
from corpus.limited_parser import LimitedParser
from corpus.model import ArticleNumber, Level, Status, Statute, TextKind
from corpus.store import CorpusStore

PARKING = "中华人民共和国示例停车法"
CODE = "中华人民共和国示例法典"


def text_of(library: Library, title: str, number: ArticleNumber, on: date) -> str | None:
    view = library.article(title, number, on=on)
    return view.text if view is not None else None


def test_the_version_that_holds_on_the_day_is_given(library: Library) -> None:
    assert (
        text_of(library, PARKING, ArticleNumber(1), date(2018, 1, 1)) == "为了测试停车，写下本法。"
    )
    assert (
        text_of(library, PARKING, ArticleNumber(1), date(2021, 1, 1)) == "为了测试停车，重写本法。"
    )


def test_before_all_versions_the_first_to_begin_is_given(library: Library) -> None:
    inserted = ArticleNumber(2, 1)
    assert text_of(library, PARKING, inserted, date(2018, 1, 1)) == "鼓励共享车位。"
    assert (
        text_of(library, PARKING, ArticleNumber(1), date(2010, 1, 1)) == "为了测试停车，写下本法。"
    )
    assert text_of(library, PARKING, ArticleNumber(99), date(2021, 1, 1)) is None
    assert text_of(library, "没有这部法", ArticleNumber(1), date(2021, 1, 1)) is None


def test_our_gist_joins_the_text_it_speaks_of(library: Library) -> None:
    new = library.article(PARKING, ArticleNumber(2), on=date(2021, 1, 1))
    old = library.article(PARKING, ArticleNumber(2), on=date(2018, 1, 1))
    assert new is not None
    assert old is not None
    assert (new.text_kind, new.text) == (TextKind.VERBATIM, "停车应当更加有序。")
    assert new.gist is not None
    assert old.gist is None
    assert old.text.splitlines() == [
        "停车应当有序。",
        "不得堵塞通道：",
        "（一）消防通道；",
        "（二）盲道。",
    ]
    assert old.path == ("第一章 总则",)


def test_a_code_in_parts_is_one_title(library: Library) -> None:
    assert library.resolve("示例法典物权编") == CODE
    assert library.resolve("示例典") == CODE
    assert {one.part for one in library.versions(CODE)} == {"总则", "物权编"}
    assert text_of(library, CODE, ArticleNumber(4), date(2020, 1, 1)) == "物权编第二条的文字。"


def test_exactly_one_version_can_be_asked(library: Library) -> None:
    old, new = library.versions(PARKING)
    assert library.article_in(old, ArticleNumber(2, 1)) is None
    view = library.article_in(new, ArticleNumber(2, 1))
    assert view is not None
    assert view.statute == new


def test_names_known_only_as_ended_lead_to_the_old_title(library: Library) -> None:
    old = library.resolve("旧停车法")
    assert old == "中华人民共和国示例旧停车法"
    assert library.versions(old) == ()
    for name in ("旧停车法", "《示例旧停车法》", old):
        succession = library.successor(name)
        assert succession is not None
        assert tuple(succession.successors) == (PARKING,)
    assert library.successor(PARKING) is None


def test_status_of_each_version(library: Library) -> None:
    old, new = library.versions(PARKING)
    on = date(2021, 1, 1)
    assert library.validity(old, on).status is Status.SUPERSEDED
    assert library.validity(new, on).status is Status.IN_FORCE
    (ended,) = library.versions("示例旧办法")
    assert library.validity(ended, on).status is Status.REPEALED
    (dogs,) = library.versions("宁波市示例养犬条例")
    assert library.validity(dogs, date(2024, 2, 1)).status is Status.IN_FORCE
    assert library.validity(dogs, date(2024, 3, 1)).status is Status.REVISED_SINCE
    assert (dogs.level, dogs.region) == (Level.LOCAL_REGULATION, ("浙江省", "宁波市"))


def test_a_statute_of_another_library_is_refused(library: Library) -> None:
    stranger = Statute("law_x", "甲", Level.LAW, (), TextKind.VERBATIM)
    with pytest.raises(KeyError):
        library.validity(stranger, date(2021, 1, 1))
    assert library.articles_of(stranger) == ()


def test_everything_can_be_walked_and_counted(library: Library) -> None:
    views = list(library.articles())
    assert len(views) == library.counts()["articles"] == 14
    assert library.counts() == {"statutes": 6, "articles": 14, "documents": 1, "cases": 1}
    assert {view.statute.id for view in views} == {one.id for one in library.statutes()}
    assert [one.title for one in library.cases()] == ["赵某诉钱某漏水案：楼上漏水怎么赔"]
    assert [one.title for one in library.documents()] == ["示例会议关于示例事项的决定"]
    (_, new) = library.versions(PARKING)
    assert [one.text for one in library.attachments(new)] == ["附件：示例车位图"]


def test_known_until_the_newest_text_or_else_the_pack(library: Library, pack: Knowledge) -> None:
    assert library.as_of == date(2020, 6, 1)
    assert Library(None, pack).as_of == date(2024, 6, 30)


def test_a_few_texts_of_ones_own_do_not_date_the_law(library: Library, pack: Knowledge) -> None:
    held = len(library.statutes())
    larger = pack.statutes[0]
    many = tuple(larger.model_copy(update={"title": f"示例第{n}法"}) for n in range(held + 1))
    assert Library(library.store, replace(pack, statutes=many)).as_of == date(2024, 6, 30)


def test_gists_alone_are_enough(pack: Knowledge) -> None:
    library = Library(None, pack)
    title = library.resolve("停车法")
    assert title == PARKING
    view = library.article(title, ArticleNumber(2), on=date(2021, 1, 1))
    assert view is not None
    assert (view.text_kind, view.text) == (TextKind.GIST, "车要停好，别堵路。")
    assert library.counts() == {"statutes": 1, "articles": 1, "documents": 0, "cases": 0}
    assert library.documents() == ()
    assert library.attachments(view.statute) == ()


def test_nothing_at_all_is_still_a_library() -> None:
    library = Library(None, Knowledge())
    assert library.resolve("民法典") is None
    assert list(library.articles()) == []
    assert library.as_of.year == 1949


def test_texts_added_later_are_seen_after_a_refresh(
    collection: Path, store: CorpusStore, pack: Knowledge, parser: LimitedParser
) -> None:
    library = Library(store, pack)
    assert library.article(PARKING, ArticleNumber(1), on=date(2021, 1, 1)) is None
    add(store, [collection], parser=parser)
    library.refresh()
    assert library.article(PARKING, ArticleNumber(1), on=date(2021, 1, 1)) is not None


def test_a_small_cache_gives_the_same_answers(
    collection: Path, store: CorpusStore, pack: Knowledge, parser: LimitedParser
) -> None:
    add(store, [collection], parser=parser)
    small = Library(store, pack, cached_titles=1)
    on = date(2021, 1, 1)
    wanted = {PARKING: "为了测试停车，重写本法。", CODE: "总则第一条的文字。"}
    for _ in range(3):
        assert {title: text_of(small, title, ArticleNumber(1), on) for title in wanted} == wanted


def test_threads_may_share_it(library: Library) -> None:
    found: list[str | None] = []

    def ask() -> None:
        for _ in range(50):
            found.append(text_of(library, CODE, ArticleNumber(1), date(2021, 1, 1)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {"总则第一条的文字。"}
    assert len(found) == 200


def test_the_shipped_pack_makes_a_library() -> None:
    library = Library(None, load_knowledge())
    assert library.resolve("民法典") == "中华人民共和国民法典"
    assert library.counts()["articles"] > 0


@pytest.mark.parametrize(
    ("name", "number", "begins"),
    [
        ("民法典", ArticleNumber(290), "不动产权利人应当为相邻权利人用水"),
        ("民法典物权编", ArticleNumber(288), "不动产的相邻权利人应当"),
        ("刑法", ArticleNumber(120, 1), "资助恐怖活动组织"),
    ],
)
def test_the_public_collection_is_found_by_short_names(
    real_library: Library, name: str, number: ArticleNumber, begins: str
) -> None:
    title = real_library.resolve(name)
    assert title is not None
    view = real_library.article(title, number, on=date(2024, 1, 1))
    assert view is not None
    assert view.text.startswith(begins)


def test_the_public_collection_holds_no_number_twice(real_library: Library) -> None:
    seen: set[tuple[str, ArticleNumber]] = set()
    for view in real_library.articles():
        key = (view.statute.id, view.number)
        assert key not in seen
        assert view.text
        seen.add(key)


def test_no_expired_text_of_the_public_collection_is_in_force(real_library: Library) -> None:
    on = date(2025, 4, 19)
    expired = [one for one in real_library.statutes() if one.expired]
    assert len(expired) > 90
    assert all(real_library.validity(one, on).status is not Status.IN_FORCE for one in expired)


def test_of_several_versions_at_most_one_holds(real_library: Library) -> None:
    for on in (date(2015, 6, 1), date(2019, 6, 1), date(2025, 4, 19)):
        holding = [
            (one.title, one.part)
            for one in real_library.statutes()
            if real_library.validity(one, on).status is Status.IN_FORCE
        ]
        assert len(holding) == len(set(holding))
