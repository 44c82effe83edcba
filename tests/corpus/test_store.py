import sqlite3
from datetime import date
from pathlib import Path

import pytest

from corpus import schema
from corpus.errors import StoreBusy, StoreCorrupt, StoreError
from corpus.model import Article, ArticleNumber, Document, Level, Statute, TextKind
from corpus.store import CorpusStore
from corpus.store_rows import Contents, FileRecord

STATUTE = Statute(
    id="law_1",
    title="示例法",
    level=Level.LAW,
    region=("浙江省", "嘉兴市"),
    text_kind=TextKind.VERBATIM,
    part="总则",
    adopted_on=date(2019, 1, 1),
    version=date(2020, 1, 1),
    effective_from=date(2020, 3, 1),
    expired=True,
    file="a.md",
)
ARTICLES = (
    Article("law_1", ArticleNumber(1), "甲\n乙", ("第一章 总则", "第一节 甲")),
    Article("law_1", ArticleNumber(1, 1), "丙"),
)
FRONT = Document("law_1_front", "示例法（前文）", "序言", Level.LAW, (), None, "a.md")
APPENDIX = Document("law_1_appendix", "示例法（附件）", "表", Level.LAW, (), None, "a.md")
LOOSE = Document("doc_1", "决定", "照办", None, (), date(2020, 1, 1), "b.md")


def record(name: str, sha256: str = "s") -> FileRecord:
    return FileRecord("/laws", name, name, 10, 20, sha256, sha256, "statute", "", 2, "甲")


def fill(store: CorpusStore) -> None:
    around = (("front", FRONT), ("appendix", APPENDIX))
    with store.writing() as writer:
        writer.put(record("a.md"), Contents(STATUTE, ARTICLES, "hash", around))
        writer.put(record("b.md"), Contents(documents=(("document", LOOSE),)))


def test_what_is_put_comes_back(store: CorpusStore) -> None:
    fill(store)
    (stored,) = store.statutes()
    assert stored.statute == STATUTE
    assert (stored.articles, stored.text_sha256) == (2, "hash")
    assert store.articles("law_1") == ARTICLES
    assert store.articles("law_9") == ()
    assert store.documents() == (LOOSE,)
    assert store.attachments("law_1") == (FRONT, APPENDIX)
    assert store.files() == (record("a.md"), record("b.md"))
    assert store.counts() == {"statutes": 1, "articles": 2, "documents": 1, "cases": 0}


def test_a_file_put_again_replaces_what_it_held(store: CorpusStore) -> None:
    fill(store)
    with store.writing() as writer:
        writer.put(record("a.md", "t"), Contents(STATUTE, ARTICLES[:1], "other"))
    assert store.articles("law_1") == ARTICLES[:1]
    assert store.attachments("law_1") == ()
    assert store.files()[0].sha256 == "t"


def test_a_failure_inside_leaves_the_store_as_it_was(store: CorpusStore) -> None:
    fill(store)

    def fail_half_way() -> None:
        with store.writing() as writer:
            writer.drop("/laws", "a.md")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail_half_way()
    assert store.articles("law_1") == ARTICLES


def test_a_second_writer_is_told_after_the_wait(store: CorpusStore) -> None:
    with store.writing(), pytest.raises(StoreBusy, match="正在写入"), store.writing():
        pytest.fail("two writers at once")


def test_readers_go_on_while_another_writes(store: CorpusStore) -> None:
    fill(store)
    with store.writing() as writer:
        writer.drop("/laws", "a.md")
        assert store.articles("law_1") == ARTICLES
    assert store.articles("law_1") == ()


def test_a_store_of_another_schema_is_set_aside_and_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    first = CorpusStore(path)
    fill(first)
    first.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema'")
    connection.close()
    second = CorpusStore(path)
    assert second.notice is not None
    assert "999" in second.notice
    assert "corpus add" in second.notice
    assert second.statutes() == ()
    assert (tmp_path / "corpus.sqlite3.v999").exists()
    second.close()
    third = CorpusStore(path)
    assert third.notice is None
    third.close()
    assert schema.VERSION != 999


@pytest.mark.parametrize(
    "content", [b"not a database" * 200, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corpus.sqlite3"
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match=r"corpus\.sqlite3"):
        CorpusStore(path)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(StoreCorrupt):
        CorpusStore(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="无法建立"):
        CorpusStore(tmp_path / "file" / "corpus.sqlite3")
