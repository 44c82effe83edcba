"""What the citation gate relies on, asked of the real library and of the book in memory."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.ingest import add
from corpus.knowledge import Knowledge
from corpus.lawbook import LawBook, LawBookInMemory
from corpus.library import Library
from corpus.model import ArticleNumber, Level, Status, Statute, Succession, TextKind
from corpus.store import CorpusStore

N = ArticleNumber
TITLE = "中华人民共和国示例停车法"
ENDED = Succession(
    old="中华人民共和国示例旧停车法",
    aliases=["旧停车法"],
    successors=[TITLE],
    ended_on=date(2015, 5, 1),
    kind="repealed",
    source="示例来源",
)
TEXTS = {
    date(2015, 3, 1): {N(1): "停车应当有序。", N(2): "不得堵塞通道。"},
    date(2020, 6, 1): {N(1): "停车应当更加有序。", N(1, 1): "鼓励共享车位。"},
}
NAMES = {N(1): "第一条", N(2): "第二条", N(1, 1): "第一条之一"}


def in_memory(folder: Path) -> LawBook:
    texts = {
        Statute(
            str(day), TITLE, Level.LAW, (), TextKind.VERBATIM, version=day, effective_from=day
        ): articles
        for day, articles in TEXTS.items()
    }
    return LawBookInMemory(texts, successions=[ENDED])


def library(folder: Path) -> LawBook:
    for day, articles in TEXTS.items():
        passed = f"{day.year}年{day.month}月{day.day}日 示例会议通过"
        head = f"# {TITLE}\n\n{passed}\n\n<!-- INFO END -->\n\n"
        body = "\n\n".join(f"{NAMES[n]} {text}" for n, text in articles.items())
        path = folder / "laws" / "行政法" / f"示例停车法({day.isoformat()}).md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body + "\n", encoding="utf-8")
    store = CorpusStore(folder / "corpus.db")
    add(store, [folder / "laws"])
    return Library(store, Knowledge(successions=(ENDED,)))


@pytest.mark.parametrize("build", [in_memory, library])
class TestLawBook:
    def test_names(self, build: Callable[[Path], LawBook], tmp_path: Path) -> None:
        book = build(tmp_path)
        for name in (TITLE, f"《{TITLE}》", "示例停车法", "《示例停车法》"):
            assert book.resolve(name) == TITLE
        assert book.resolve("示例幸福法") is None
        assert book.resolve("停") is None

    def test_versions_come_oldest_first(
        self, build: Callable[[Path], LawBook], tmp_path: Path
    ) -> None:
        book = build(tmp_path)
        assert [v.version for v in book.versions(TITLE)] == sorted(TEXTS)
        assert tuple(book.versions("示例幸福法")) == ()

    def test_validity(self, build: Callable[[Path], LawBook], tmp_path: Path) -> None:
        book = build(tmp_path)
        old, new = book.versions(TITLE)
        assert book.validity(old, date(2014, 1, 1)).status is Status.NOT_YET_IN_FORCE
        assert book.validity(old, date(2019, 1, 1)).status is Status.IN_FORCE
        assert book.validity(old, date(2024, 1, 1)).status is Status.SUPERSEDED
        assert book.validity(new, date(2024, 1, 1)).status is Status.IN_FORCE

    def test_articles(self, build: Callable[[Path], LawBook], tmp_path: Path) -> None:
        book = build(tmp_path)
        for version, (_, articles) in zip(book.versions(TITLE), sorted(TEXTS.items()), strict=True):
            for number, text in articles.items():
                view = book.article_in(version, number)
                assert view is not None
                assert (view.number, view.text) == (number, text)
                assert view.text_kind is TextKind.VERBATIM
                assert view.statute == version
            assert book.article_in(version, N(9)) is None
            assert [v.number for v in book.articles_of(version)] == sorted(articles)

    def test_succession(self, build: Callable[[Path], LawBook], tmp_path: Path) -> None:
        book = build(tmp_path)
        for name in (ENDED.old, "示例旧停车法", "旧停车法"):
            assert book.successor(name) == ENDED
        assert book.successor(TITLE) is None

    def test_edition_is_a_number(self, build: Callable[[Path], LawBook], tmp_path: Path) -> None:
        assert build(tmp_path).edition >= 1


def test_the_library_s_edition_grows_when_it_is_read_again(tmp_path: Path) -> None:
    book = library(tmp_path)
    assert isinstance(book, Library)
    before = book.edition
    book.refresh()
    assert book.edition > before
