"""Stores that contracts run over: SQLite in the test's folder, PostgreSQL where there is one."""

import os
from collections.abc import Iterator

import pytest

from advisor.store import open_store
from advisor.store.connection import connect
from advisor.store.sql import SqlAdviceStore
from advisor.store.tables import metadata


@pytest.fixture
def sqlite_store(tmp_path) -> Iterator[SqlAdviceStore]:
    store = open_store(f"sqlite:///{tmp_path / 'advisor.db'}")
    yield store
    store.close()


@pytest.fixture
def postgres_store() -> Iterator[SqlAdviceStore]:
    """On a database made for tests alone: its tables are dropped before each test."""
    url = os.environ.get("ADVISOR_TEST_DATABASE_URL")
    if url is None:
        pytest.skip("ADVISOR_TEST_DATABASE_URL names no PostgreSQL")
    database = connect(url)
    with database.begin() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    database.dispose()
    store = open_store(url)
    yield store
    store.close()
