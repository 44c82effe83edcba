"""Records to store, and programs that store them in processes of their own."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisor.ports import AuditEntry, StoredAdvice

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

PRELUDE = """
import sys
from datetime import UTC, datetime, timedelta
from advisor.ports import AuditEntry, StoredAdvice
from advisor.store import open_store

def advice(name, number, size=2000):
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=number)
    return StoredAdvice(f"{name}-{number:05}", at, None, "hash", "浙江省", None, "extractive",
                        "complete", "填" * size)

def keep(store, record):
    store.save(record, AuditEntry("advice.created", record.id))
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'advisor.db'}"


@pytest.fixture
def make() -> Callable[..., tuple[StoredAdvice, AuditEntry]]:
    def make(number: int, size: int = 2000) -> tuple[StoredAdvice, AuditEntry]:
        record = StoredAdvice(
            id=f"advice-{number:05}",
            created_at=START + timedelta(seconds=number),
            idempotency_key=None,
            request_hash="hash",
            region="浙江省嘉兴市秀洲区",
            matter="drainage",
            mode="extractive",
            status="complete",
            payload="填" * size,
        )
        return record, AuditEntry("advice.created", record.id)

    return make


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    def start(program: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", PRELUDE + program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
