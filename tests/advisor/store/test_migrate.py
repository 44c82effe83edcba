"""The migrations lead to the tables the program uses, and run from within it."""

import json
import os

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from advisor.adoption.facts import hash_of_text
from advisor.store.connection import connect
from advisor.store.migrate import MIGRATIONS, upgrade
from advisor.store.sql import SqlAdviceStore
from advisor.store.tables import adoption_standing, cited_article, metadata


def test_the_newest_migration_leaves_exactly_our_tables(url):
    database = connect(url)
    upgrade(database)
    with database.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        names = set(inspect(connection).get_table_names())
    database.dispose()
    assert differences == []
    assert names == {*metadata.tables, "alembic_version"}


def test_upgrading_twice_changes_nothing(url, tmp_path):
    database = connect(url)
    upgrade(database)
    database.dispose()
    before = (tmp_path / "advisor.db").read_bytes()
    upgrade(database)
    database.dispose()
    assert (tmp_path / "advisor.db").read_bytes() == before


def test_migrations_ship_inside_the_package():
    assert (MIGRATIONS / "env.py").is_file()
    assert list((MIGRATIONS / "versions").glob("0001_*.py"))


SHOWN = {"law": "示例停车法", "article": "第一条", "text_kind": "gist", "status": "in_force"}


AT = {"sqlite": "2025-06-01 16:30:00.000000", "postgresql": "2025-06-01 16:30:00+00"}
POSTGRES = os.environ.get("ADVISOR_TEST_DATABASE_URL")


def _payload(number):
    """An advice as earlier releases stored it, as far as the migration reads it."""
    return json.dumps(
        {
            "complaint": {"occurred_on": "2025-03-01" if number % 2 else None},
            "plan": {"lead_department": f"示例单位{number % 3}"},
            "legal_basis": [
                {**SHOWN, "text": "停车　应当有序。\n", "effective_from": "2020-09-01"},
                {**SHOWN, "text": "停车应当有序。", "effective_from": None},
            ],
            "provenance": {"prompt": None, "model": "示例模型"},
        }
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request, url):
    """An empty database of each kind."""
    if request.param == "sqlite":
        database = connect(url)
    elif POSTGRES is None:
        pytest.skip("ADVISOR_TEST_DATABASE_URL names no PostgreSQL")
    else:
        database = connect(POSTGRES)
        with database.begin() as connection:
            metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    yield database
    database.dispose()


def test_what_was_stored_before_gets_its_standing_and_its_citations(older, make):
    database = older
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for number in range(1203):
            record = make(number)[0]
            payload = "no JSON" if number == 7 else _payload(number)
            connection.execute(
                text(
                    "INSERT INTO advice VALUES (:id, :at, 1, '浙江省', 'parking', 'llm', "
                    "'complete', 'h', NULL, :payload)"
                ),
                {"id": record.id, "at": AT[database.dialect.name], "payload": payload},
            )
    upgrade(database)
    with database.connect() as connection:
        standings = connection.execute(select(adoption_standing)).all()
        cited = connection.execute(select(cited_article)).all()
    fresh = SqlAdviceStore(database).get("advice-00003")
    assert fresh is not None
    assert len(standings) == 1203
    assert {row.department for row in standings} == {"", "示例单位0", "示例单位1", "示例单位2"}
    assert {(row.origin, row.model, row.verdict) for row in standings} == {
        ("service", "示例模型", None),
        ("service", None, None),
    }
    assert {row.given_at for row in standings} == {fresh.created_at}
    assert len(cited) == 1202
    # Half past four in the afternoon in UTC is the next day in China.
    assert {str(row.law_day) for row in cited} == {"2025-03-01", "2025-06-02"}
    assert {(row.text_sha256, row.status) for row in cited} == {
        (hash_of_text("停车应当有序。"), "in_force")
    }
