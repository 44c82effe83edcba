"""The index built from the whole collection, and opened again with every file verified."""

import time

from advisor.bootstrap import open_library
from advisor.retrieval_models import open_embedder
from eval.bench.figure import Measured
from eval.bench.material import Material
from indexer.build import build
from indexer.retriever import Retriever
from indexer.snapshot import open_current

_MIB = 1024 * 1024


def measure(material: Material) -> Measured:
    """Seconds to read the store into a library and to build and publish a generation."""
    begun = time.perf_counter()
    library = open_library(material.settings())
    opened = time.perf_counter()
    embedder = open_embedder(material.settings())
    snapshot = build(library, material.full_home, embedder=embedder, force=True)
    built = time.perf_counter()
    manifest = snapshot.manifest
    return Measured(
        values={
            "library_seconds": opened - begun,
            "seconds": built - opened,
            "passages": sum(manifest.counts.values()),
            "disk_mb": sum(file.size for file in manifest.files) / _MIB,
        },
        remarks={"索引模型": manifest.model},
    )


def measure_open(material: Material) -> Measured:
    """Seconds to verify every file of the snapshot, and to open library and retriever."""
    begun = time.perf_counter()
    snapshot = open_current(material.full_home)
    verified = time.perf_counter()
    settings = material.settings()
    Retriever(snapshot, open_library(settings), open_embedder(settings))
    return Measured(
        values={
            "verify_seconds": verified - begun,
            "open_seconds": time.perf_counter() - verified,
        }
    )
