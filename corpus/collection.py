"""A folder of law texts, as far as our knowledge speaks of it, as a library to check against."""

from collections.abc import Iterator
from pathlib import Path

from corpus.decoding import decode_text
from corpus.errors import CorpusError, UnreadableDocument
from corpus.heading import tidy_title
from corpus.ingest import add
from corpus.knowledge import Knowledge
from corpus.library import Library
from corpus.naming import name_key
from corpus.store import CorpusStore


def open_collection(folder: Path, knowledge: Knowledge, store: Path) -> Library:
    """The texts below ``folder`` that our knowledge names, with the knowledge over them.

    Only files whose title is one of ours are read, which takes seconds where the whole collection
    takes a minute. Files that are not Markdown are all read: their title stands inside.

    Args:
        folder: where the texts lie.
        knowledge: what speaks of them.
        store: where the store is made; it may be thrown away afterwards.

    Raises:
        CorpusError: the folder does not exist, or holds none of the texts.
    """
    if not folder.is_dir():
        raise CorpusError(f"法规文件夹不存在：{folder}")
    wanted = {name_key(name) for name in _named(knowledge)}
    shown = (path for path in sorted(folder.rglob("*")) if not _hidden(path, folder))
    files = [path for path in shown if _is_wanted(path, wanted)]
    if not files:
        raise CorpusError(f"{folder}里没有知识所引用的法规文本。")
    held = CorpusStore(store)
    add(held, files)
    return Library(held, knowledge)


def _named(knowledge: Knowledge) -> Iterator[str]:
    """Every rule our knowledge names by its full title."""
    yield from (one.title for one in knowledge.statutes)
    yield from knowledge.aliases.values()
    for row in knowledge.successions:
        yield from (row.old, *row.successors)
    yield from (row.law for row in knowledge.revisions)
    for book in knowledge.playbooks:
        yield from (ref.law for ref in book.articles)
        yield from (ref.law for step in book.steps for ref in step.basis)
    yield from (ref.law for duty in knowledge.duties for ref in duty.basis)
    yield from (ref.law for case in knowledge.cases for ref in case.articles)
    if knowledge.general is not None:
        yield from (ref.law for ref in knowledge.general.articles)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _is_wanted(path: Path, wanted: set[str]) -> bool:
    if not path.is_file():
        return False
    if path.suffix.lower() != ".md":
        return path.suffix.lower() in (".txt", ".docx", ".pdf", ".zip")
    try:
        with path.open("rb") as stream:
            return name_key(tidy_title(decode_text(stream.readline()))) in wanted
    except (OSError, UnreadableDocument):
        return False
