"""The whole collection parsed and stored, and the same command again when nothing changed."""

import time
from pathlib import Path

from advisor.bootstrap import open_library
from corpus.ingest import IngestReport, add
from corpus.status import corpus_status
from corpus.store import CorpusStore
from eval.bench.figure import Measured
from eval.bench.material import Material


def measure(material: Material) -> Measured:
    """Seconds from opening an empty store to all of it on disk, and the account of files."""
    seconds, _ = _timed_add(material)
    library = open_library(material.settings())
    status = corpus_status(library)
    stored = CorpusStore(material.settings().corpus_path).counts()
    accounted = status.files.read + len(status.files.skipped)
    return Measured(
        values={
            "seconds": seconds,
            "articles": stored["articles"],
            "statutes": stored["statutes"],
            "documents": stored["documents"],
            "cases": stored["cases"],
            "files": accounted,
            "empty": len(status.files.skipped),
            "unaccounted": len(_texts_on_disk(material.laws)) - accounted,
            "unreasoned": sum(not one.reason for one in status.files.skipped),
        },
        remarks={"法规文本收录至": library.as_of.isoformat()},
    )


def measure_again(material: Material) -> Measured:
    """Seconds of the second run over files that did not change; ``read`` must stay zero."""
    seconds, report = _timed_add(material)
    return Measured(values={"seconds": seconds, "read": report.read})


def _timed_add(material: Material) -> tuple[float, IngestReport]:
    path = material.settings().corpus_path
    begun = time.perf_counter()
    report = add(CorpusStore(path), [material.laws])
    return time.perf_counter() - begun, report


def _texts_on_disk(laws: Path) -> list[Path]:
    """The files that must be accounted for; hidden ones and the database of flags are no texts."""
    return [
        path
        for path in laws.rglob("*")
        if path.is_file()
        and path.suffix != ".sqlite3"
        and not any(part.startswith(".") for part in path.relative_to(laws).parts)
    ]
