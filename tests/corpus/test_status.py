from corpus.ingest import SkippedFile
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.status import account, corpus_status
from corpus.store_rows import FileRecord


def test_counts_and_every_file(library: Library) -> None:
    status = corpus_status(library)
    assert (status.statutes, status.articles, status.documents, status.cases) == (6, 14, 1, 1)
    assert status.files.read == 8
    assert {one.path for one in status.files.skipped} == {
        "案例/_index.md",
        "行政法/空文(2020-01-01).md",
    }
    assert status.as_of == library.as_of


def test_without_a_collection_the_gists_are_counted(pack: Knowledge) -> None:
    status = corpus_status(Library(None, pack))
    assert (status.statutes, status.articles, status.files.read) == (1, 1, 0)


def test_notes_and_missing_files_are_told() -> None:
    def record(name: str, outcome: str, notes: str = "", *, gone: bool = False) -> FileRecord:
        return FileRecord("/r", name, name, 1, 1, "s", "s", outcome, "因", 0, notes, gone)  # type: ignore[arg-type]

    told = account(
        (
            record("a.md", "statute", "来源缺少第二条", gone=True),
            record("b.md", "skipped"),
            record("db.sqlite3", "flags"),
        )
    )
    assert told.read == 1
    assert told.skipped == (SkippedFile("b.md", "因"),)
    assert [one.path for one in told.notes] == ["a.md"]
    assert told.gone == ("a.md",)
